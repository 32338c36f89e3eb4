"""No English on the screens of the admin: every address that links lead to is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from wagtail.models import Comment, Page

from home.models import Audience, Portal, Topic
from tests.english import NAMES, english_in
from tests.factories import PortalFixture, UserFactory, make_portal, make_two_portals
from tests.media.factories import PortalDocumentFactory, PortalImageFactory
from tests.publishing.kinds import add_every_kind

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

LINK = re.compile(r'"(/admin/[^"\\\s]*)"')
# Not screens, or the way out of them.
PASSED_BY = ("/admin/logout", "/admin/jsi18n", "/admin/sprite", "/admin/styleguide")
# For superusers alone, and written without gettext: the form of a group lists
# permissions by the names that Django has put into the database, the window for review
# steps has a field "Task type".
SUPERUSERS = ("/admin/groups/", "/admin/workflows/task_chooser/")


@pytest.fixture(scope="module")
def county(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[PortalFixture]:
    """A county with a page of every kind, pictures, files, comments and a review."""
    with django_db_blocker.unblock(), transaction.atomic():
        prefecture = make_portal(
            "yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE
        )
        own = make_two_portals().qingshan
        own.portal.parent = prefecture
        own.portal.save()
        furnish(own)
        yield own
        transaction.set_rollback(True)


def furnish(own: PortalFixture) -> None:
    for model in (Topic, Audience):
        model.objects.update(slug="wang-zhi")  # is listed, and no text
    for user in own.users.values():
        user.first_name, user.last_name = "三", "张"
        user.save()
    for number, page in enumerate(add_every_kind(own).values()):
        page.heading_zh_hans = page.summary_zh_hans = f"样例{number}"
        page.save()
        page.save_revision(user=own.editor).publish()
    library = {"collection": own.portal.collection, "uploaded_by_user": own.editor}
    PortalImageFactory(title="照片", **library)
    PortalDocumentFactory(title="表格", **library)
    Comment.objects.create(
        page=own.article,
        user=own.editor,
        text="这一段再改改",
        contentpath="heading_zh_hans",
    )
    own.question.refresh_from_db()
    own.question.save_revision(user=own.author)
    own.question.get_workflow().start(own.question, own.author)


def client_of(own: PortalFixture, user: Any) -> Client:
    client = Client(headers={"host": own.host})
    client.force_login(user)
    return client


# --- walking ---------------------------------------------------------------------------


def kind_of(address: str) -> tuple[object, ...] | None:
    """What of many addresses one is enough: the view and what it is about."""
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if path.startswith(PASSED_BY):
        return None
    about: object = re.sub(r"\d+", "#", path)
    if match.view_name == "wagtailadmin_pages:edit":
        about = Page.objects.get(pk=path.split("/")[3]).content_type_id
    return match.func, about, "q=" in address


def html_of(response: Any) -> str:
    kind = response.headers.get("Content-Type", "")
    if response.streaming or response.status_code >= 400:
        return ""
    text = str(response.content.decode(errors="replace"))
    if kind.startswith("text/html"):
        return text
    if kind.startswith("application/json"):
        answer = json.loads(text)
        return str(answer.get("html", "")) if isinstance(answer, dict) else ""
    return ""


def links_in(html: str, base: str) -> Iterator[str]:
    """Links, forms, and the addresses that scripts are given (the menu, choosers)."""
    for found in LINK.findall(unescape(html)):
        yield urljoin(base, found)
    for tag in BeautifulSoup(html, "lxml").find_all(href=re.compile(r"^\?")):
        yield urljoin(base, str(tag["href"]))


def walk(
    client: Client, starts: list[str], *, most: int = 1000
) -> Iterator[tuple[str, str]]:
    """Each kind of screen that links lead to: (address, what it shows)."""
    todo = list(starts)
    seen: set[object] = set()
    while todo and len(seen) < most:
        address = todo.pop(0)
        kind = kind_of(address)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        response = client.get(address)
        if response.status_code in (301, 302):
            todo.append(urljoin(address, response.headers["Location"]))
            continue
        assert response.status_code < 500, address
        if html := html_of(response):
            yield address, html
            todo += links_in(html, address)


def english_on(screens: Iterator[tuple[str, str]]) -> str:
    return "\n".join(
        f"{address}: {text}"
        for address, html in screens
        if not address.startswith(SUPERUSERS)
        # The page itself, in whichever language; its own tests read it.
        and not address.endswith("/view_draft/")
        for text in sorted(english_in(html))
    )


# --- tests -----------------------------------------------------------------------------


def test_the_list_of_names_is_short() -> None:
    assert len(NAMES) <= 20


@pytest.mark.django_db
def test_the_screens_of_every_day_are_chinese(county: PortalFixture) -> None:
    client = client_of(county, county.editor)
    home, article = county.home.pk, county.article.pk
    screens = [
        "/admin/",
        f"/admin/pages/{home}/",
        f"/admin/pages/{article}/edit/",
        f"/admin/pages/{article}/history/",
        "/admin/images/chooser/",
        "/admin/account/",
    ]
    answers = {address: html_of(client.get(address)) for address in screens}
    assert all(answers.values())
    assert english_on(iter(answers.items())) == ""


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "least"),
    [("author", 20), ("editor", 80), ("admin", 100), ("superuser", 150)],
)
def test_no_screen_that_links_lead_to_has_english(
    county: PortalFixture, role: str, least: int
) -> None:
    users = {str(key): user for key, user in county.users.items()}
    if role == "superuser":
        users[role] = UserFactory(username="000", last_name="李", is_superuser=True)
    visited = dict(walk(client_of(county, users[role]), ["/admin/"]))
    assert english_on(iter(visited.items())) == ""
    # So that the walk does not end early without anybody noticing.
    assert len(visited) > least


# --- controls --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<p>保存 draft</p>",
        "<p>Are you sure?</p>",
        '<button title="Move up"></button>',
        '<button aria-label="Actions"></button>',
        '<input placeholder="Search…">',
        '<input type="submit" value="Search">',
        "<template><p>Loading</p></template>",
        '<div data-w-progress-active-value="Saving changes"></div>',
        """<div data-block='{"_args": ["a", {"label": "Insert a block"}]}'></div>""",
        '<script type="application/json">{"strings": ["Move it down"]}</script>',
        """<div data-value='[{"html": "<b>Delete</b>"}]'></div>""",
    ],
)
def test_planted_english_is_found(html: str) -> None:
    assert english_in(f"<html><body>{html}</body></html>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>保存草稿</p><p>Word 或者 WPS</p>",
        "<p>发到 zhang@example.com，见 https://www.example.com/a/</p>",
        "<p>文件 shenqing.docx，网址用名 ren-min-fa-yuan</p>",
        '<a class="button button-small icon" href="/admin/pages/edit/">改</a>',
        '<div data-controller="w-tabs w-sync" data-action="w-tabs#select"></div>',
        '<script>const never = "shown to anybody";</script>',
    ],
)
def test_what_is_no_english_text_is_left_alone(html: str) -> None:
    assert english_in(f"<html><body>{html}</body></html>") == set()
