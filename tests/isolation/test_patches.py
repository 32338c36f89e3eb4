"""A patch of Wagtail fits one version of its code; this fails when that changes."""

from __future__ import annotations

import inspect

import wagtail
from wagtail.admin import filters, models
from wagtail.images.views import chooser

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
