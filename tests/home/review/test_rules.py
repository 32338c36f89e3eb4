"""Nobody approves an own text or two stages; a change opens the review again."""

from __future__ import annotations

import pytest
from wagtail.models import Page, TaskState

from home.publication import PublicationError
from home.review.deciding import ReviewError
from home.review.models import ReviewSheet, ReviewStep
from tests.factories import TwoPortals, UserFactory
from tests.home.review.conftest import reviewers_of
from tests.home.review.trips import (
    approve_all,
    change,
    decide,
    draft,
    sheet_of,
    submit,
    waiting_at,
)

pytestmark = pytest.mark.django_db
State, Action = ReviewSheet.State, ReviewStep.Action


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_text_is_public_after_three_people_have_approved(portals: TwoPortals) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)

    seen = []
    for person in people.values():
        seen.append((waiting_at(page), is_live(page)))
        decide(page, person, comment="写得清楚。")

    assert seen == [("科室初审", False), ("办公室复审", False), ("分管领导终审", False)]
    assert is_live(page)
    sheet = sheet_of(page)
    assert sheet.state == State.PUBLISHED
    assert sheet.published_at is not None
    steps = [(step.action, step.level, step.opinion) for step in sheet.steps.all()]
    assert steps == [
        (Action.SUBMIT, None, ""),
        (Action.APPROVE, 1, "写得清楚。"),
        (Action.APPROVE, 2, "写得清楚。"),
        (Action.APPROVE, 3, "写得清楚。"),
        (Action.PUBLISH, None, ""),
    ]


def test_text_of_one_county_is_not_decided_in_the_other(portals: TwoPortals) -> None:
    page = draft(portals.qingshan)
    submit(page, portals.qingshan.author)

    for person in (*reviewers_of(portals.baihe).values(), portals.baihe.admin):
        with pytest.raises(ReviewError, match="不是这一级的审稿人"):
            decide(page, person)
    with pytest.raises(ReviewError, match="不是这一级的审稿人"):
        decide(page, UserFactory())


@pytest.mark.parametrize("role", ["owner", "submitter", "editor"])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_own_text_is_approved_by_others(
    portals: TwoPortals, role: str, is_superuser: bool
) -> None:
    county = portals.qingshan
    person = reviewers_of(county)["department"]
    person.is_superuser = is_superuser
    person.save()
    page = draft(county)
    if role == "owner":
        Page.objects.filter(pk=page.pk).update(owner=person)
    if role == "editor":
        change(page, person, "改过一句")
    submit(page, person if role == "submitter" else county.author)

    for action in ("approve", "reject"):
        with pytest.raises(ReviewError, match="由别人来审"):
            decide(page, person, action)
    task = Page.objects.get(pk=page.pk).current_workflow_task
    assert task.get_actions(page, person) == []
    assert not TaskState.objects.reviewable_by(person).exists()


def test_nobody_decides_at_two_stages(portals: TwoPortals) -> None:
    county = portals.qingshan
    boss = UserFactory(is_superuser=True)
    page = draft(county)
    submit(page, county.author)
    decide(page, boss)

    with pytest.raises(ReviewError, match="另一级"):
        decide(page, boss)
    assert waiting_at(page) == "办公室复审"


