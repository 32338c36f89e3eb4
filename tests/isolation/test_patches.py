"""A patch of Wagtail fits one version of its code; this fails when that changes."""

from __future__ import annotations

import inspect

import wagtail
from wagtail.admin import filters, models, paginator
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.fields import StreamField
from wagtail.images.views import chooser
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages

from home import wagtail_patches


def test_patches_are_of_this_version_of_wagtail() -> None:
    """After an update: read each patch again, then change the version here."""
    assert wagtail.__version__ == "8.0.1"


def test_tags_are_asked_for_where_the_patch_stands() -> None:
    source = inspect.getsource(filters) + inspect.getsource(chooser)

    assert source.count("= popular_tags_for_model(") == 2
    for module in (filters, chooser):
        assert module.popular_tags_for_model is wagtail_patches.no_tags  # type: ignore[attr-defined]  # imported there
    assert set(inspect.signature(models.popular_tags_for_model).parameters) == set(
        inspect.signature(wagtail_patches.no_tags).parameters
    ) - {"_model"} | {"model"}


def test_actions_with_tags_ask_their_list_of_models() -> None:
    for action in (TagImages, TagDocuments):
        assert action.models == []
        assert "models" in vars(action.__mro__[1]) or "models" in vars(action)


def test_filters_of_pages_are_the_ones_that_are_limited() -> None:
    for name in ("site", "owner", "edited_by"):
        for filter_set in (PageFilterSet, GenericPageFilterSet):
            assert callable(filter_set.base_filters[name].queryset), name


def test_a_stream_field_makes_its_json_field_once() -> None:
    field = StreamField([])

    assert field.json_field is field.json_field
    assert "def json_field(self):" in inspect.getsource(StreamField)


def test_number_of_things_in_a_list_is_chinese() -> None:
    assert "items_count_label" in inspect.getsource(paginator)
    found = paginator.WagtailPaginator(["a", "b"], 1)
    assert found.items_count_label == "共 2 条"
