"""What each block of a body hands to its template, and what it refers to.

The templates are ``site/templates/components/blocks/<type>.html``; the stored value goes
through ``home.streams`` to them, on the server as in an export.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from home.presentation import Reader
from home.streams import References, refer_to_rich_text, register_block


def _text(value: str, reader: Reader, _anchor: str) -> dict[str, Any]:
    return {"html": reader.rich_text(value)}


def _heading(value: dict[str, Any], _reader: Reader, anchor: str) -> dict[str, Any]:
    return {
        "text": value["text"],
        "level": 3 if value.get("level") == "h3" else 2,
        "anchor": anchor,
    }


def _picture(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    picture = reader.picture(value["image"])
    if picture is None:
        return None
    return {"picture": picture, "caption": value.get("caption", "")}


def _attachment(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    attachment = reader.attachment(value["document"])
    if attachment is None:
        return None
    return {"attachment": attachment, "title": value.get("title") or attachment.title}


def _quote(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "text": reader.plain_text(value["text"] or ""),
        "source": value.get("source", ""),
    }


def _table(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "caption": value.get("table_caption") or "",
        "rows": [
            [reader.plain_text(cell or "") for cell in row] for row in value["data"]
        ],
        "has_header_row": bool(value.get("first_row_is_table_header")),
        "has_header_column": bool(value.get("first_col_is_header")),
    }


def _alert(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "kind": value.get("kind", "info"),
        "html": reader.rich_text(value["text"] or ""),
    }


def _notice(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    card = reader.card(value["page"]) if value.get("page") else None
    return {"text": value["text"], "path": card.path if card else ""}


def _task_target(item: dict[str, Any], reader: Reader) -> tuple[str, str]:
    """(logical path, tel: address) of a task; both empty when its target is gone."""
    if item.get("phone"):
        return "", f"tel:{item['phone']}"
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


def list_values(raw: list[Any]) -> list[Any]:
    """The values of a stored list block, in its present and its old form."""
    return [
        item["value"] if isinstance(item, dict) and "value" in item else item
        for item in raw
    ]


def _refer_to_picture(value: dict[str, Any], found: References) -> None:
    found.images.add(value["image"])


def _refer_to_attachment(value: dict[str, Any], found: References) -> None:
    found.documents.add(value["document"])


def _refer_to_alert(value: dict[str, Any], found: References) -> None:
    refer_to_rich_text(value["text"], found)


def _refer_to_quote(value: dict[str, Any], found: References) -> None:
    found.texts.append(value["text"])


def _refer_to_table(value: dict[str, Any], found: References) -> None:
    found.texts.extend(cell for row in value["data"] for cell in row if cell)


def _refer_to_notice(value: dict[str, Any], found: References) -> None:
    if value.get("page"):
        found.pages.add(value["page"])


def _refer_to_top_tasks(value: dict[str, Any], found: References) -> None:
    found.pages.update(item.get("page") for item in list_values(value["items"]))


def _refer_to_latest(value: dict[str, Any], found: References) -> None:
    found.pages.add(value["column"])


def _refer_to_links(value: dict[str, Any], found: References) -> None:
    found.urls.update(item["url"] for item in list_values(value["items"]))


def itself(value: str) -> tuple[str, ...]:
    """The words of a block that is one text."""
    return (value,)


def _words_of(*names: str) -> Callable[[dict[str, Any]], list[str]]:
    return lambda value: [value.get(name) or "" for name in names]


def _words_of_table(value: dict[str, Any]) -> list[str]:
    cells = [cell or "" for row in value["data"] for cell in row]
    return [value.get("table_caption") or "", *cells]


register_block("text", _text, refer_to_rich_text, itself)
register_block("heading", _heading, words=_words_of("text"))
register_block("picture", _picture, _refer_to_picture, _words_of("caption"))
register_block("attachment", _attachment, _refer_to_attachment, _words_of("title"))
register_block("quote", _quote, _refer_to_quote, _words_of("text", "source"))
register_block("table", _table, _refer_to_table, _words_of_table)
register_block("alert", _alert, _refer_to_alert, _words_of("text"))
register_block("notice", _notice, _refer_to_notice)
register_block("top_tasks", _top_tasks, _refer_to_top_tasks)
register_block("questions_by_topic", _questions_by_topic)
register_block("latest", _latest, _refer_to_latest)
register_block("counties", _counties)
register_block("links", _links, _refer_to_links)
