"""The report of a portal's findings: its own, and counts for the prefecture."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from articles.gate.models import PageCheck
from articles.gate.records import due_pages, recheck
from articles.models import ArticlePage
from home.models import Portal
from tests.articles.gate.test_commands import spoil
from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db


def report(user: Any, **query: Any) -> Any:
    return logged_in(user).get(reverse("gate_report"), query)


@pytest.fixture
def checked(portals: TwoPortals) -> TwoPortals:
    spoil(portals.qingshan)
    spoil(portals.baihe)
    recheck()
    return portals


@pytest.mark.parametrize("role", ["admin", "editor", "author"])
def test_county_sees_its_own_findings_and_no_count_of_others(
    checked: TwoPortals, role: str
) -> None:
    text = text_of(report(checked.qingshan.users[role]))

    assert checked.qingshan.marker in text
    assert checked.baihe.marker not in text
    assert checked.baihe.portal.name not in text


def test_report_of_another_portal_does_not_exist(checked: TwoPortals) -> None:
    response = report(checked.qingshan.admin, portal=checked.baihe.portal.pk)

    assert response.status_code == 404


def test_prefecture_sees_counts_of_every_portal_and_no_page_of_theirs(
    checked: TwoPortals,
) -> None:
    Portal.objects.filter(pk=checked.baihe.portal.pk).update(
        level=Portal.Level.PREFECTURE
    )

    response = report(checked.baihe.admin)

    counts = {one.portal.host: one.blocking for one in response.context["counts"]}
    assert counts == {"qingshan.localhost": 1, "baihe.localhost": 1}
    assert checked.qingshan.marker not in text_of(response)


def test_report_shows_only_what_refuses_on_demand(checked: TwoPortals) -> None:
    everything = report(checked.qingshan.admin)
    refused = report(checked.qingshan.admin, show="blocking")

    assert len(list(refused.context["rows"])) == 1
    assert len(list(everything.context["rows"])) > 1


def test_person_without_a_portal_is_turned_away(
    checked: TwoPortals, django_user_model: Any
) -> None:
    nobody = django_user_model.objects.create_user("nobody")

    assert report(nobody).status_code == 302


# --- kept up to date ---------------------------------------------------------------------


def test_page_is_read_again_when_published_anew_and_after_a_day(
    portals: TwoPortals,
) -> None:
    with time_machine.travel("2026-11-23 10:00", tick=False):
        recheck()
        assert not due_pages().exists()
        page = ArticlePage.objects.get(pk=portals.qingshan.article.pk)
        page.save_revision().publish()
        assert [one.pk for one in due_pages()] == [page.pk]
    with time_machine.travel("2026-11-24 10:01", tick=False):
        assert due_pages().count() > 1


def test_withdrawn_page_leaves_the_report(checked: TwoPortals) -> None:
    ArticlePage.objects.get(pk=checked.qingshan.article.pk).unpublish()

    assert checked.qingshan.marker not in text_of(report(checked.qingshan.admin))
    recheck()

    assert not PageCheck.objects.filter(page=checked.qingshan.article.pk).exists()
