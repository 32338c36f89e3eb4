"""What each block of a home page hands to its template, and what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from home.block_views import list_values, phone_links
from home.directory.lines import point_line
from home.directory.listing import by_township
from home.phones import phone_numbers
from home.presentation import Card, Reader
from home.streams import References, register_block


def _notice(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    card = reader.card(value["page"]) if value.get("page") else None
    return {"text": value["text"], "path": card.path if card else ""}


def _task_target(item: dict[str, Any], reader: Reader) -> tuple[str, str]:
    """(logical path, tel: address) of a task; both empty when its target is gone."""
    if item.get("phone"):
        numbers = phone_numbers(item["phone"])
        return "", numbers[0].href if numbers else ""
    if item.get("place"):
        return item["place"], ""
    if item.get("topic"):
        return next(
            (
                (topic.path, "")
                for topic in reader.topics()
                if topic.slug == item["topic"]
            ),
            ("", ""),
        )
    card = reader.card(item["page"]) if item.get("page") else None
    return (card.path if card else ""), ""


def _top_tasks(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    items = []
    for item in list_values(value["items"]):
        path, href = _task_target(item, reader)
        if path or href:
            items.append(
                {
                    "label": item["label"],
                    "hint": item.get("hint", ""),
                    "icon": item.get("icon", "question"),
                    "path": path,
                    "href": href,
                }
            )
    return {"items": items} if items else None


def _latest(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    column = reader.card(value["column"])
    if column is None:
        return None
    cards = reader.cards(under=column.id, limit=value.get("count", 5))
    if not cards:
        return None
    return {"heading": value["heading"], "cards": cards, "path": column.path}


# Levels that stand for their county and their township (home/directory/words.yaml).
COUNTY_LEVEL, TOWNSHIP_LEVELS = "centre", ("station", "office")


def _service_points(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    directory = reader.card(value["directory"]) if value.get("directory") else None
    if directory is None:
        return None
    points = [card for card in reader.children(directory.id) if card.kind == "point"]
    if not points:
        return None
    centre = next((card for card in points if _is_centre(card, reader)), None)
    others = [
        (reader.facts(card.id)["township_id"], card)
        for card in points
        if card != centre
    ]
    return {
        "heading": value["heading"],
        "path": directory.path,
        "count": len(points),
        "centre": _point(centre, reader) if centre else None,
        "townships": [
            {"name": name, "anchor": anchor, **_township(cards, reader)}
            for name, anchor, cards in by_township(others, reader)
        ],
    }


def _is_centre(card: Card, reader: Reader) -> bool:
    return bool(reader.facts(card.id)["level"] == COUNTY_LEVEL)


def _township(cards: Sequence[Card], reader: Reader) -> dict[str, Any]:
    """The point that stands for the township, and how many others it has."""
    first = min(
        cards, key=lambda card: reader.facts(card.id)["level"] not in TOWNSHIP_LEVELS
    )
    return {"point": _point(first, reader), "others": len(cards) - 1}


def _point(card: Card, reader: Reader) -> dict[str, Any]:
    line = point_line(card, reader)
    return {
        "card": card,
        "level": line.level,
        "phones": phone_links(line.phones),
        "address": line.address,
        "hours": line.hours_summary,
    }


def _questions_by_topic(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    by_slug = {topic.slug: topic for topic in reader.topics()}
    groups = []
    for slug in list_values(value["topics"]):
        topic = by_slug.get(slug)
        if topic is None:
            continue
        cards = reader.cards(
            kind="question", topic=topic.id, limit=value.get("count", 3)
        )
        if cards:
            groups.append((topic, cards))
    return {"heading": value["heading"], "topics": groups} if groups else None


def _counties(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    portals = tuple(reader.portals())
    return {"heading": value["heading"], "portals": portals} if portals else None


def _links(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "heading": value["heading"],
        "items": [
            {"label": item["label"], **reader.outward(item["url"])}
            for item in list_values(value["items"])
        ],
    }


def _refer_to_service_points(value: dict[str, Any], found: References) -> None:
    if value.get("directory"):
        found.pages.add(value["directory"])


def _refer_to_notice(value: dict[str, Any], found: References) -> None:
    if value.get("page"):
        found.pages.add(value["page"])


def _refer_to_top_tasks(value: dict[str, Any], found: References) -> None:
    found.pages.update(item.get("page") for item in list_values(value["items"]))


def _refer_to_latest(value: dict[str, Any], found: References) -> None:
    found.pages.add(value["column"])


def _refer_to_links(value: dict[str, Any], found: References) -> None:
    found.urls.update(item["url"] for item in list_values(value["items"]))


register_block("notice", _notice, _refer_to_notice)
register_block("top_tasks", _top_tasks, _refer_to_top_tasks)
register_block("questions_by_topic", _questions_by_topic)
register_block("latest", _latest, _refer_to_latest)
register_block("counties", _counties)
register_block("links", _links, _refer_to_links)
register_block("service_points", _service_points, _refer_to_service_points)
