"""An old website moves in: what becomes of its pages, files, addresses and mistakes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from articles.models import ArticlePage, OldAddress
from home.models import Change
from home.outbox import record_change
from media.models import Consent, PortalDocument, PortalImage
from tests.articles.page_import.old_site import OLD, OldSite, picture, raw_body
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db
TEXT = "<p>这是旧网页的正文，有十几个字。</p>"


def page_of(summary: Any, number: int = 0) -> ArticlePage:
    return ArticlePage.objects.get(pk=summary.pages[number])


def stored_files() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


def tell(faults: Any) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in faults]


def test_frame_of_the_old_site_stays_behind_and_the_date_is_kept(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a", "<p>第一段，讲事情的经过。</p><p>【打印】【关闭】</p>")
    now = datetime.fromisoformat("2026-11-20T10:00:00+08:00")

    with time_machine.travel(now, tick=False):
        page = page_of(old_site.bring(two_portals.qingshan.portal))

    assert [b["value"] for b in raw_body(page)] == ["<p>第一段，讲事情的经过。</p>"]
    assert page.live
    assert page.first_published_at == datetime.fromisoformat("2018-03-01T09:30+08:00")
    assert page.last_published_at == page.imported_at == now
    assert page.imported_from == f"{OLD}/a.html"
    assert page.source == "老单位"  # the page itself says so


def test_gb18030_page_is_read(two_portals: TwoPortals, old_site: OldSite) -> None:
    old_site.page("a", "<p>𠮷㐂镇的朱镕基路，一个字也不能丢。</p>", encoding="gb18030")
    page = page_of(old_site.bring(two_portals.qingshan.portal))
    assert "𠮷㐂镇的朱镕基路，一个字也不能丢。" in raw_body(page)[0]["value"]


def test_date_and_title_come_from_the_page_where_the_table_is_silent(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a", 标题=None, 发布日期=None)
    page = page_of(old_site.bring(two_portals.qingshan.portal))
    assert page.title == "旧网页a"
    assert page.first_published_at == datetime.fromisoformat("2017-05-06T08:30+08:00")


def test_links_between_old_pages_lead_to_the_new_ones(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a", 旧网址=f"{OLD}/show.asp?id=1")
    old_site.page(
        "b",
        "<p>见<a href='/show.asp?id=1#top'>这一页</a>、<a href='/gone.asp'>那一页</a>和"
        "<a href='javascript:history.back()'>返回</a>。</p>",
    )
    portal = two_portals.qingshan.portal
    summary = old_site.bring(portal)
    html = raw_body(page_of(summary, 1))[0]["value"]
    assert f'<a linktype="page" id="{summary.pages[0]}">这一页</a>' in html
    assert f'<a href="{OLD}/gone.asp">那一页</a>' in html
    assert "和返回。" in html
    assert [note.row for note in summary.notes] == [3]

    # A later import still finds what an earlier one brought.
    old_site.page("c", "<p>再见<a href='show.asp?id=1'>这一页</a>，就这么多字。</p>")
    later = old_site.bring(portal)
    assert f'id="{summary.pages[0]}"' in raw_body(page_of(later))[0]["value"]


def test_files_come_in_once_and_signs_of_file_types_stay_out(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.file("img/a.png", picture())
    old_site.file("img/same.png", picture())
    old_site.file("icon.png", picture(size=(16, 16)))
    old_site.file("up/form.txt", "申请表".encode())
    body = (
        "<p><img src='{0}' alt='院坝里的调解'></p>" + TEXT + "<p><img src='icon.png'>"
        "附件1：<a href='/up/form.txt'>法律援助申请表.txt</a></p>"
    )
    old_site.page("a", body.format("img/a.png"), 人物肖像="无人")
    old_site.page("b", body.format(f"{OLD}/img/same.png"), 人物肖像="无人")
    portal = two_portals.qingshan.portal

    summary = old_site.bring(portal)

    assert (summary.pictures, summary.documents) == (1, 1)
    image = PortalImage.objects.get(collection=portal.collection)
    assert (image.alt_text_zh_hans, image.consent) == ("院坝里的调解", Consent.NOBODY)
    assert (
        PortalDocument.objects.get(collection=portal.collection).title
        == "法律援助申请表"
    )
    for number in (0, 1):
        page = page_of(summary, number)
        assert [b["type"] for b in raw_body(page)] == ["picture", "text", "attachment"]
        assert page.live
    # The neighbor gets copies of its own, never the rows of this portal.
    other = old_site.bring(two_portals.baihe.portal)
    assert (other.pictures, other.documents) == (1, 1)


def test_page_with_a_picture_that_nobody_described_waits_as_a_draft(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.file("IMG_1.png", picture("blue"))
    old_site.page("a", f"{TEXT}<img src='IMG_1.png' alt='IMG_1.png'>")
    summary = old_site.bring(two_portals.qingshan.portal)
    page = page_of(summary)
    assert (page.live, page.has_unpublished_changes, summary.drafts) == (False, True, 1)
    assert any("没有替代文字" in note.reason for note in summary.notes)
    assert page.first_published_at is not None
    assert page.search_entries() == []

    image = PortalImage.objects.get(collection=two_portals.qingshan.portal.collection)
    image.alt_text_zh_hans, image.consent = "蓝色的旗", Consent.NOBODY
    image.save()
    before = page.first_published_at
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert page.first_published_at == before


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"文件": "none.html"}, "文件"),
        ({"文件": "../outside.html"}, "文件"),
        ({"旧网址": "show.asp?id=1"}, "旧网址"),
        ({"旧网址": f"{OLD}/"}, "旧网址"),
        ({"旧网址": f"{OLD}/good.html"}, "旧网址"),
        ({"旧网址": "https://old.example/good.html"}, "旧网址"),
        ({"旧网址": "http://other.example/good.html"}, "旧网址"),
        ({"栏目": "meiyou"}, "栏目"),
        ({"栏目": None}, "栏目"),
        ({"发布日期": "去年"}, "发布日期"),
        ({"发布日期": "2087-01-01"}, "发布日期"),
        ({"标题": "长" * 121}, "标题"),
        ({"摘要": "长" * 301}, "摘要"),
        ({"作者": "长" * 51}, "作者"),
        ({"主题": "没有的主题"}, "主题"),
        ({"人群": "没有的人群"}, "人群"),
        ({"正文位置": "#nothing"}, "正文位置"),
        ({"正文位置": "div:hover"}, "正文位置"),
        ({"人物肖像": "也许"}, "人物肖像"),
    ],
)
def test_error_names_row_and_column_and_nothing_is_written(
    cells: dict[str, Any], column: str, two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("good")
    old_site.page("bad", **cells)
    pages = Page.objects.count()

    summary = old_site.bring(two_portals.qingshan.portal)

    assert tell(summary.faults) == [(3, column)]
    assert Page.objects.count() == pages
    assert not OldAddress.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "body"),
    [
        ("x.png", b"no picture", "<img src='x.png' alt='调解的现场'>"),
        ("x.doc", b"no document", "<p><a href='x.doc'>表</a></p>"),
        ("other.png", b"", "<img src='missing.png' alt='调解的现场'>"),
        ("other.doc", b"", "<p><a href='missing.doc'>表</a></p>"),
    ],
)
def test_file_that_an_upload_would_refuse_is_an_error(
    name: str, content: bytes, body: str, two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.file(name, content)
    old_site.page("bad", TEXT + body)
    summary = old_site.bring(two_portals.qingshan.portal)
    assert tell(summary.faults) == [(2, "文件")]
    assert summary.pages == []

    allowed = old_site.bring(two_portals.qingshan.portal, allow_missing=True)
    assert allowed.faults == []
    assert not page_of(allowed).live  # something is missing from it


def test_broken_encoding_is_an_error(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("bad")
    old_site.file("bad.html", "<p>坏字".encode("gb18030") + b"\xff\xff</p>")
    summary = old_site.bring(two_portals.qingshan.portal)
    assert tell(summary.faults) == [(2, "文件")]


def test_good_rows_come_in_when_asked_and_their_links_to_bad_ones_stay_outside(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("good", "<p>见<a href='bad.html'>坏的那一页</a>，还有别的内容。</p>")
    old_site.page("bad", 栏目="meiyou")
    summary = old_site.bring(two_portals.qingshan.portal, skip_errors=True)
    assert len(summary.pages) == len(summary.faults) == 1
    html = raw_body(page_of(summary))[0]["value"]
    assert f'<a href="{OLD}/bad.html">坏的那一页</a>' in html


def test_second_import_changes_nothing_and_tells_what_changed_over_there(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.file("form.txt", "申请表".encode())
    old_site.page("a", f"{TEXT}<p><a href='form.txt'>表</a></p>")
    portal = two_portals.qingshan.portal
    old_site.bring(portal)
    rows = (Page, Revision, Redirect, OldAddress, PortalDocument, Change)
    before = [model._default_manager.count() for model in rows]
    old_site.rows[0]["旧网址"] = "https://old.example:443/a.html#top"  # the same page

    again = old_site.bring(portal)
    assert (again.pages, again.known, again.faults, again.notes) == ([], 1, [], [])

    old_site.file("a.html", (old_site.folder / "a.html").read_bytes() + b"<!-- -->")
    changed = old_site.bring(portal)
    assert [note.row for note in changed.notes] == [2]
    assert [model._default_manager.count() for model in rows] == before


def test_deleted_page_can_be_imported_again(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a")
    page_of(old_site.bring(two_portals.qingshan.portal)).delete()
    assert len(old_site.bring(two_portals.qingshan.portal).pages) == 1


def test_same_address_may_come_into_two_portals(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a")
    for portal in (two_portals.qingshan.portal, two_portals.baihe.portal):
        page = page_of(old_site.bring(portal))
        assert page.portal == portal
        assert Redirect.objects.get(redirect_page=page).site == portal.site


def test_column_of_a_neighbor_is_not_offered(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a", 栏目=two_portals.baihe.column.title)
    summary = old_site.bring(two_portals.qingshan.portal)
    assert tell(summary.faults) == [(2, "栏目")]
    assert "青山县动态" in summary.faults[0].reason


def test_trial_writes_nothing(two_portals: TwoPortals, old_site: OldSite) -> None:
    old_site.page("a")
    pages = Page.objects.count()
    summary = old_site.bring(two_portals.qingshan.portal, is_trial=True)
    assert (summary.planned, summary.pages) == (1, [])
    assert Page.objects.count() == pages


def test_failure_in_the_middle_leaves_no_row_and_no_file(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.file("a.png", picture("green"))
    old_site.page("a", f"{TEXT}<img src='a.png' alt='绿色的田'>", 人物肖像="无人")
    counted = (Page, Revision, Redirect, OldAddress, PortalImage, Change)
    before = [model._default_manager.count() for model in counted]
    files = stored_files()

    with (
        patch(
            "articles.page_import.writing.record_change",
            side_effect=[record_change, RuntimeError("power cut")][1:],
        ),
        pytest.raises(RuntimeError),
    ):
        old_site.bring(two_portals.qingshan.portal)

    assert [model._default_manager.count() for model in counted] == before
    assert stored_files() == files


def test_one_change_of_the_branch_is_recorded(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    for name in "abc":
        old_site.page(name)
    last = Change.objects.order_by("number").last()
    assert last is not None
    old_site.bring(two_portals.qingshan.portal)
    new = Change.objects.filter(number__gt=last.number)
    assert list(new.values_list("subject", "key", "portal_id")) == [
        (
            "branch",
            str(two_portals.qingshan.column.pk),
            two_portals.qingshan.portal.pk,
        )
    ]


def test_equal_titles_get_addresses_of_their_own(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a", 标题="通知")
    old_site.page("b", 标题="通知")
    old_site.page("c", 标题="搜索")
    summary = old_site.bring(two_portals.qingshan.portal)
    slugs = [page_of(summary, number).slug for number in range(3)]
    assert slugs == ["tong-zhi", "tong-zhi-2", "sou-suo"]
    assert not any(Page.find_problems())


def test_origin_survives_old_revisions_and_does_not_go_with_a_copy(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a")
    page = page_of(old_site.bring(two_portals.qingshan.portal))
    revision = page.get_latest_revision()
    revision.content["imported_at"], revision.content["imported_from"] = None, ""
    assert revision.as_object().imported_at == page.imported_at
    assert revision.as_object().imported_from == page.imported_from
    copied = page.copy(update_attrs={"slug": "copied"}, keep_live=False)
    assert (copied.imported_at, copied.imported_from) == (None, "")