def test_who_returned_a_text_does_not_decide_at_another_stage(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    boss = UserFactory(is_superuser=True)
    page = draft(county)
    submit(page, county.author)
    decide(page, boss, "reject", "缺依据。")
    Page.objects.get(pk=page.pk).current_workflow_state.resume(county.author)
    decide(page, people["department"])

    with pytest.raises(ReviewError, match="另一级"):
        decide(page, boss)


def test_person_who_left_the_portal_decides_no_more(portals: TwoPortals) -> None:
    county = portals.qingshan
    person = reviewers_of(county)["department"]
    page = draft(county)
    submit(page, county.author)
    person.groups.clear()

    with pytest.raises(ReviewError, match="不是这一级的审稿人"):
        decide(page, person)


def test_change_in_review_opens_the_stages_that_had_approved(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    decide(page, people["department"])
    decide(page, people["office"])
    change(page, county.editor, "领导审以前又改了一句")

    assert waiting_at(page) == "科室初审"
    sheet = sheet_of(page)
    assert sheet.approvals().count() == 0
    assert sheet.steps.filter(is_void=True).count() == 2
    approve_all(county, page)
    assert is_live(page)
    assert "领导审以前又改了一句" in str(Page.objects.get(pk=page.pk).specific.body)


def test_reviewer_who_changes_a_text_does_not_decide_on_it(portals: TwoPortals) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    change(page, people["department"], "审稿人顺手改了")

    with pytest.raises(ReviewError, match="由别人来审"):
        decide(page, people["department"])
    decide(page, UserFactory(is_superuser=True))
    assert waiting_at(page) == "办公室复审"


def test_saving_without_a_change_opens_nothing(portals: TwoPortals) -> None:
    """A comment in the margin is saved with a revision of the same text."""
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    decide(page, people["department"])
    latest = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    revision = latest.save_revision(user=people["office"])

    assert waiting_at(page) == "办公室复审"
    assert sheet_of(page).approvals().count() == 1
    decide(page, people["office"])
    decide(page, people["leader"])
    assert Page.objects.get(pk=page.pk).live_revision_id == revision.pk


def test_overwritten_revision_counts_as_the_change_it_is(portals: TwoPortals) -> None:
    """The editor saves by itself into the same revision; its number stays."""
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    decide(page, people["department"])
    latest = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    latest.heading_zh_hans = "换了标题"
    latest.save_revision(
        user=county.author, overwrite_revision=latest.get_latest_revision()
    )

    assert waiting_at(page) == "科室初审"


def test_returned_text_begins_again_once_it_was_changed(portals: TwoPortals) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    decide(page, people["department"])
    decide(page, people["office"], "reject", "第三段没有依据。")
    assert sheet_of(page).state == State.RETURNED
    change(page, county.author, "补了依据")
    Page.objects.get(pk=page.pk).current_workflow_state.resume(county.author)

    assert waiting_at(page) == "科室初审"
    approve_all(county, page)
    assert is_live(page)


def test_returned_text_that_was_not_changed_goes_on_where_it_was(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    decide(page, people["department"])
    decide(page, people["office"], "reject")
    Page.objects.get(pk=page.pk).current_workflow_state.resume(county.author)

    assert waiting_at(page) == "办公室复审"


def test_sheet_outlives_page_and_people(portals: TwoPortals) -> None:
    county = portals.qingshan
    people = reviewers_of(county)
    page = draft(county)
    submit(page, county.author)
    approve_all(county, page)
    sheet = sheet_of(page)
    Page.objects.get(pk=page.pk).specific.delete()
    for person in (*people.values(), county.author):
        person.delete()

    sheet.refresh_from_db()
    assert sheet.title == f"{county.marker}新稿"
    assert sheet.submitter_name == "qingshan-author"
    names = [step.name for step in sheet.steps.filter(action=Action.APPROVE)]
    assert names == [f"qingshan{n}（qingshan-{n}）" for n in people]


def test_text_that_is_deleted_in_review_is_open_no_more(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    submit(page, county.author)
    Page.objects.get(pk=page.pk).specific.delete()

    sheet = sheet_of(page)
    assert sheet.state == State.CANCELLED
    assert [step.action for step in sheet.steps.all()] == [
        Action.SUBMIT,
        Action.CANCEL,
    ]


def test_text_that_was_public_is_judged_by_its_new_writers(portals: TwoPortals) -> None:
    """Who wrote an earlier public version may review the next one of others."""
    county = portals.qingshan
    page = draft(county)
    change(page, county.editor, "第一版由编辑改过")
    submit(page, county.author)
    assert str(county.editor.pk) in sheet_of(page).writers
    approve_all(county, page)
    change(page, county.author, "第二版")
    submit(page, county.author)

    assert set(sheet_of(page).writers) == {str(county.author.pk)}


def test_workflow_finished_past_our_task_publishes_nothing(portals: TwoPortals) -> None:
    """A plain task state of Wagtail approves for anybody; the door asks the sheets."""
    county = portals.qingshan
    page = draft(county)
    submit(page, county.author)
    for _stage in range(3):
        state = TaskState.objects.get(
            workflow_state__object_id=page.pk, status=TaskState.STATUS_IN_PROGRESS
        )
        TaskState.approve(state, user=county.author)

    assert waiting_at(page) == "科室初审"
    with pytest.raises(PublicationError, match="还没有审完"):
        state.workflow_state.finish(user=county.author)
    assert not is_live(page)
