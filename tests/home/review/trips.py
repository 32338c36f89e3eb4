"""A text on its way through the review, driven without a browser."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from articles.models import ArticlePage
from home.review.models import ReviewSheet
from tests.factories import PortalFixture, stream
from tests.home.review.conftest import reviewers_of


def draft(fixture: PortalFixture, **values: Any) -> ArticlePage:
    """An article that the author of the portal has written and nobody has seen."""
    page = ArticlePage(
        heading_zh_hans=f"{fixture.marker}新稿",
        summary_zh_hans="一句话的摘要",
        body_zh_hans=stream(("text", "<p>新写的正文。</p>")),
        live=False,
        owner=fixture.author,
        **values,
    )
    fixture.column.add_child(instance=page)
    page.save_revision(user=fixture.author, log_action=True)
    return page


def submit(page: Page, user: Any) -> ReviewSheet:
    fresh = page.specific_class.objects.get(pk=page.pk)
    fresh.get_workflow().start(fresh, user)
    return sheet_of(page)


def sheet_of(page: Page) -> ReviewSheet:
    return ReviewSheet.objects.filter(page_id=page.pk).first()


def decide(page: Page, user: Any, action: str = "approve", comment: str = "") -> None:
    """As Wagtail's views do it, past the check that they make before."""
    fresh = Page.objects.get(pk=page.pk).specific
    state = fresh.current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)


def change(page: Page, user: Any, text: str) -> Any:
    latest = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    latest.body_zh_hans = stream(("text", f"<p>{text}</p>"))
    return latest.save_revision(user=user, log_action=True)


def waiting_at(page: Page) -> str:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    return state.task.specific.get_level_display() if state else ""


def approve_all(fixture: PortalFixture, page: Page) -> None:
    for person in reviewers_of(fixture).values():
        decide(page, person, comment="同意。")
