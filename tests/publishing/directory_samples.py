"""Full examples of directories, service points and entries of registers.

What every page shows (body, cards, topics …) comes from ``samples``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from articles.presentation import ArticleView
from home.directory.hours import hours_lines, hours_summary, parse_hours, week_data
from home.directory.presentation import (
    Contact,
    DirectoryView,
    OpeningHours,
    PersonLine,
    PlaceLine,
    PlaceView,
    PointLine,
    PointView,
    TownshipGroup,
)
from home.directory.schematic import dots, tiles
from home.phones import phone_numbers
from home.presentation import BlockData, Card
from media.presentation import Picture

DIRECTORY = "home/directory_page.html"
POINT = "home/service_point_page.html"
PLACE = "home/place_page.html"
WEEK = parse_hours("周一至周五 8:30-12:00 14:30-18:00\n周六 9:00-12:00")
HOURS = OpeningHours(
    lines=hours_lines(WEEK),
    note="逢集日中午不休息",
    week=week_data(WEEK),
    special_days="2026-10-01 2026-10-10",
)
PHONES = phone_numbers("0000-1234567、12348 转 2")
ASK = Contact("石桥镇公共法律服务工作站", "/fuwu/fuwudian/shiqiao/", PHONES)
BUREAU = Contact("青山县司法局", "", PHONES)
PEOPLE = (
    PersonLine(
        "adviser",
        "村（居）法律顾问",
        ("杏花村", "石磨村"),
        "王演示",
        "演示律师事务所",
        PHONES,
    ),
    PersonLine("mediator", "人民调解员", (), "李演示", ask=ASK),
    PersonLine("guide", "法律明白人", ("杏花村",), ask=BUREAU),
)


def point_line(card: Card, **changes: Any) -> PointLine:
    line = PointLine(
        card=card,
        level="公共法律服务工作站",
        address="石桥镇演示路1号，邮局对面",
        village="杏花村",
        hours=HOURS,
        hours_summary=hours_summary(WEEK),
        phones=PHONES,
        services=("值班律师", "人民调解"),
        has_accessible_entrance=True,
        distance="直线约 6 公里",
    )
    return replace(line, **changes)


def place_lines(cards: tuple[Card, ...]) -> tuple[PlaceLine, ...]:
    return tuple(
        PlaceLine(card, "省级", 2023, "杏花村", number)
        for number, card in enumerate(cards, start=1)
    )


def directory_views(
    article: ArticleView,
    cards: tuple[Card, ...],
    body: tuple[BlockData, ...],
    picture: Picture,
) -> Iterator[tuple[Any, ...]]:
    """(name, template, address, view)."""
    parts = {"article": article, "cards": cards, "body": body, "picture": picture}
    bare = {"hours": OpeningHours(), "hours_summary": "", "phones": (), "services": ()}
    lines = (point_line(cards[0]), point_line(cards[1], **bare))
    yield "points", DIRECTORY, "/fuwu/fuwudian/", _directory(parts, "points", lines)
    people = _directory(parts, "people", PEOPLE)
    yield "people", DIRECTORY, "/fuwu/renyuan/", people
    yield "nobody", DIRECTORY, "/fuwu/renyuan/", replace(people, groups=(), total=0)
    register = _directory(parts, "model_villages", place_lines(cards))
    drawn = replace(register, map=dots([(1, 25.0, 102.0), (2, 25.2, 102.3)]))
    yield "register", DIRECTORY, "/fuwu/shifancun/", drawn
    boxes = replace(register, map=tiles([("石桥镇", 2), ("云雾乡", 1)]))
    yield "register in boxes", DIRECTORY, "/fuwu/zhendi/", boxes
    point = _point(parts)
    yield "point", POINT, "/fuwu/fuwudian/shiqiao/", point
    stale = replace(point, confirmed_on=None, is_stale=True, accessible_entrance="no")
    yield "stale point", POINT, "/fuwu/fuwudian/shiqiao/", stale
    yield "place", PLACE, "/fuwu/shifancun/xinghua/", _place(parts)


def _directory(parts: dict[str, Any], shows: str, lines: Any) -> DirectoryView:
    field = {"points": "points", "people": "people"}.get(shows, "places")
    groups = (
        TownshipGroup("石桥镇", "x000002001", **{field: lines}),
        TownshipGroup("云雾乡", "x000002002", **{field: lines[:1]}),
    )
    article = parts["article"]
    return DirectoryView(
        heading="法律服务点",
        summary="按乡镇找最近的服务点。",
        shows=shows,
        groups=groups,
        total=3,
        map=None,
        published_at=article.published_at,
        source=article.source,
        topics=(),
        qr_svg=article.qr_svg,
    )


def _point(parts: dict[str, Any]) -> PointView:
    return PointView(
        heading="石桥镇公共法律服务工作站",
        summary="有律师坐班，不收费。",
        level="公共法律服务工作站",
        address="石桥镇演示路1号，邮局对面",
        township="石桥镇",
        village="杏花村",
        hours=HOURS,
        phones=PHONES,
        services=("值班律师", "人民调解"),
        accessible_entrance="yes",
        latitude=25.04,
        longitude=102.71,
        confirmed_on=date(2026, 2, 1),
        is_stale=False,
        blocks=parts["body"],
        people=PEOPLE[:2],
        nearby=(point_line(parts["cards"][0]),),
        directory=parts["cards"][1],
        **_common(parts),
    )


def _place(parts: dict[str, Any]) -> PlaceView:
    return PlaceView(
        heading="杏花村",
        summary="村务公开，账目人人看得见。",
        register="model_village",
        register_label="民主法治示范村",
        rank="national",
        rank_label="全国",
        named_year=2023,
        township="石桥镇",
        village="杏花村",
        cover=parts["picture"],
        blocks=parts["body"],
        nearby=place_lines(parts["cards"]),
        directory=parts["cards"][1],
        **_common(parts),
    )


def _common(parts: dict[str, Any]) -> dict[str, Any]:
    names = ("published_at", "source", "audiences", "topics", "qr_svg")
    return {name: getattr(parts["article"], name) for name in names}
