"""Links that lead nowhere are told; nobody asks another site while a page is saved."""

from __future__ import annotations

from urllib.error import HTTPError, URLError

import pytest
import time_machine
from wagtail.contrib.redirects.models import Redirect

from articles.gate.checking import check_page
from articles.gate.links import ADDRESS, INTERNAL, address_problem
from articles.gate.models import OutsideLink
from articles.gate.outside_links import RULE, Asker, ask
from articles.models import ArticlePage
from home.findings import Finding
from tests.articles.gate.pages import draft
from tests.factories import ArticlePageFactory, TwoPortals

pytestmark = pytest.mark.django_db


def linking(portals: TwoPortals, href: str) -> ArticlePage:
    return draft(portals.qingshan, text=f"见<a {href}>这里</a>。")


def findings(page: ArticlePage, *rules: str) -> list[Finding]:
    return [one for one in check_page(page) if one.rule in rules]


# --- pages -------------------------------------------------------------------------------


def test_link_to_a_public_page_is_fine(portals: TwoPortals) -> None:
    page = linking(portals, f'linktype="page" id="{portals.qingshan.question.pk}"')

    assert findings(page, INTERNAL) == []


def test_link_to_a_page_that_is_gone_is_pointed_out(portals: TwoPortals) -> None:
    (found,) = findings(linking(portals, 'linktype="page" id="999999"'), INTERNAL)

    assert not found.is_blocking
    assert "已经删除" in found.sentence


def test_link_to_a_withdrawn_page_is_a_hint_as_its_readers_do_not_see_it(
    portals: TwoPortals,
) -> None:
    target = ArticlePageFactory(parent=portals.qingshan.column, live=False)

    (found,) = findings(linking(portals, f'linktype="page" id="{target.pk}"'), INTERNAL)

    assert not found.is_blocking
    assert "已经撤下" in found.sentence


def test_link_to_a_draft_is_a_hint_so_that_two_pages_may_link_each_other(
    portals: TwoPortals,
) -> None:
    target = draft(portals.qingshan)

    (found,) = findings(linking(portals, f'linktype="page" id="{target.pk}"'), INTERNAL)

    assert not found.is_blocking


def test_link_to_another_portal_is_pointed_out_without_its_name(
    portals: TwoPortals,
) -> None:
    theirs = portals.baihe.article

    (found,) = findings(linking(portals, f'linktype="page" id="{theirs.pk}"'), INTERNAL)

    assert "不在本门户里" in found.sentence
    assert portals.baihe.marker not in f"{found.sentence}{found.words}"


# --- addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "is_certain"),
    [
        ("http://http://www.gov.cn/", True),
        ("https://", True),
        ("www.gov.cn", True),
        ("file:///C:/a.doc", True),
        ("C:\\通知.doc", True),
        ("http://localhost:8000/", True),
        ("http://192.168.1.5/", True),
        ("http://[::1]/", True),
        ("http://10.1.2.3:99999/", True),
        ("https://www.gov.cn/a，b", False),
    ],
)
def test_address_that_nobody_can_open_is_told(url: str, is_certain: bool) -> None:
    problem, certain = address_problem(url)

    assert problem
    assert certain == is_certain


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.cn/zhengce/content_5736820.htm",
        "http://flk.npc.gov.cn/?a=1&b=2#c",
        "tel:12348",
        "mailto:a@example.gov.cn",
        "#s1",
        "/laws/",
        "https://例子.中国/",
        "https://www.example.gov.cn:8443/a%20b",
    ],
)
def test_good_address_is_fine(url: str) -> None:
    assert address_problem(url) == ("", False)


