"""The admin's search on a real Elasticsearch, and while it is away."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings
from elasticsearch import Elasticsearch
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from home.worker import run_once
from search.admin_backends.state import AdminIndexState
from tests.factories import ArticlePageFactory, TwoPortals
from tests.search.admin_search_contract import AdminSearchContract

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9"  # the port where nothing answers


def backends(url: str, prefix: str) -> dict[str, object]:
    return {
        "default": {
            "BACKEND": "search.admin_backends.elasticsearch",
            "URLS": [url],
            "INDEX_PREFIX": prefix,
        },
        "database": settings.WAGTAILSEARCH_BACKENDS["default"],
    }


@pytest.fixture(scope="module")
def prefix(elasticsearch_url: str) -> Iterator[str]:
    """Of indexes of this module alone; gone in the end."""
    prefix = f"test-{uuid4().hex[:12]}_admin_"
    yield prefix
    with Elasticsearch(elasticsearch_url) as client:
        for index in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=index)


class TestAdminSearch(AdminSearchContract):
    @pytest.fixture(scope="class")
    @classmethod
    def search_place(
        cls,
        elasticsearch_url: str,
        prefix: str,
        django_db_setup: None,
        django_db_blocker: pytest.FixtureRequest,
    ) -> Iterator[None]:
        chosen = backends(elasticsearch_url, prefix)
        with override_settings(WAGTAILSEARCH_BACKENDS=chosen):
            yield

    @pytest.fixture(autouse=True)
    def only_the_server_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.admin_backends.elasticsearch.INSTEAD", "nobody")

    def settle(self) -> None:
        backend = get_search_backend()
        if not backend.is_whole():
            run_once()
        backend.refresh_indexes()


# --- a server that does not answer ---------------------------------------------------------


@pytest.fixture
def page(two_portals: TwoPortals) -> Page:
    return ArticlePageFactory(
        parent=two_portals.qingshan.column, heading_zh_hans="农民工欠薪求助指南"
    )


def found(query: str) -> list[str]:
    results = Page.objects.autocomplete(query)
    assert results.count() == len(results)
    return [page.title for page in results[:20]]


def test_the_database_answers_while_the_server_is_away_and_the_worker_mends(
    page: Page, elasticsearch_url: str, prefix: str
) -> None:
    reachable = backends(elasticsearch_url, prefix)
    with override_settings(WAGTAILSEARCH_BACKENDS=reachable):
        run_once()
        get_search_backend().refresh_indexes()
        assert get_search_backend().is_whole()
        assert found("欠薪") == [page.title]

    with override_settings(WAGTAILSEARCH_BACKENDS=backends(NOBODY, prefix)):
        assert found("欠薪") == [page.title]
        page.heading_zh_hans = "农民工讨薪指南"
        page.save()
        assert found("欠薪") == []
        assert "农民工讨薪指南" in found("讨薪")

    with override_settings(WAGTAILSEARCH_BACKENDS=reachable):
        # The server is back, and does not know what happened.
        assert not get_search_backend().is_whole()
        assert found("欠薪") == []
        run_once()
        get_search_backend().refresh_indexes()
        assert get_search_backend().is_whole()
        assert found("欠薪") == []
        assert "农民工讨薪指南" in found("讨薪")


def test_a_worker_that_cannot_reach_the_server_tries_again(
    page: Page, prefix: str
) -> None:
    with override_settings(WAGTAILSEARCH_BACKENDS=backends(NOBODY, prefix)):
        for _time in range(2):
            with pytest.raises(Exception, match="admin search"):
                run_once()
        names = set(AdminIndexState.objects.values_list("name", flat=True))
    assert not any(name.startswith(prefix) for name in names)
