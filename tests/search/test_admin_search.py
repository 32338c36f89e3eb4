"""The admin's search on the database of this run: SQLite, or PostgreSQL when named."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from home.models import LegalWorker
from home.worker import run_once
from search.admin_backends import state
from search.admin_backends.state import AdminIndexState
from tests.factories import ArticlePageFactory, TwoPortals
from tests.home.admin_asking import logged_in
from tests.search.admin_search_contract import AdminSearchContract

pytestmark = pytest.mark.django_db


class TestAdminSearch(AdminSearchContract):
    @pytest.fixture(scope="class")
    @classmethod
    def search_place(cls) -> None:
        """The database is always there."""


# --- lists without an index: plain matching, which knows no words anyway -----------------


def test_records_and_people_are_found_by_a_part_of_their_name(
    two_portals: TwoPortals, admin_user: Any
) -> None:
    for own in two_portals:
        LegalWorker.objects.create(
            portal=own.portal, name="欧阳讨薪", organization="石桥镇司法所", phone="1"
        )
        own.editor.first_name = "欧阳小薪"
        own.editor.save()
    own = two_portals.qingshan

    for query in ("讨薪", "薪", "司法所"):
        address = reverse("legal-workers:index")
        response = logged_in(own.editor).get(address, {"q": query})
        assert [one.portal for one in response.context["object_list"]] == [own.portal]
    topics = logged_in(admin_user).get(
        reverse("wagtailsnippets_home_topic:list"), {"q": "薪"}
    )
    assert [one.slug for one in topics.context["object_list"]] == ["qianxin"]
    people = logged_in(admin_user).get(
        reverse("wagtailusers_users:index"), {"q": "小薪"}
    )
    assert len(people.context["object_list"]) == 2


# --- an index that lacks something ---------------------------------------------------------


@pytest.fixture
def page(two_portals: TwoPortals) -> Page:
    return ArticlePageFactory(
        parent=two_portals.qingshan.column, heading_zh_hans="农民工欠薪求助指南"
    )


def found(query: str = "欠薪") -> list[str]:
    return [page.title for page in Page.objects.autocomplete(query)]


def test_the_worker_makes_an_index_that_an_older_version_left(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_once()  # marks what is there as whole
    IndexEntry.objects.all().delete()
    run_once()
    assert found() == []

    monkeypatch.setattr(state, "FINGERPRINT", "of the next version")
    run_once()

    assert found() == [page.title]
    assert AdminIndexState.objects.get().fingerprint == "of the next version"


def test_an_index_of_another_analysis_answers_until_it_is_made_anew(page: Page) -> None:
    AdminIndexState.objects.all().delete()
    assert found() == [page.title]
    run_once()
    assert found() == [page.title]
    assert AdminIndexState.objects.count() == 1


def test_update_index_by_hand_leaves_nothing_for_the_worker(page: Page) -> None:
    IndexEntry.objects.all().delete()
    AdminIndexState.objects.all().delete()

    call_command("update_index", verbosity=0)

    assert found() == [page.title]
    assert AdminIndexState.objects.filter(fingerprint=state.FINGERPRINT).exists()
