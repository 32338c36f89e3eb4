"""Numbers of rows inside texts and contents, written anew where the rows have others."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import ForeignKey, ManyToManyField, Model
from modelcluster.models import get_all_child_relations
from wagtail.blocks import (
    Block,
    ChooserBlock,
    ListBlock,
    RawHTMLBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from media.models import PortalDocument, PortalImage

MODEL = type[Model]
TAG = re.compile(r"<(?:a|embed)\b[^>]*>")
KIND = re.compile(r'\b(?:linktype|embedtype)="(\w+)"')
NUMBER = re.compile(r'\bid="(\d+)"')
KINDS: dict[str, MODEL] = {
    "page": Page,
    "document": PortalDocument,
    "image": PortalImage,
}


class Numbers:
    """Old numbers to new ones, model by model. ``shared``: terms, people, content types.

    What is asked for and not known (a page of another portal) is None.
    """

    def __init__(self, maps: Mapping[MODEL, Mapping[int, int]]) -> None:
        self.maps = maps
        self.is_same = all(
            old == new for one in maps.values() for old, new in one.items()
        )

    def of(self, model: MODEL, old: Any) -> int | None:
        """A page type's number is that of its page."""
        if old is None:
            return None
        concrete = model._meta.concrete_model or model
        for one in (concrete, *concrete._meta.get_parent_list()):
            if one in self.maps:
                return self.maps[one].get(int(old))
        return None

    # --- texts ---------------------------------------------------------------------

    def html(self, text: str) -> str:
        return TAG.sub(lambda found: self._tag(found[0]), text)

    def _tag(self, tag: str) -> str:
        kind, number = KIND.search(tag), NUMBER.search(tag)
        if kind is None or number is None or kind[1] not in KINDS:
            return tag
        new = self.of(KINDS[kind[1]], number[1])
        # A target outside the portal: the link leads nowhere and not to a stranger.
        return NUMBER.sub(f'id="{new or 0}"', tag, count=1)

    # --- streams --------------------------------------------------------------------

    def stream(self, field: StreamField, stored: str | list[Any]) -> Any:
        """Blocks as a row holds them, or as the text of a revision."""
        is_text = isinstance(stored, str)
        blocks = json.loads(stored or "[]") if isinstance(stored, str) else stored
        changed = self._block(field.stream_block, blocks)
        return json.dumps(changed, ensure_ascii=False) if is_text else changed

    def _block(self, block: Block, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(block, StreamBlock):
            return [self._child(block, item) for item in value]
        if isinstance(block, ListBlock):
            return [self._item(block, item) for item in value]
        if isinstance(block, StructBlock) and isinstance(value, dict):
            return {
                name: self._block(block.child_blocks[name], part)
                if name in block.child_blocks
                else part
                for name, part in value.items()
            }
        if isinstance(block, RichTextBlock | RawHTMLBlock):
            return self.html(value)
        if isinstance(block, ChooserBlock):
            return self.of(block.target_model, value)
        return value

    def _child(self, block: StreamBlock, item: dict[str, Any]) -> dict[str, Any]:
        child = block.child_blocks.get(item["type"])
        if child is None:  # of an older version: kept as it is
            return item
        return item | {"value": self._block(child, item["value"])}

    def _item(self, block: ListBlock, item: Any) -> Any:
        if isinstance(item, dict) and item.get("type") == "item":
            return item | {"value": self._block(block.child_block, item["value"])}
        return self._block(block.child_block, item)

    # --- columns and revisions --------------------------------------------------------

    def column(self, field: Any, value: Any) -> Any:
        """A stored value that is no relation."""
        if value is None or self.is_same:
            return value
        if isinstance(field, StreamField):
            return self.stream(field, value)
        if isinstance(field, RichTextField):
            return self.html(value)
        return value

    def content(self, model: MODEL, content: dict[str, Any]) -> dict[str, Any]:
        """Of a revision: the fields of its page by name."""
        changed = dict(content)
        changed["pk"] = self.of(model, content["pk"]) if content.get("pk") else None
        for field in model._meta.get_fields():
            if field.name not in content:
                continue
            value = content[field.name]
            if isinstance(field, ForeignKey):
                changed[field.name] = self.of(field.related_model, value)
            elif isinstance(field, ManyToManyField):
                numbers = [self.of(field.related_model, one) for one in value]
                changed[field.name] = [one for one in numbers if one is not None]
            else:
                changed[field.name] = self.column(field, value)
        for relation in get_all_child_relations(model):
            name = relation.get_accessor_name()
            if name in content:
                changed[name] = self._children(relation.related_model, content[name])
        return changed

    def _children(self, model: MODEL, rows: list[dict[str, Any]]) -> list[Any]:
        changed = [self.content(model, row) for row in rows]
        # One whose row was not carried (a comment by a stranger) is not drafted either.
        return [
            new
            for old, new in zip(rows, changed, strict=True)
            if new["pk"] is not None or not old.get("pk")
        ]
