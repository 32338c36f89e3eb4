"""The blocks of a home page with all that they can show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from home.presentation import Card

PHONES = [{"label": "0000-1234801", "path": "", "href": "tel:00001234801"}]
TASKS = [
    {"label": "讨工钱", "hint": "欠薪", "icon": "wage", "path": "/wenda/", "href": ""},
    {"label": "打电话", "hint": "", "icon": "phone", "path": "", "href": "tel:12348"},
]


def blocks_of_content(cards: Sequence[Card]) -> tuple[tuple[str, dict[str, Any]], ...]:
    point = {
        "card": cards[0],
        "level": "公共法律服务中心",
        "phones": PHONES,
        "address": "演示路1号",
        "hours": "周一至周五 8:30–12:00",
    }
    return (
        ("campaign", _campaign(cards[0])),
        ("guides", {**headed("办事指南"), "guides": cards}),
        (
            "cases",
            {**headed("身边的案例"), "cases": [_case(cards[0]), _case(cards[1])]},
        ),
        (
            "documents",
            {**headed("最新公文"), "documents": [_document(cards[0]), _over(cards[1])]},
        ),
        (
            "service_points",
            {
                **headed("找身边的法律服务"),
                "count": 3,
                "centre": point,
                "townships": [
                    {"name": "石桥镇", "anchor": "x1", "point": point, "others": 2},
                    {
                        "name": "云雾乡",
                        "anchor": "x2",
                        "point": {**point, "phones": []},
                        "others": 0,
                    },
                ],
            },
        ),
    )


def headed(heading: str) -> dict[str, Any]:
    return {"heading": heading, "path": "/wenda/"}


def _campaign(card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "slogan": "美好生活",
        "state": "current",
        "phase": "整体推进",
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 5, 31),
        "days": 19,
        "event": {
            "card": card,
            "starts_at": datetime(2026, 5, 16, 1, tzinfo=UTC),
            "place": "石桥镇集市口",
            "township": "石桥镇",
        },
    }


def _case(card: Card) -> dict[str, Any]:
    return {"card": card, "type_label": "人民调解", "year": 2025, "place": "石桥镇"}


def _document(card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "document_number": "青司发〔2026〕3号",
        "validity": "valid",
        "validity_label": "有效",
        "is_over": False,
    }


def _over(card: Card) -> dict[str, Any]:
    return {
        **_document(card),
        "validity": "repealed",
        "validity_label": "废止",
        "is_over": True,
    }
