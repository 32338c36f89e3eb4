"""A whole review of three stages by four people, each at a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Page

from articles.models import ArticlePage
from home.review.models import ReviewSheet
from tests.accessibility import SIDEWAYS, violations
from tests.end_to_end.browsing import PASSWORD, PageForm, Watched, browsing, log_in
from tests.end_to_end.browsing import next_page as to_next
from tests.end_to_end.desk import add
from tests.end_to_end.offices import Office
from tests.home.review.conftest import in_three_stages, reviewers_of
from tests.home.review.trips import approve_all, draft, submit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]
TITLE = "四个人审过的文章"


@pytest.fixture(scope="module")
def people(office: Office) -> dict[str, Any]:
    in_three_stages(office.own.portal)
    found = {**reviewers_of(office.own), "author": office.own.author}
    for person in found.values():
        person.set_password(PASSWORD)
        person.save()
    return found


@contextmanager
def at_work(office: Office, chromium: Browser, user: Any) -> Iterator[Watched]:
    with browsing(chromium) as watched:
        log_in(watched.page, office.server, office.own.host, user.username)
        yield watched
        assert watched.complaints == []


def approve(watched: Watched, opinion: str) -> None:
    """From the dashboard to the page, and there with an opinion."""
    page = watched.page
    with to_next(page):
        page.get_by_role("link", name=TITLE).first.click()
    PageForm(page)
    page.locator(".w-dropdown__toggle.button").last.click()
    page.get_by_role("button", name=re.compile("同意，并写意见")).click()
    page.locator(".modal-body textarea").fill(opinion)
    with to_next(page):
        page.locator(".modal-body [type=submit]").click()


def test_text_goes_through_four_hands_and_is_printed(
    office: Office, chromium: Browser, people: dict[str, Any]
) -> None:
    county = office.own
    with at_work(office, chromium, people["author"]) as watched:
        form = add(office, watched, "articles/articlepage")
        form.write("heading_zh_hans", TITLE)
        form.write("summary_zh_hans", "一句话说清")
        form.add_text("body_zh_hans", "写好的正文")
        assert watched.page.locator("button[name=action-publish]").count() == 0
        form.press("action-submit")
        watched.page.goto(office.server.url(county.host, "/admin/"))
        assert "科室初审" in watched.page.inner_text("main")
    made = ArticlePage.objects.get(heading_zh_hans=TITLE)
    for name in ("department", "office", "leader"):
        assert not Page.objects.get(pk=made.pk).live
        with at_work(office, chromium, people[name]) as watched:
            approve(watched, f"{name}：同意。")
    made.refresh_from_db()
    assert made.live
    path = made.public_path(county.portal)
    assert "写好的正文" in office.server.get(county.host, path)[1]
    sheet = ReviewSheet.objects.get(page_id=made.pk)
    with at_work(office, chromium, people["author"]) as watched:
        page = watched.page
        page.goto(office.server.url(county.host, f"/admin/review/sheets/{sheet.pk}/"))
        for name in ("department", "office", "leader"):
            assert f"同意：{name}：同意。" in page.inner_text("main")
        assert violations(page) == []
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_screens_fit_and_are_accessible(
    office: Office, chromium: Browser, people: dict[str, Any], width: int
) -> None:
    county = office.own
    waiting = draft(county, slug=f"waiting-{width}")
    submit(waiting, county.author)
    done = draft(county, slug=f"done-{width}")
    sheet = submit(done, county.author)
    approve_all(county, done)
    way = county.portal.review_ways.get()
    addresses = {
        people["department"]: ["/admin/", "/admin/review/"],
        county.author: ["/admin/review/", f"/admin/review/sheets/{sheet.pk}/"],
        county.admin: [
            "/admin/review/sheets/",
            "/admin/review/emergencies/",
            "/admin/review/ways/",
            f"/admin/review/ways/{way.pk}/",
            f"/admin/review/portals/{county.portal.pk}/column/",
            f"/admin/review/portals/{county.portal.pk}/releasers/",
            f"/admin/review/pages/{waiting.pk}/emergency/",
            f"/admin/review/pages/{done.pk}/withdraw/",
        ],
    }
    size = {"width": width, "height": 900}
    for user, paths in addresses.items():
        with browsing(chromium, size=size) as watched:
            log_in(watched.page, office.server, county.host, user.username)
            for path in paths:
                watched.page.goto(office.server.url(county.host, path))
                assert violations(watched.page) == [], path
                assert watched.page.evaluate(SIDEWAYS) <= 1, path
            assert watched.complaints == []