@pytest.mark.parametrize(
    ("path", "is_dead"),
    [
        ("/dongtai/zhengqian/", False),
        ("/en/dongtai/zhengqian/", False),
        ("/", False),
        ("/laws/minfadian/", False),
        ("/dongtai/page/2/", False),
        ("/dongtai/old/", False),
        ("/dongtai/meiyou/", True),
    ],
)
def test_own_address_leads_to_a_page_or_is_refused(
    portals: TwoPortals, path: str, is_dead: bool
) -> None:
    portal = portals.qingshan.portal
    Redirect.objects.create(
        site=portal.site, old_path="/dongtai/old", redirect_link="/"
    )
    page = linking(portals, f'href="http://{portal.host}{path}"')

    found = findings(page, INTERNAL)

    assert [one.is_blocking for one in found] == [True] * is_dead


def test_redirect_of_the_other_county_helps_nobody_here(portals: TwoPortals) -> None:
    Redirect.objects.create(
        site=portals.baihe.portal.site, old_path="/dongtai/old", redirect_link="/"
    )
    host = portals.qingshan.portal.host

    assert findings(linking(portals, f'href="http://{host}/dongtai/old/"'), INTERNAL)


def test_address_of_the_admin_is_refused(portals: TwoPortals) -> None:
    host = portals.qingshan.portal.host

    (found,) = findings(
        linking(portals, f'href="http://{host}/admin/pages/3/"'), ADDRESS
    )

    assert "后台" in found.sentence


# --- other sites -------------------------------------------------------------------------

URL = "https://www.example.gov.cn/a.htm"


def asker(answers: list[int | Exception], **options: object) -> tuple[Asker, list[str]]:
    asked: list[str] = []

    def open_url(request: object) -> int:
        asked.append(f"{request.get_method()} {request.full_url}")  # type: ignore[attr-defined]
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    values = {"resolve": lambda _host: ["93.184.216.34"], "sleep": lambda _s: None}
    return Asker(open_url=open_url, **{**values, **options}), asked  # type: ignore[arg-type]


def refusal(code: int) -> HTTPError:
    return HTTPError(URL, code, "", None, None)  # type: ignore[arg-type]  # no headers


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ([200], ""),
        ([refusal(404), refusal(404)], "404"),
        ([refusal(405), 200], ""),
        ([refusal(403), refusal(403)], ""),
        ([URLError("timed out")], "打不开：timed out"),
        ([TimeoutError("slow")], "打不开：slow"),
    ],
)
def test_answer_of_a_site_is_understood(
    answers: list[int | Exception], problem: str
) -> None:
    said = asker(list(answers))[0].problem(URL)

    assert problem in said
    assert bool(said) == bool(problem)


def test_address_inside_our_network_is_not_asked_for() -> None:
    found, asked = asker([200], resolve=lambda _host: ["10.0.0.7"])

    assert "不在互联网上" in found.problem(URL)
    assert asked == []


def test_one_site_is_asked_once_a_second() -> None:
    waits: list[float] = []
    found, _asked = asker([200] * 3, sleep=waits.append, clock=lambda: 5.0)

    for url in (URL, f"{URL}?2", "https://other.example.gov.cn/"):
        found.problem(url)

    assert waits == [1.0]


def test_what_was_asked_this_week_is_not_asked_again() -> None:
    with time_machine.travel("2026-11-23", tick=False):
        assert [row.problem for row in ask([URL, URL], asker([200])[0])] == [""]
        assert [row.problem for row in ask([URL], asker([])[0])] == [""]
    with time_machine.travel("2026-12-01", tick=False):
        (row,) = ask([URL], asker([refusal(404), refusal(404)])[0])
    assert "404" in row.problem


def test_silent_site_is_a_hint_at_its_place(portals: TwoPortals) -> None:
    page = linking(portals, f'href="{URL}"')
    assert findings(page, RULE) == []
    with time_machine.travel("2026-11-23", tick=False):
        list(ask([URL], asker([refusal(404), refusal(404)])[0]))

    (found,) = findings(page, RULE)

    assert OutsideLink.objects.count() == 1
    assert not found.is_blocking
    assert found.place.field == "body_zh_hans"
