"""What a builder hands to the renderer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from publishing.frame import Place

Found = TypeVar("Found")


class NothingThere(Exception):
    """The address has the form of an address of ours, but nothing is there."""


@dataclass(slots=True)
class Built:
    """A template and its data; ``context`` holds what only one template needs."""

    template: str
    view: Any
    place: Place
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    context: dict[str, Any] = field(default_factory=dict)
    # A file that no template makes; the template is then not asked for.
    body: bytes | None = None


def existing(found: Found | None) -> Found:
    """``found``; raises ``NothingThere`` for None: the page was taken back meanwhile."""
    if found is None:
        raise NothingThere
    return found
