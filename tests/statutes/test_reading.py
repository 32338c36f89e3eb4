"""The views of the law library: pages, parts, versions, lists, provisions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from home.models import Portal
from home.presentation import Card
from statutes.indexing import provision_entries, statute_entry
from statutes.listing import LIST_PAGE, LIST_START
from statutes.models import Statute, StatuteVersion
from statutes.paths import LawPath, parse_law_path, statute_path
from statutes.reading import (
    build_list,
    build_registered,
    build_statute,
    find_provision,
    list_paths,
    pages_of,
    provisions_for,
)
from tests.statutes.conftest import LONG_CHAPTERS, law_file, long_law, run_import

pytestmark = pytest.mark.django_db
DEMO = "yunlingshinongcunfazhixuanchuanjiaoyutiaoli"


def card(heading: str) -> Card:
    return Card(1, "question", "", "/q/", heading, "", None, None)


def test_short_statute_shows_everything_on_its_page(
    demo: Portal, django_assert_max_num_queries: Any
) -> None:
    cited = {(1, 0): [card("问")], (0, 0): [card("问"), card("文")]}
    with django_assert_max_num_queries(3):
        view = build_statute(DEMO, demo.pk, cited_by=cited)

    assert view is not None
    assert view.path == f"/laws/{DEMO}/"
    assert (view.category, view.status) == ("地方性法规", "in_force")
    assert view.issuer == "云岭市人民代表大会常务委员会"
    assert view.index == ()
    assert view.contents[0].provision_range == "第一条—第六条"
    provisions = {
        item.anchor: item for part in view.divisions for item in part.provisions
    }
    assert len(provisions) == 25
    assert "t17-1" in provisions
    assert provisions["t11"].paragraphs[1].table[0] == ("部门", "重点内容", "主要对象")
    assert provisions["t1"].cited_by[0].heading == "问"
    assert len(view.cited_by) == 2
    assert [part.heading for part in view.divisions][-2:] == [
        "附件一 村级法治宣传栏内容",
        "附件二 法律明白人培训课时",
    ]
    assert view.divisions[-1].paragraphs[0].table[0] == ("培训内容", "课时")
    assert view.note.startswith("演示文本")


def test_earlier_text_is_found_by_its_day(demo: Portal) -> None:
    view = build_statute(DEMO, demo.pk, on=date(2021, 1, 1))

    assert view is not None
    assert view.path == f"/laws/{DEMO}/@2021-01-01/"
    assert view.status == "amended"
    anchors = [item.anchor for part in view.divisions for item in part.provisions]
    assert "t17-1" not in anchors
    assert [(link.path, link.is_current) for link in view.versions] == [
        (f"/laws/{DEMO}/", False),
        (f"/laws/{DEMO}/@2020-01-01/", True),
    ]


def test_day_before_the_first_text_has_no_page(demo: Portal) -> None:
    assert build_statute(DEMO, demo.pk, on=date(2019, 12, 31)) is None


def test_regulation_is_seen_in_its_counties_and_nowhere_else(
    demo: Portal, county: Portal, stranger: Portal
) -> None:
    key = (DEMO, 1, 0)

    assert build_statute(DEMO, county.pk) is not None
    assert build_statute(DEMO, stranger.pk) is None
    assert build_statute(DEMO, None) is None
    assert key in provisions_for([key], county.pk)
    assert key not in provisions_for([key], stranger.pk)
    assert find_provision(DEMO, 1, portal_id=stranger.pk) is None
    assert list_paths(stranger.pk) == ["/laws/"]
    listed = build_list(stranger.pk)
    assert listed is not None and listed.groups == ()
    assert DEMO not in pages_of(stranger.pk)


def test_long_statute_shows_contents_and_an_index_that_leads_into_parts(
    django_assert_max_num_queries: Any,
) -> None:
    run_import([long_law()])
    with django_assert_max_num_queries(3):
        view = build_statute("titianfadian", None)

    assert view is not None
    assert view.divisions == ()
    assert view.index[0] == ("第一条", "t1", "/laws/titianfadian/b1c1/")
    assert view.index[-1] == ("第六十条", "t60", "/laws/titianfadian/b2c6/")
    assert [(part.level, part.anchor) for part in view.contents[:2]] == [
        (1, "b1"),
        (2, "b1c1"),
    ]


def test_part_page_holds_its_chapter_and_names_its_neighbors(
    django_assert_max_num_queries: Any,
) -> None:
    run_import([long_law()])
    with django_assert_max_num_queries(3):
        view = build_statute("titianfadian", None, part="b1c2")

    assert view is not None
    assert view.part_heading == "第一编　编名　第二章　章名"
    assert [item.anchor for part in view.divisions for item in part.provisions] == [
        "t6",
        "t7",
        "t8",
        "t9",
        "t10",
    ]
    assert view.previous_part == ("第一章　章名", "/laws/titianfadian/b1c1/")
    assert view.next_part == ("第三章　章名", "/laws/titianfadian/b1c3/")
    assert build_statute("titianfadian", None, part="b1") is None
    assert build_statute("titianfadian", None, part="c99") is None


def test_enumerated_pages_are_those_that_answer(demo: Portal) -> None:
    run_import([long_law()])
    paths = pages_of(demo.pk)

    assert len(paths["titianfadian"]) == 1 + LONG_CHAPTERS
    assert paths[DEMO] == [f"/laws/{DEMO}/", f"/laws/{DEMO}/@2020-01-01/"]
    for path in [path for group in paths.values() for path in group]:
        place = parse_law_path(path.removeprefix("/laws/"))
        assert place is not None
        view = build_statute(place.slug, demo.pk, on=place.on, part=place.part)
        assert view is not None, path


def test_provisions_of_a_batch_come_in_one_query(
    demo: Portal, django_assert_num_queries: Any
) -> None:
    run_import([long_law()])
    keys = [(DEMO, 17, 1), ("titianfadian", 6, 0), ("titianfadian", 99, 0)]
    with django_assert_num_queries(1):
        found = provisions_for(keys, demo.pk)

    assert set(found) == set(keys[:2])
    text = found[(DEMO, 17, 1)]
    assert text.cited().label == "《云岭市农村法治宣传教育条例》第十七条之一"
    assert text.paragraphs[1].startswith("（一）查询法律")
    assert (found[keys[1]].path, found[keys[1]].anchor) == (
        "/laws/titianfadian/b1c2/",
        "t6",
    )


def test_cited_provision_of_a_changed_law_carries_a_warning() -> None:
    head = "2005年8月28日 通过\n\n2012年10月26日 修正"
    run_import([law_file("中华人民共和国治安管理处罚法", "第一条 甲。", head)])
    key = ("zhianguanlichufafa", 1, 0)

    text = provisions_for([key])[key]

    assert text.status_label == "已被修改"
    assert "待核对" in text.note


def test_short_address_leads_to_page_and_anchor(demo: Portal) -> None:
    run_import([long_law()])

    assert find_provision("titianfadian", 6) == ("/laws/titianfadian/b1c2/", "t6")
    assert find_provision(DEMO, 17, 1, portal_id=demo.pk) == (
        f"/laws/{DEMO}/",
        "t17-1",
    )
    assert find_provision("titianfadian", 61) is None


def test_small_library_is_one_list_by_category(
    demo: Portal, django_assert_num_queries: Any
) -> None:
    run_import([law_file("中华人民共和国甲法", "第一条 甲。")])
    with django_assert_num_queries(1):
        view = build_list(demo.pk)

    assert view is not None
    assert [(label, len(cards)) for label, cards in view.groups] == [
        ("法律", 1),
        ("地方性法规", 1),
    ]
    assert view.filters == ()
    card_ = view.groups[0][1][0]
    assert (card_.short_name, card_.path, card_.provision_count) == (
        "甲法",
        "/laws/jiafa/",
        1,
    )
    only = build_list(demo.pk, slugs=[DEMO])
    assert only is not None and [label for label, _cards in only.groups] == [
        "地方性法规"
    ]


def test_large_library_is_paged_by_category(monkeypatch: pytest.MonkeyPatch) -> None:
    statutes = Statute.objects.bulk_create(
        Statute(title=f"第{n}法", slug=f"fa{n:04}", category="law")
        for n in range(LIST_PAGE + 1)
    )
    StatuteVersion.objects.bulk_create(
        StatuteVersion(
            statute=statute,
            version_on=date(2020, 1, 1),
            in_force_from=date(2020, 1, 1),
            is_current=True,
        )
        for statute in statutes
    )

    start = build_list(None)
    second = build_list(None, category="law", page=2)

    assert start is not None and second is not None
    assert len(start.groups[0][1]) == LIST_START
    assert (start.filters[0].path, start.filters[0].count) == ("/laws/in/law/", 201)
    assert [item.path for item in second.groups[0][1]] == ["/laws/fa0200/"]
    assert (second.previous_path, second.next_path) == ("/laws/in/law/", "")
    assert build_list(None, category="law", page=3) is None
    assert build_list(None, category="nothing") is None
    assert list_paths(None) == ["/laws/", "/laws/in/law/", "/laws/in/law/page/2/"]


def test_statute_without_text_shows_what_the_register_knows() -> None:
    view = build_registered("minfadian")

    assert view is not None
    assert view.title == "中华人民共和国民法典"
    assert view.text_is_present is False
    assert build_registered("mei-you") is None


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", LawPath("list")),
        ("in/law/", LawPath("list", category="law")),
        ("in/law/page/2/", LawPath("list", category="law", page=2)),
        ("minfadian/", LawPath("statute", "minfadian")),
        ("minfadian/b5c2/", LawPath("statute", "minfadian", part="b5c2")),
        (
            "minfadian/@2021-01-01/b5c2/",
            LawPath("statute", "minfadian", date(2021, 1, 1), "b5c2"),
        ),
        ("minfadian/1046/", LawPath("provision", "minfadian", number=1046)),
        ("xingfa/133-1/", LawPath("provision", "xingfa", number=133, suffix=1)),
        ("minfadian", None),
        ("minfadian/@2021-13-01/", None),
        ("minfadian/B5/", None),
        ("../etc/", None),
    ],
)
def test_path_below_laws_is_read(rest: str, expected: LawPath | None) -> None:
    assert parse_law_path(rest) == expected


def test_path_of_a_statute_is_written_and_read_alike() -> None:
    path = statute_path("minfadian", date(2021, 1, 1), "b5c2")

    assert path == "/laws/minfadian/@2021-01-01/b5c2/"


def test_search_gets_one_entry_per_provision_with_its_chapter(
    demo: Portal, django_assert_num_queries: Any
) -> None:
    version = StatuteVersion.objects.select_related("statute").get(
        is_current=True, statute__slug=DEMO
    )
    with django_assert_num_queries(2):
        entries = list(provision_entries(version))

    assert len(entries) == 25
    inserted = next(entry for entry in entries if entry.suffix)
    assert inserted.title == "云岭市农村法治宣传教育条例第十七条之一"
    assert inserted.context == "云岭市农村法治宣传教育条例 第四章 队伍和保障"
    assert inserted.path == f"/laws/{DEMO}/#t17-1"
    assert inserted.portal_id == demo.pk
    assert "预约法律援助" in inserted.body
    whole = statute_entry(version)
    assert whole.key == f"statute:{version.statute_id}:zh-hans"
    assert "法律援助热线12348" in whole.body
