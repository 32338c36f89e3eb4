"""What each block of a body hands to its template, and what it refers to.

The templates are ``site/templates/components/blocks/<type>.html``; the stored value goes
through ``home.streams`` to them, on the server as in an export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from home.phones import PhoneNumber, phone_numbers
from home.presentation import Reader
from home.streams import References, refer_to_rich_text, register_block
from media.video_checks import VIDEO_TYPES


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


def _gallery(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    shown = [
        found
        for item in list_values(value["pictures"])
        if (found := _picture(item, reader, "")) is not None
    ]
    if not shown:
        return None
    return {"heading": value.get("heading", ""), "pictures": shown}


def _attachment(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    attachment = reader.attachment(value["document"])
    if attachment is None:
        return None
    return {"attachment": attachment, "title": value.get("title") or attachment.title}


def _video(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    video = reader.attachment(value["video"])
    if video is None or video.extension.lower() not in VIDEO_TYPES:
        return None
    return {
        "title": value["title"],
        "video": video,
        "mime_type": VIDEO_TYPES[video.extension.lower()],
        "poster": reader.picture(value.get("poster")),
        "captions": reader.attachment(value.get("captions")),
        "transcript": reader.plain_text(value.get("transcript") or ""),
    }


def phone_links(numbers: Iterable[PhoneNumber]) -> list[dict[str, str]]:
    return [{"label": one.text, "path": "", "href": one.href} for one in numbers]


def _contact(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "name": value["name"],
        "phones": phone_links(phone_numbers(value.get("phone") or "")),
        "address": value.get("address") or "",
        "hours": value.get("hours") or "",
        "note": reader.plain_text(value.get("note") or ""),
    }


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


def list_values(raw: list[Any]) -> list[Any]:
    """The values of a stored list block, in its present and its old form."""
    return [
        item["value"] if isinstance(item, dict) and "value" in item else item
        for item in raw
    ]


def _refer_to_picture(value: dict[str, Any], found: References) -> None:
    found.images.add(value["image"])


def _refer_to_gallery(value: dict[str, Any], found: References) -> None:
    found.images.update(item["image"] for item in list_values(value["pictures"]))


def _refer_to_video(value: dict[str, Any], found: References) -> None:
    chosen = {value["video"], value.get("captions")}
    found.documents.update(chosen - {None})
    if value.get("poster"):
        found.images.add(value["poster"])
    found.texts.append(value.get("transcript") or "")


def _refer_to_contact(value: dict[str, Any], found: References) -> None:
    found.texts.append(value.get("note") or "")


def _refer_to_attachment(value: dict[str, Any], found: References) -> None:
    found.documents.add(value["document"])


def _refer_to_alert(value: dict[str, Any], found: References) -> None:
    refer_to_rich_text(value["text"], found)


def _refer_to_quote(value: dict[str, Any], found: References) -> None:
    found.texts.append(value["text"])


def _refer_to_table(value: dict[str, Any], found: References) -> None:
    found.texts.extend(cell for row in value["data"] for cell in row if cell)


def itself(value: str) -> tuple[str, ...]:
    """The words of a block that is one text."""
    return (value,)


def _words_of(*names: str) -> Callable[[dict[str, Any]], list[str]]:
    return lambda value: [value.get(name) or "" for name in names]


def _words_of_table(value: dict[str, Any]) -> list[str]:
    cells = [cell or "" for row in value["data"] for cell in row]
    return [value.get("table_caption") or "", *cells]


def _words_of_gallery(value: dict[str, Any]) -> list[str]:
    captions = (item.get("caption") for item in list_values(value["pictures"]))
    return [value.get("heading") or "", *(caption or "" for caption in captions)]


register_block("text", _text, refer_to_rich_text, itself)
register_block("heading", _heading, words=_words_of("text"))
register_block("picture", _picture, _refer_to_picture, _words_of("caption"))
register_block("attachment", _attachment, _refer_to_attachment, _words_of("title"))
register_block("gallery", _gallery, _refer_to_gallery, _words_of_gallery)
register_block("video", _video, _refer_to_video, _words_of("title", "transcript"))
register_block(
    "contact",
    _contact,
    _refer_to_contact,
    _words_of("name", "phone", "address", "hours", "note"),
)
register_block("quote", _quote, _refer_to_quote, _words_of("text", "source"))
register_block("table", _table, _refer_to_table, _words_of_table)
register_block("alert", _alert, _refer_to_alert, _words_of("text"))
