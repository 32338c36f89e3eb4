"""What each block of a home page hands to its template, and what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from home.block_views import list_values
from home.phones import phone_links
from home.presentation import Card, Reader
from home.streams import References, register_block


def _notice(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    card = reader.card(value["page"]) if value.get("page") else None
    return {"text": value["text"], "path": card.path if card else ""}


def _task_target(item: dict[str, Any], reader: Reader) -> tuple[str, str]:
    """(logical path, tel: address) of a task; both empty when its target is gone."""
    if item.get("phone"):
        numbers = phone_links(item["phone"])
        return "", numbers[0]["href"] if numbers else ""
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


def _column_of(cards: Sequence[Card], reader: Reader) -> str:
    """Where "more" leads: the place of the newest one."""
    above = reader.card(cards[0].parent_id) if cards[0].parent_id else None
    return above.path if above and above.kind != "home" else ""


def _guides(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    chosen = (reader.card(page) for page in list_values(value["guides"]) if page)
    cards = [card for card in chosen if card is not None] or reader.cards(
        kind="guide", limit=value.get("count", 6)
    )
    if not cards:
        return None
    return {
        "heading": value["heading"],
        "guides": [{"card": card, **_guide_facts(card, reader)} for card in cards],
        "path": _column_of(cards, reader),
    }


def _guide_facts(card: Card, reader: Reader) -> dict[str, str]:
    facts = reader.facts(card.id)
    return {name: facts.get(name) or "" for name in ("time_limit", "fee")}


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


def _refer_to_guides(value: dict[str, Any], found: References) -> None:
    found.pages.update(list_values(value["guides"]))


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
