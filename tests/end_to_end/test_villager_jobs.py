"""What villagers come for, walked on a phone without script through the loaded demo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.accessibility import PHONE, SIDEWAYS, SMALL_TARGETS, violations
from tests.end_to_end.browsing import browsing, next_page
from tests.end_to_end.live import LiveServer, live_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = [pytest.mark.browser, pytest.mark.long]

QINGSHAN = "qingshan.localhost"
BAIHE = "baihe.localhost"
LIUXI = "liuxi.localhost"
POINTS = "/fuwu/fuwudian/"
# One page of each kind that is not in test_villager_pages.py.
NEW_KINDS = {
    "guide": (QINGSHAN, "/banshi/falv-yuanzhu-shenqing/"),
    "case": (LIUXI, "/anli/caili-meidengji-gongtong-shenghuo/"),
    "document": (BAIHE, "/zhengce/fazhi-wenhua-zhendi-shixing/"),
    "interpretation": (BAIHE, "/jiedu/wenhua-zhendi-jiedu/"),
    "catalogue": (QINGSHAN, "/xinxi-gongkai/gongkai-mulu/"),
    "information": (QINGSHAN, "/xinxi-gongkai/qingshan-2025-nianbao/"),
    "campaign": (QINGSHAN, "/huodong/minfadian-2026/"),
    "event": (QINGSHAN, "/huodong/xianfa-2026/xianfa-jishi/"),
    "points": (QINGSHAN, POINTS),
    "point": (QINGSHAN, "/fuwu/fuwudian/shiping-gongzuozhan/"),
    "people": (QINGSHAN, "/fuwu/renyuan/"),
    "register": (QINGSHAN, "/fuwu/shifancun/"),
    "place": (QINGSHAN, "/fuwu/shifancun/shiping-shifancun/"),
}


@pytest.fixture(scope="module")
def server(
    django_db_setup: object,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), live_server(folder) as running:
        with override_settings(DEBUG=True):
            call_command("load_demo")
        yield running


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with browsing(chromium, with_script=False, size=PHONE) as villager:
        yield villager.page


def ask(page: Page, server: LiveServer, host: str, words: str) -> list[str]:
    """The addresses on the first page of results, best first."""
    page.goto(server.url(host))
    page.fill("main [name=q]", words)
    with next_page(page):
        page.click("main [type=submit]")
    found = page.locator("main h2 a[href], main h3 a[href]")
    return [str(link.get_attribute("href")) for link in found.all()]


def words_of(page: Page, server: LiveServer, host: str, path: str) -> str:
    response = page.goto(server.url(host, path))
    assert response is not None and response.status == 200, path
    return page.inner_text("main")


@pytest.mark.parametrize(
    ("host", "words", "path", "place"),
    [
        (QINGSHAN, "老板不给工钱怎么办", "/wenda/laoban-bu-gei-gongqian/", 1),
        (QINGSHAN, "最近的调解员在哪里", "/fuwu/renyuan/", 5),
        (QINGSHAN, "哪里能找人民调解", "/banshi/renmin-tiaojie-shenqing/", 5),
        (BAIHE, "白司发〔2022〕12号", "/zhengce/fazhi-wenhua-zhendi-shixing/", 1),
        (BAIHE, "文化阵地管理办法试行", "/zhengce/fazhi-wenhua-zhendi-shixing/", 5),
        (QINGSHAN, "申请法律援助要带什么材料", "/banshi/falv-yuanzhu-shenqing/", 5),
        (QINGSHAN, "民法典宣传月有什么活动", "/huodong/minfadian-2026/", 5),
        (QINGSHAN, "法律服务站现在开门吗", POINTS, 5),
        (LIUXI, "有没有人遇到过彩礼", NEW_KINDS["case"][1], 5),
        (QINGSHAN, "怎么申请政府信息公开", "/xinxi-gongkai/yi-shenqing-gongkai/", 5),
        (QINGSHAN, "年报", "/xinxi-gongkai/qingshan-2025-nianbao/", 5),
        (QINGSHAN, "谁是我们村的法律顾问", "/fuwu/renyuan/", 3),
    ],
)
def test_the_question_leads_to_its_page(
    server: LiveServer, phone: Page, host: str, words: str, path: str, place: int
) -> None:
    assert path in ask(phone, server, host, words)[:place]


def test_home_page_names_where_to_go_and_whom_to_ring(
    server: LiveServer, phone: Page
) -> None:
    phone.goto(server.url(QINGSHAN))
    section = phone.locator("section", has=phone.locator(".township-list"))
    assert "石屏镇" in section.inner_text()
    assert section.locator("a[href^='tel:']").count() > 4
    with next_page(phone):
        section.get_by_role("link", name="全部服务点").click()
    assert phone.url.endswith(POINTS)
    assert "周一至周五" in phone.inner_text("main")


@pytest.mark.parametrize(
    "path", ["/wenda/laoban-bu-gei-gongqian/", "/anli/baogongtou-zongbao-xianfu/"]
)
def test_a_question_and_a_case_lead_to_the_guide_and_to_a_place(
    server: LiveServer, phone: Page, path: str
) -> None:
    phone.goto(server.url(QINGSHAN, path))
    for target in ("/banshi/nongmingong-qianxin-tongdao/", POINTS):
        assert phone.locator(f"main a[href='{target}']").count() == 1, target


def test_a_repealed_document_says_so_and_names_its_successor(
    server: LiveServer, phone: Page
) -> None:
    words = words_of(phone, server, *NEW_KINDS["document"])
    assert "本文件已废止" in words
    with next_page(phone):
        phone.get_by_role("link", name="白河县法治文化阵地管理办法").first.click()
    assert phone.url.endswith("/zhengce/fazhi-wenhua-zhendi-guanli-banfa/")
    assert "本文件已废止" not in phone.inner_text("main")


def test_guide_says_what_to_bring(server: LiveServer, phone: Page) -> None:
    words = words_of(phone, server, *NEW_KINDS["guide"])
    assert "身份证或者户口簿" in words.split("要带什么")[1]
    assert phone.locator("main a[href^='tel:']").count() > 0


def test_nobody_is_named_whose_consent_is_over(server: LiveServer, phone: Page) -> None:
    """李演示九 agreed until February 2026, 王演示一 until February 2028."""
    words = words_of(phone, server, *NEW_KINDS["people"])
    assert "王演示一" in words and "0000-1202005" in words
    assert "李演示九" not in words and "0000-1202018" not in words


def test_without_script_nothing_claims_to_be_open_now(
    server: LiveServer, phone: Page
) -> None:
    words = words_of(phone, server, *NEW_KINDS["point"])
    assert "8:30" in words and "0000-1202002" in words
    assert "现在开门" not in words and "现在没开门" not in words


@pytest.mark.parametrize("kind", NEW_KINDS)
def test_new_page_of_the_demo_is_accessible(
    server: LiveServer, chromium: Browser, kind: str
) -> None:
    with browsing(chromium, size=PHONE) as villager:
        page = villager.page
        page.goto(server.url(*NEW_KINDS[kind]))
        for size in ("medium", "elder"):
            page.evaluate(f"document.documentElement.dataset.size = '{size}'")
            assert violations(page) == [], size
            assert page.evaluate(SMALL_TARGETS) == [], size
            assert page.evaluate(SIDEWAYS) <= 0, size
