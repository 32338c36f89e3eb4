"""A workflow that a superuser disables in Wagtail's settings: said, and mended."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from home.review import health
from home.review.models import ReviewSheet, ReviewWay
from tests.factories import TwoPortals, UserFactory
from tests.home.admin_asking import logged_in, text_of
from tests.home.review.conftest import reviewers_of
from tests.home.review.test_desk import REASON, get
from tests.home.review.trips import approve_all, decide, draft, sheet_of, submit

pytestmark = pytest.mark.django_db
SAID = "被停用或者改动过"


def disable(way: ReviewWay) -> None:
    """By the button of Wagtail's settings."""
    address = reverse("wagtailadmin_workflows:disable", args=[way.workflow_id])
    logged_in(UserFactory(is_superuser=True)).post(address)
    assert not Workflow.objects.get(pk=way.workflow_id).active


def take_off(way: ReviewWay) -> None:
    WorkflowPage.objects.filter(workflow=way.workflow_id).delete()


def drop_a_stage(way: ReviewWay) -> None:
    WorkflowTask.objects.filter(workflow=way.workflow_id).first().delete()  # type: ignore[union-attr]  # there are three


def disable_a_stage(way: ReviewWay) -> None:
    way.stage_tasks.get(level=2).deactivate()


def delete_a_stage(way: ReviewWay) -> None:
    way.stage_tasks.get(level=2).delete()


LONG = pytest.mark.long
HARMS = [
    disable,
    disable_a_stage,
    *(
        pytest.param(harm, marks=LONG)
        for harm in (take_off, drop_a_stage, delete_a_stage)
    ),
]


@pytest.mark.parametrize("harm", HARMS)
def test_harm_is_said_everywhere_and_mended_by_one_button(
    portals: TwoPortals, harm: Any
) -> None:
    county, other = portals
    way = ReviewWay.objects.get(portal=county.portal)
    waiting, page = draft(county, slug="waiting"), draft(county, slug="new")
    submit(waiting, county.author)
    decide(waiting, reviewers_of(county)["department"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert SAID not in text_of(get(county.admin, "desk"))

    harm(way)

    for user, address in (
        (county.admin, reverse("review:desk")),
        (county.admin, reverse("review:ways")),
        (county.author, edit),
    ):
        answer = logged_in(user).get(address)
        assert answer.status_code == 200
        assert SAID in text_of(answer), address
    assert SAID not in text_of(get(other.admin, "desk"))
    errors = StringIO()
    call_command("check_content", stderr=errors, stdout=StringIO())
    assert errors.getvalue().count(SAID) == 1
    address = reverse("review:repair_way", args=[way.pk])
    for stranger in (other.admin, county.editor):
        logged_in(stranger).post(address)
    assert health.problem_of(ReviewWay.objects.get(pk=way.pk))

    assert logged_in(county.admin).post(address).status_code == 302

    assert SAID not in text_of(get(county.admin, "desk"))
    submit(page, county.author)
    task = Page.objects.get(pk=page.pk).current_workflow_task
    assert task.specific.level == 1


def test_emergency_is_released_and_says_that_nothing_was_sent_in(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    page = draft(county)
    disable(way)

    address = reverse("review:emergency", args=[page.pk])
    answer = logged_in(county.admin).post(address, {"reason": REASON}, follow=True)

    assert "没有自动送审" in text_of(answer)
    assert Page.objects.get(pk=page.pk).live
    assert sheet_of(page).kind == ReviewSheet.Kind.EMERGENCY
    health.repair(way)
    submit(page, county.author)
    approve_all(county, page)
    assert ReviewSheet.objects.get(kind=ReviewSheet.Kind.EMERGENCY).reviewed_at


def test_workflow_of_a_review_is_not_deleted(portals: TwoPortals) -> None:
    way = ReviewWay.objects.get(portal=portals.qingshan.portal)

    with pytest.raises(ProtectedError):
        way.workflow.delete()
