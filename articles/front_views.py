"""What the home page blocks about pages of this app hand to their templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from articles.campaigns.plan import period_state, phases_of
from articles.campaigns.presentation import EventItem, event_items, next_events
from articles.models import TypicalCasePage
from articles.policy.standing import OVER, Validity, standing_of
from home.block_views import list_values
from home.presentation import Card, Reader
from home.streams import References, register_block

# A campaign that begins later than this is no news yet.
SOON = timedelta(days=30)


def _column_of(cards: Sequence[Card], reader: Reader) -> str:
    """Where "more" leads: the column of the first one."""
    parent = cards[0].parent_id
    above = reader.card(parent) if parent else None
    return above.path if above and above.kind == "column" else ""


# --- campaigns ---------------------------------------------------------------------------


def _campaign(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    chosen = value.get("page")
    card = reader.card(chosen) if chosen else _campaign_of_today(reader)
    if card is None or card.kind != "campaign":
        return None
    facts, today = reader.facts(card.id), reader.today
    state = period_state(facts["starts_on"], facts["ends_on"], today)
    target = facts["starts_on"] if state == "upcoming" else facts["ends_on"]
    phases = phases_of(_stored(facts["phases"]), reader.language)
    current = [phase.name for phase in phases if phase.state(today) == "current"]
    return {
        "card": card,
        "slogan": facts["slogan"],
        "state": state,
        "phase": current[0] if current else "",
        "starts_on": facts["starts_on"],
        "ends_on": facts["ends_on"],
        "days": max(0, (target - today).days),
        "event": _next_event(card, reader),
    }


def _campaign_of_today(reader: Reader) -> Card | None:
    """The one that is on; else the next to begin within a month."""
    today = reader.today
    open_ones = []
    for card in reader.every("campaign"):
        facts = reader.facts(card.id)
        if facts["ends_on"] >= today and facts["starts_on"] <= today + SOON:
            open_ones.append((facts["starts_on"] > today, facts["starts_on"], card))
    if not open_ones:
        return None
    return min(open_ones, key=lambda one: (one[0], one[1], one[2].id))[2]


def _stored(value: Any) -> list[dict[str, Any]]:
    """A stream of a row of values, as it is stored."""
    return list(getattr(value, "raw_data", value) or [])


def _next_event(card: Card, reader: Reader) -> dict[str, Any] | None:
    coming = next_events(event_items(reader.children(card.id), reader), reader.today)
    return next((_event(item) for item in coming if item.state == "planned"), None)


def _event(item: EventItem) -> dict[str, Any]:
    return {
        "card": item.card,
        "starts_at": item.starts_at,
        "place": item.place,
        "township": item.township,
    }


def _refer_to_campaign(value: dict[str, Any], found: References) -> None:
    if value.get("page"):
        found.pages.add(value["page"])


# --- guides, cases, documents --------------------------------------------------------------


def _guides(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    chosen = (reader.card(page) for page in list_values(value["guides"]) if page)
    cards: Sequence[Card] = [card for card in chosen if card is not None]
    cards = cards or reader.cards(kind="guide", limit=value.get("count", 6))
    if not cards:
        return None
    return {
        "heading": value["heading"],
        "guides": list(cards),
        "path": _column_of(cards, reader),
    }


def _refer_to_guides(value: dict[str, Any], found: References) -> None:
    found.pages.update(page for page in list_values(value["guides"]) if page)


def _cases(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    topic = next(
        (topic for topic in reader.topics() if topic.slug == value.get("topic")), None
    )
    if value.get("topic") and topic is None:
        return None
    cards = reader.cards(
        kind="case", topic=topic.id if topic else None, limit=value.get("count", 4)
    )
    if not cards:
        return None
    return {
        "heading": value["heading"],
        "cases": [_case(card, reader) for card in cards],
        "path": _column_of(cards, reader),
    }


def _case(card: Card, reader: Reader) -> dict[str, Any]:
    facts = reader.facts(card.id)
    return {
        "card": card,
        "type_label": str(TypicalCasePage.Type(facts["case_type"]).label),
        "year": facts["year"],
        "place": facts["place"],
    }


def _documents(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    cards = reader.cards(kind="document", limit=value.get("count", 5))
    if not cards:
        return None
    return {
        "heading": value["heading"],
        "documents": [_document(card, reader) for card in cards],
        "path": _column_of(cards, reader),
    }


def _document(card: Card, reader: Reader) -> dict[str, Any]:
    facts = reader.facts(card.id)
    standing = standing_of(facts["validity"], facts["valid_until"], reader.today)
    return {
        "card": card,
        "document_number": facts["document_number"],
        "validity": str(standing),
        "validity_label": str(Validity(standing).label),
        "is_over": standing in OVER,
    }


register_block("campaign", _campaign, _refer_to_campaign)
register_block("guides", _guides, _refer_to_guides)
register_block("cases", _cases)
register_block("documents", _documents)
