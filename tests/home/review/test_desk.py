"""审稿 in the admin: what each person meets there, and nothing of another county."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from home.review.models import ReviewPolicy, ReviewSheet, ReviewStep, ReviewWay
from tests.factories import TwoPortals, UserFactory
from tests.home.admin_asking import logged_in, text_of
from tests.home.review.conftest import reviewers_of
from tests.home.review.trips import approve_all, decide, draft, sheet_of, submit

pytestmark = pytest.mark.django_db
REASON = "暴雨红色预警，群众要马上看到避险办法。"


def get(user: Any, name: str, *args: Any, **query: Any) -> Any:
    return logged_in(user).get(reverse(f"review:{name}", args=args), query)


# --- who sees what -----------------------------------------------------------------------


def test_reviewer_finds_what_waits_and_others_do_not(portals: TwoPortals) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    title = f"{county.marker}新稿"

    for address in (reverse("review:desk"), reverse("wagtailadmin_home")):
        assert title in text_of(logged_in(people["department"]).get(address))
        assert title not in text_of(logged_in(people["office"]).get(address))
        assert title in text_of(logged_in(county.author).get(address))
    decide(page, people["department"])
    assert title in text_of(get(people["office"], "desk"))
    assert title not in text_of(get(people["department"], "desk"))


def test_author_reads_where_the_text_is_and_with_whom(portals: TwoPortals) -> None:
    county = portals.qingshan
    submit(draft(county), county.author)

    html = text_of(get(county.author, "desk"))
    assert "科室初审" in html
    assert reviewers_of(county)["department"].get_full_name() in html


def test_nothing_of_one_county_is_seen_in_the_other(portals: TwoPortals) -> None:
    county, other = portals
    page = draft(county)
    sheet = submit(page, county.author)
    approve_all(county, page)
    strangers = (*other.users.values(), *reviewers_of(other).values())

    for stranger in strangers:
        for name in ("desk", "sheets", "emergencies", "ways"):
            assert county.marker not in text_of(get(stranger, name))
        assert get(stranger, "sheet", sheet.pk).status_code == 404
        for name in ("emergency", "withdraw"):
            assert get(stranger, name, page.pk).status_code == 404
    assert county.marker in text_of(get(county.editor, "sheets"))
    assert county.marker in text_of(get(county.editor, "sheet", sheet.pk))


def test_ways_are_set_by_the_administrators_of_the_portal(portals: TwoPortals) -> None:
    county, other = portals
    way = ReviewWay.objects.get(portal=county.portal)
    addresses = [
        ("way", way.pk),
        ("remove_way", way.pk),
        ("new_way", county.portal.pk),
        ("releasers", county.portal.pk),
    ]
    for name, number in addresses:
        for stranger in (other.admin, county.editor, county.author):
            assert get(stranger, name, number).status_code == 404
            response = logged_in(stranger).post(
                reverse(f"review:{name}", args=(number,)), {"stages": 1}
            )
            assert response.status_code == 404
        assert get(county.admin, name, number).status_code in (200, 302)
    assert get(county.admin, "limits", county.portal.pk).status_code == 404
    way.refresh_from_db()
    assert way.stages == 3


# --- what a county sets ------------------------------------------------------------------


def way_data(**values: Any) -> dict[str, Any]:
    days = {f"days_{level}": 3 for level in (1, 2, 3)}
    return {"stages": 2, **days, **values}


def test_county_chooses_stages_and_people_within_the_limits(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    address = reverse("review:way", args=(way.pk,))
    ReviewPolicy.objects.filter(portal=county.portal).update(least_stages=2)
    client = logged_in(county.admin)

    refused = client.post(address, way_data(stages=1))
    assert refused.status_code == 200
    foreign = reviewers_of(portals.baihe)["leader"]
    refused = client.post(address, way_data(reviewers_3=[foreign.pk]))
    assert refused.status_code == 200
    done = client.post(
        address,
        way_data(reviewers_1=[county.editor.pk], reviewers_3=[county.admin.pk]),
    )

    assert done.status_code == 302
    way.refresh_from_db()
    assert way.stages == 2
    tasks = [task.specific.level for task in way.workflow.tasks]
    assert tasks == [1, 3]
    assert way.stage_tasks.get(level=3).reviewers.get() == county.admin
    assert way.stage_tasks.get(level=1).days == 3


def test_direct_publishing_is_the_prefectures_to_allow(portals: TwoPortals) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    address = reverse("review:way", args=(way.pk,))
    client = logged_in(county.admin)
    client.post(address, way_data(is_direct="on"))
    way.refresh_from_db()
    assert not way.is_direct

    boss = UserFactory(is_superuser=True)
    logged_in(boss).post(
        reverse("review:limits", args=(county.portal.pk,)),
        {"least_stages": 1, "may_publish_directly": "on", "emergency_days": 2},
    )
    client.post(address, way_data(is_direct="on"))
    way.refresh_from_db()
    assert way.is_direct


def test_limits_that_are_drawn_in_bring_the_ways_along(portals: TwoPortals) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    logged_in(county.admin).post(
        reverse("review:way", args=(way.pk,)), way_data(stages=1)
    )
    logged_in(UserFactory(is_superuser=True)).post(
        reverse("review:limits", args=(county.portal.pk,)),
        {"least_stages": 3, "emergency_days": 2},
    )

    way.refresh_from_db()
    assert way.stages == 3
    assert way.workflow.tasks.count() == 3


def test_column_goes_a_way_of_its_own_and_back(portals: TwoPortals) -> None:
    county = portals.qingshan
    client = logged_in(county.admin)
    client.post(
        reverse("review:new_way", args=(county.portal.pk,)),
        {"column": county.column.pk},
    )
    way = ReviewWay.objects.get(page_id=county.column.pk)
    client.post(reverse("review:way", args=(way.pk,)), way_data(stages=1))
    page = draft(county)
    submit(page, county.author)

    decide(page, county.admin)
    assert Page.objects.get(pk=page.pk).live
    client.post(reverse("review:remove_way", args=(way.pk,)))
    assert not ReviewWay.objects.filter(page_id=county.column.pk).exists()
    again = draft(county)
    submit(again, county.author)
    assert again.get_workflow().tasks.count() == 3
    assert sheet_of(page).state == ReviewSheet.State.PUBLISHED


def test_too_few_reviewers_are_said_before_a_text_is_stuck(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    assert "审稿人不够" not in text_of(get(county.admin, "ways"))
    for task in way.stage_tasks.all():
        task.reviewers.set([county.admin])

    assert "审稿人不够" in text_of(get(county.admin, "ways"))


# --- the sheet ---------------------------------------------------------------------------


def test_sheet_names_everybody_with_opinion_and_time(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    with time_machine.travel(datetime(2026, 6, 3, 1, 30, tzinfo=UTC), tick=False):
        sheet = submit(page, county.author)
        for name, person in reviewers_of(county).items():
            decide(page, person, comment=f"{name}的意见")

    response = get(county.author, "sheet", sheet.pk)
    html = text_of(response)
    for name in ("department", "office", "leader"):
        assert f"同意：{name}的意见" in html
        assert f"qingshan{name}（qingshan-{name}）" in html
    assert "2026年6月3日 09:30" in html
    assert sheet_of(page).content_hash in html
    assert "style=" not in html
    assert "<script>" not in html


# --- emergency and withdrawal ------------------------------------------------------------


def post_reason(user: Any, name: str, page: Page, reason: str = REASON) -> Any:
    address = reverse(f"review:{name}", args=(page.pk,))
    return logged_in(user).post(address, {"reason": reason})


def test_emergency_release_is_named_reported_and_reviewed_by_a_day(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    page = draft(county)
    with time_machine.travel(datetime(2026, 11, 20, 3, 0, tzinfo=UTC), tick=False):
        response = post_reason(county.admin, "emergency", page)  # a Friday

    assert response.status_code == 302
    assert Page.objects.get(pk=page.pk).live
    sheet = ReviewSheet.objects.get(kind=ReviewSheet.Kind.EMERGENCY)
    assert sheet.review_due.isoformat() == "2026-11-24"
    entry = PageLogEntry.objects.get(page=page.pk, action="review.emergency")
    assert entry.user == county.admin
    assert REASON in entry.message
    assert {address for one in mail.outbox for address in one.to} >= {
        county.admin.email
    }
    with time_machine.travel(datetime(2026, 11, 24, 3, 0, tzinfo=UTC)):
        assert "已超期" not in text_of(get(county.admin, "emergencies"))
    with time_machine.travel(datetime(2026, 11, 25, 3, 0, tzinfo=UTC)):
        assert "已超期" in text_of(get(county.admin, "emergencies"))
        approve_all(county, page)
        assert "已超期" not in text_of(get(county.admin, "emergencies"))


def test_review_after_an_emergency_is_not_done_by_its_writers(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    page = draft(county)
    post_reason(county.admin, "emergency", page)

    task = Page.objects.get(pk=page.pk).current_workflow_task
    task.reviewers.add(county.admin, county.author)
    for writer in (county.admin, county.author):
        assert task.get_actions(page, writer) == []


@pytest.mark.parametrize("who", ["editor", "own", "leader"])
def test_emergency_is_for_the_people_named_and_never_for_an_own_text(
    portals: TwoPortals, who: str
) -> None:
    county = portals.qingshan
    page = draft(county)
    people = {"editor": county.editor, "own": county.admin}
    user = people.get(who) or reviewers_of(county)["leader"]
    if who == "own":
        Page.objects.filter(pk=page.pk).update(owner=county.admin)

    response = post_reason(user, "emergency", page)

    assert response.status_code == 200
    assert not Page.objects.get(pk=page.pk).live


def test_emergency_without_a_reason_is_refused(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)

    assert post_reason(county.admin, "emergency", page, " 急 ").status_code == 200
    assert not Page.objects.get(pk=page.pk).live


def test_prefecture_reads_of_emergencies_in_its_counties(portals: TwoPortals) -> None:
    county, other = portals
    other.portal.level = "prefecture"
    other.portal.save()
    county.portal.parent = other.portal
    county.portal.save()
    page = draft(county)
    post_reason(county.admin, "emergency", page)

    assert county.marker in text_of(get(other.admin, "emergencies"))
    assert county.marker not in text_of(get(other.editor, "emergencies"))
    addresses = {address for one in mail.outbox for address in one.to}
    assert other.admin.email in addresses


def test_emergency_release_is_withdrawn_while_it_is_reviewed(
    portals: TwoPortals,
) -> None:
    """The review locked the page: what was wrong stayed public until it was over."""
    county = portals.qingshan
    page = draft(county)
    post_reason(county.admin, "emergency", page)

    assert post_reason(county.author, "withdraw", page).status_code == 200
    assert post_reason(county.editor, "withdraw", page).status_code == 302

    fresh = Page.objects.get(pk=page.pk)
    assert not fresh.live
    assert not fresh.workflow_in_progress
    emergency = ReviewSheet.objects.get(kind=ReviewSheet.Kind.EMERGENCY)
    assert emergency.steps.last().action == ReviewStep.Action.WITHDRAW
    assert emergency.reviewed_at


def test_withdrawal_is_one_persons_and_stays_on_the_sheet(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    submit(page, county.author)
    approve_all(county, page)

    assert post_reason(county.author, "withdraw", page).status_code == 200
    assert Page.objects.get(pk=page.pk).live
    assert post_reason(county.editor, "withdraw", page, "电话写错了").status_code == 302
    assert not Page.objects.get(pk=page.pk).live
    step = sheet_of(page).steps.last()
    assert (step.action, step.opinion) == (ReviewStep.Action.WITHDRAW, "电话写错了")
    assert step.user == county.editor
    assert PageLogEntry.objects.filter(page=page.pk, action="review.withdraw").exists()
