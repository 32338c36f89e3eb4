"""How the admin's search asks SQLite."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import ArticlePageFactory, TwoPortals

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite")
def test_scores_are_read_once_however_many_pages_are_found(
    two_portals: TwoPortals,
) -> None:
    """For every page found, Wagtail's query asked the index anew: seconds of waiting."""
    for number in range(3):
        ArticlePageFactory(
            parent=two_portals.qingshan.column, heading_zh_hans=f"欠薪{number}"
        )
    with CaptureQueriesContext(connection) as asked:
        found = list(Page.objects.autocomplete("欠薪").annotate_score("score")[:20])
    assert len(found) == 3
    assert all(page.score < 0 for page in found)
    queries = [query["sql"] for query in asked if "MATCH" in query["sql"]]
    assert len(queries) == 2  # the scores, and what this person may see of it
    assert sum("bm25" in query for query in queries) == 1
    assert not any("bm25" in query and "wagtailcore_page" in query for query in queries)
