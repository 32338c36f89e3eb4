"""From the plain data that templates receive to JSON.

One rule for links everywhere: ``path`` is the logical path inside the portal, ``url``
the absolute address; a link that leads nowhere has null in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from home.presentation import (
    BlockData,
    Card,
    CitedProvision,
    PortalLink,
    TopicData,
)
from media.presentation import Attachment, Picture
from publishing.api.context import ApiContext

Json = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    """Local time with its offset, as the pages show it."""
    if value is None:
        return None
    return timezone.localtime(value).isoformat(timespec="seconds")


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def provision_key(number: int, suffix: int) -> str:
    """How the API calls a provision: 1046, 之一: 17-1."""
    return f"{number}-{suffix}" if suffix else str(number)


@dataclass(frozen=True, slots=True)
class Serializer:
    context: ApiContext

    def link(self, path: str, *, fragment: str = "", href: str = "") -> Json:
        if not path:
            return {"path": None, "url": href or None}
        url = self.context.absolute(path, fragment)
        return {"path": f"{path}#{fragment}" if fragment else path, "url": url}

    # --- data of the apps ------------------------------------------------------------

    def picture(self, picture: Picture | None) -> Json | None:
        if picture is None:
            return None
        return {
            **self.link(picture.path),
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "credit": picture.credit,
            "sources": [
                {
                    "mime_type": source.mime_type,
                    "candidates": [
                        {**self.link(path), "width": width}
                        for path, width in source.candidates
                    ],
                }
                for source in picture.sources
            ],
        }

    def attachment(self, attachment: Attachment) -> Json:
        return {
            **self.link(attachment.path),
            "title": attachment.title,
            "extension": attachment.extension,
            "size": attachment.size,
        }

    def topic(self, topic: TopicData) -> Json:
        return {**self.link(topic.path), "slug": topic.slug, "name": topic.name}

    def reference(self, card: Card) -> Json:
        """A page as another thing mentions it."""
        return {
            "id": card.id,
            "meta": self.page_meta(card),
            "heading": card.heading,
            "summary": card.summary,
        }

    def references(self, cards: Iterable[Card]) -> list[Json]:
        return [self.reference(card) for card in cards]

    def page_meta(self, card: Card) -> Json:
        context = self.context
        return {
            "type": card.kind,
            "detail_url": context.endpoint(
                "pages:detail", card.id, language=card.language
            ),
            "html_url": context.absolute(card.path),
            "path": card.path,
            "language": card.language,
            "first_published_at": moment(card.published_at),
        }

    def citation(self, cited: CitedProvision) -> Json:
        """A cited provision; without paragraphs the library lacks the text."""
        key = provision_key(cited.number, cited.suffix)
        detail_url = None
        if cited.paragraphs:
            detail_url = self.context.endpoint(
                "statutes:provision", cited.statute_slug, key
            )
        return {
            "label": cited.label,
            "statute": cited.statute_slug,
            "number": cited.number,
            "suffix": cited.suffix,
            "anchor": cited.anchor or None,
            **self.link(cited.path, fragment=cited.anchor),
            "detail_url": detail_url,
            "paragraphs": list(cited.paragraphs),
            "status_label": cited.status_label,
            "note": cited.note,
        }

    def portal(self, portal: PortalLink) -> Json:
        return {
            "name": portal.name,
            "region_name": portal.region_name,
            "level": portal.level,
            "html_url": portal.href,
        }

    # --- bodies ------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[BlockData]) -> list[Json]:
        return [self.block(block) for block in blocks]

    def block(self, block: BlockData) -> Json:
        if block.type == "questions_by_topic":
            value = self._questions_by_topic(block.data)
        else:
            value = self.value(block.data)
        return {"type": block.type, "id": block.id, "value": value}

    def _questions_by_topic(self, data: Json) -> Json:
        return {
            "heading": data["heading"],
            "topics": [
                {"topic": self.topic(topic), "pages": self.references(cards)}
                for topic, cards in data["topics"]
            ],
        }

    def value(self, value: Any) -> Any:
        """Any data of a block; a ``path`` in it gets its ``url``."""
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return str(value)  # Markup is HTML made by our own code
            case datetime():
                return moment(value)
            case date():
                return day(value)
            case dict():
                return self._mapping(value)
            case Picture():
                return self.picture(value)
            case Attachment():
                return self.attachment(value)
            case Card():
                return self.reference(value)
            case CitedProvision():
                return self.citation(value)
            case TopicData():
                return self.topic(value)
            case PortalLink():
                return self.portal(value)
            case list() | tuple():
                return [self.value(part) for part in value]
        raise TypeError(f"the API has no form for {type(value).__name__}")

    def _mapping(self, value: Json) -> Json:
        found = {
            name: self.value(part)
            for name, part in value.items()
            if name not in ("path", "href")
        }
        if "path" in value:
            found |= self.link(value["path"], href=value.get("href", ""))
        return found
