"""Every way round the review that somebody may try ends before the public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from articles.models import ArticlePage
from home.models import ColumnPage
from home.publication import PublicationError
from home.review.models import ReviewSheet, ReviewWay
from home.review.setting_up import create_way
from home.schedule import publish_due
from tests.factories import ColumnPageFactory, PortalFixture, TwoPortals, UserFactory
from tests.home.admin_asking import logged_in, text_of
from tests.home.pages import create, edit, form_data
from tests.home.review.trips import (
    approve_all,
    change,
    decide,
    draft,
    sheet_of,
    submit,
)

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}
WRITTEN = "绕过审核的文字"


def is_public(page: Page, words: str = "") -> bool:
    fresh = Page.objects.get(pk=page.pk).specific
    return bool(fresh.live and words in f"{fresh.heading_zh_hans}{fresh.body_zh_hans}")


def superuser() -> Any:
    return UserFactory(is_superuser=True)


def reviewed(county: PortalFixture) -> ArticlePage:
    """Public, by the review."""
    page = draft(county)
    submit(page, county.author)
    approve_all(county, page)
    return ArticlePage.objects.get(pk=page.pk)


# --- the admin ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "admin", "superuser"])
def test_publishing_by_a_direct_request_saves_a_draft(
    portals: TwoPortals, who: str
) -> None:
    county = portals.qingshan
    user = superuser() if who == "superuser" else getattr(county, who)
    page = draft(county)
    client = logged_in(user)

    edit(client, page, heading_zh_hans=WRITTEN, **PUBLISH)
    create(client, ArticlePage, county.column, heading_zh_hans=WRITTEN, **PUBLISH)

    assert not is_public(page)
    made = ArticlePage.objects.exclude(pk=page.pk).get(heading_zh_hans=WRITTEN)
    assert not made.live
    html = text_of(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert 'name="action-publish"' not in html
    assert 'name="action-submit"' in html


def test_public_page_keeps_its_text_until_the_new_one_is_reviewed(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    page = reviewed(county)

    edit(logged_in(superuser()), page, heading_zh_hans=WRITTEN, **PUBLISH)
    assert not is_public(page, WRITTEN)
    draft_of_it = Page.objects.get(pk=page.pk).get_latest_revision()
    assert draft_of_it.content["heading_zh_hans"] == WRITTEN


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_bulk_publishing_publishes_nothing(portals: TwoPortals, who: str) -> None:
    county = portals.qingshan
    user = county.editor if who == "editor" else superuser()
    page = draft(county)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    logged_in(user).post(
        f"{address}?next=/admin/&id={page.pk}", {"include_descendants": "on"}
    )
    assert not is_public(page)


@pytest.mark.parametrize("choice", ["publish_copies", "alias", ""])
def test_copy_is_never_more_than_a_draft(portals: TwoPortals, choice: str) -> None:
    county = portals.qingshan
    page = reviewed(county)
    for user in (county.editor, superuser()):
        logged_in(user).post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {
                "new_title": "抄来的",
                "new_slug": f"copy-{user.pk}",
                "new_parent_page": county.column.pk,
                choice: "on",
            },
        )
        copies = Page.objects.filter(slug=f"copy-{user.pk}")
        assert [copy.live for copy in copies] == ([] if choice else [False])


def test_old_revision_is_not_brought_back_past_the_review(portals: TwoPortals) -> None:
    """Also not one that was approved once: it was taken down for a reason."""
    county = portals.qingshan
    page = reviewed(county)
    old = page.live_revision
    page.unpublish(user=county.editor)
    client = logged_in(superuser())

    client.post(
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk]),
        form_data(ArticlePage, heading_zh_hans=page.heading_zh_hans, **PUBLISH),
    )
    with pytest.raises(PublicationError, match="先送审"):
        old.publish(user=superuser(), skip_permission_checks=True)
    assert not is_public(page)


def test_own_text_is_not_approved_by_wagtails_views(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    boss = superuser()
    Page.objects.filter(pk=page.pk).update(owner=boss)
    submit(page, county.author)
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    client = logged_in(boss)

    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]
        ),
        {"comment": ""},
    )
    client.post(
        reverse(
            "wagtailadmin_pages:collect_workflow_action_data",
            args=[page.pk, "approve", state.pk],
        ),
        {"comment": ""},
    )
    edit(
        client,
        page,
        **{"action-workflow-action": "1", "workflow-action-name": "approve"},
    )
    assert not sheet_of(page).approvals().exists()


def test_unlocking_does_not_let_the_author_decide(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    submit(page, county.author)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=county.admin)
    for user in (county.author, county.admin):
        logged_in(user).post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))

    page = ArticlePage.objects.get(pk=page.pk)
    assert page.get_lock().for_user(county.author)
    assert page.current_workflow_task.get_actions(page, county.author) == []


# --- programs ----------------------------------------------------------------------------


def by_method(page: ArticlePage, user: Any) -> None:
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)


def by_action(page: ArticlePage, user: Any) -> None:
    action = PublishPageRevisionAction(page.get_latest_revision(), user=user)
    action.execute(skip_permission_checks=True)


def by_saving(page: ArticlePage, _user: Any) -> None:
    page.live = True
    page.save()


def by_bare_saving(page: ArticlePage, _user: Any) -> None:
    page.live = True
    page.save(clean=False)


def by_making(page: ArticlePage, user: Any) -> None:
    made = ArticlePage(heading_zh_hans=WRITTEN, live=True, owner=user)
    page.get_parent().add_child(instance=made)


def by_copying(page: ArticlePage, user: Any) -> None:
    page.live = True
    page.copy(keep_live=True, update_attrs={"slug": "copied", "live": True}, user=user)


def by_planning(page: ArticlePage, _user: Any) -> None:
    soon = timezone.now() + timedelta(hours=1)
    page.save_revision(approved_go_live_at=soon)
    assert publish_due(soon + timedelta(hours=1)) == 0
    raise PublicationError(page.pk, ["planned"])


@pytest.mark.parametrize(
    "publish",
    [
        by_method,
        by_action,
        by_saving,
        by_bare_saving,
        by_making,
        by_copying,
        by_planning,
    ],
)
def test_nothing_in_the_program_publishes_without_a_review(
    portals: TwoPortals, publish: Callable[[ArticlePage, Any], None]
) -> None:
    county = portals.qingshan
    page = draft(county)
    before = Page.objects.live().count()

    with pytest.raises((ValidationError, PermissionDenied)):
        publish(ArticlePage.objects.get(pk=page.pk), superuser())
    assert Page.objects.live().count() == before
    assert not is_public(page)


def test_public_page_is_not_rewritten_by_saving_it(portals: TwoPortals) -> None:
    page = reviewed(portals.qingshan)
    page.save()
    page.heading_zh_hans = WRITTEN

    with pytest.raises(PublicationError, match="先送审"):
        page.save()
    assert not is_public(page, WRITTEN)


def test_administrator_arranges_the_menu_without_a_review(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    column = ColumnPage.objects.get(pk=county.column.pk)
    column.show_in_menus = False
    column.save_revision(user=county.admin).publish(user=county.admin)
    assert not Page.objects.get(pk=column.pk).show_in_menus

    column.heading_zh_hans = WRITTEN
    with pytest.raises(PublicationError, match="先送审"):
        column.save_revision(user=county.admin).publish(user=county.admin)


# --- time --------------------------------------------------------------------------------

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def planned(county: PortalFixture) -> ArticlePage:
    """Approved by all, to be public at eight in the evening."""
    page = draft(county)
    latest = page.get_latest_revision_as_object()
    latest.go_live_at = NOON + timedelta(hours=8)
    latest.save_revision(user=county.author)
    submit(page, county.author)
    approve_all(county, page)
    return ArticlePage.objects.get(pk=page.pk)


def test_approved_text_goes_out_at_its_time(portals: TwoPortals) -> None:
    with time_machine.travel(NOON) as clock:
        page = planned(portals.qingshan)
        assert sheet_of(page).state == ReviewSheet.State.APPROVED
        assert publish_due() == 0
        clock.move_to(NOON + timedelta(hours=9))
        assert publish_due() == 1

    assert is_public(page)
    assert sheet_of(page).state == ReviewSheet.State.PUBLISHED


def test_text_that_was_changed_after_approval_does_not(portals: TwoPortals) -> None:
    county = portals.qingshan
    with time_machine.travel(NOON) as clock:
        page = planned(county)
        change(page, county.editor, WRITTEN)
        clock.move_to(NOON + timedelta(hours=9))
        assert publish_due() == 0

    assert not is_public(page)
    assert sheet_of(page).state == ReviewSheet.State.VOID


def test_planned_revision_is_not_rewritten_behind_the_scenes(
    portals: TwoPortals,
) -> None:
    with time_machine.travel(NOON) as clock:
        page = planned(portals.qingshan)
        row = Revision.objects.get(approved_go_live_at__isnull=False)
        content = {**row.content, "heading_zh_hans": WRITTEN}
        Revision.objects.filter(pk=row.pk).update(content=content)
        clock.move_to(NOON + timedelta(hours=9))
        assert publish_due() == 0
    assert not is_public(page)


def test_public_page_changes_at_the_time_that_was_approved(portals: TwoPortals) -> None:
    county = portals.qingshan
    with time_machine.travel(NOON) as clock:
        page = reviewed(county)
        latest = page.get_latest_revision_as_object()
        latest.heading_zh_hans = "晚上的标题"
        latest.go_live_at = NOON + timedelta(hours=8)
        latest.save_revision(user=county.author)
        submit(page, county.author)
        approve_all(county, page)
        assert sheet_of(page).state == ReviewSheet.State.APPROVED
        assert not is_public(page, "晚上的标题")
        clock.move_to(NOON + timedelta(hours=9))
        assert publish_due() == 1
    assert is_public(page, "晚上的标题")


# --- place -------------------------------------------------------------------------------


def test_public_text_is_not_moved_into_a_stricter_column(portals: TwoPortals) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    loose = ColumnPageFactory(parent=county.home, slug="loose", live=False)
    create_way(county.portal, loose, 1)
    page = ArticlePage(heading_zh_hans="只审一级", owner=county.author, live=False)
    loose.add_child(instance=page)
    page.save_revision(user=county.author)
    submit(page, county.author)
    decide(page, county.admin)
    assert is_public(page)

    with pytest.raises(PublicationError, match="审核更严"):
        ArticlePage.objects.get(pk=page.pk).move(county.column, pos="last-child")
    assert Page.objects.get(pk=page.pk).is_child_of(Page.objects.get(pk=loose.pk))
    assert way.stages == 3


def test_columns_are_arranged_among_their_neighbors(portals: TwoPortals) -> None:
    county = portals.qingshan
    ReviewWay.objects.filter(portal=county.portal, page=county.home).update(stages=1)
    column = Page.objects.get(pk=county.column.pk)
    create_way(county.portal, county.column, 3)
    other = ColumnPageFactory(parent=county.home, slug="andere", live=False)
    column.specific.move(Page.objects.get(pk=other.pk), pos="right")
    order = Page.objects.child_of(Page.objects.get(pk=county.home.pk)).order_by("path")
    assert [page.pk for page in order][-2:] == [other.pk, column.pk]


def test_text_moved_while_in_review_is_judged_where_it_is(portals: TwoPortals) -> None:
    county = portals.qingshan
    loose = ColumnPageFactory(parent=county.home, slug="loose", live=False)
    create_way(county.portal, loose, 1)
    page = ArticlePage(heading_zh_hans="半路换栏目", owner=county.author, live=False)
    loose.add_child(instance=page)
    page.save_revision(user=county.author)
    submit(page, county.author)
    ArticlePage.objects.get(pk=page.pk).move(
        Page.objects.get(pk=county.column.pk), pos="last-child"
    )

    with pytest.raises(PublicationError, match="还没有审完"):
        decide(page, county.admin)
    assert not is_public(page)


def test_review_of_one_portal_binds_that_portal_alone(portals: TwoPortals) -> None:
    ReviewWay.objects.filter(portal=portals.baihe.portal).update(is_direct=True)
    page = draft(portals.baihe)

    edit(logged_in(portals.baihe.editor), page, heading_zh_hans="直接发", **PUBLISH)
    assert is_public(page, "直接发")
    sheet = sheet_of(page)
    assert (sheet.kind, sheet.submitter) == (
        ReviewSheet.Kind.DIRECT,
        portals.baihe.editor,
    )
