"""Pages that are read for readers alone are those that Django reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import StreamValue

from home.models import BasePage, page_models
from publishing.stored_pages import stored_page, stored_pages
from tests.publishing.world import World

pytestmark = pytest.mark.django_db


def test_a_stored_page_is_the_page_that_django_reads(world: World) -> None:
    seen = 0
    for model in page_models():
        expected = model._base_manager.in_bulk()
        found = {page.pk: page for page in stored_pages(model, expected.keys())}
        assert found.keys() == expected.keys()
        for pk, page in found.items():
            assert type(page) is model
            assert state_of(page) == state_of(expected[pk])
            seen += 1
    assert seen > 20


def test_one_query_reads_all_pages_of_a_type(world: World) -> None:
    article = world.qingshan.base.article
    pks = [*type(article).objects.values_list("pk", flat=True)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(list(stored_pages(type(article), pks))) == len(pks) > 1
    assert len(queries) == 1


def test_a_page_that_is_not_there_is_told(world: World) -> None:
    model = type(world.qingshan.base.article)
    with pytest.raises(model.DoesNotExist):
        stored_page(model, 0)


def state_of(page: BasePage) -> dict[str, Any]:
    return {
        name: comparable(value)
        for name, value in vars(page).items()
        if name != "_mt_init"  # while modeltranslation makes it
    }


def comparable(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return list(value.raw_data), value.stream_block, value._stream_field
    if type(value).__name__ == "ModelState":
        return value.adding, value.db
    return type(value), value
