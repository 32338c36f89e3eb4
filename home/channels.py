"""Through what a page reaches people: what stands around it, and what it carries along.

A page is rendered in one way; the channel only says what is left out of it and what is
added. Pure code: no model.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Carried = Literal["text", "pictures", "audio"]

# In a pack of texts, an application form still comes along; a scanned book does not.
LARGEST_BESIDE_TEXT = 200 * 1024  # bytes
PLAYED = frozenset({"aac", "m4a", "mp3", "mp4", "oga", "ogg", "vtt", "wav", "webm"})


@dataclass(frozen=True, slots=True)
class Channel:
    """How the pages are carried.

    - ``site``: a site with a header and a footer of its own.
    - ``column``: the host's site puts its own around them, read by its web server from
      the files in ``host_parts`` (a path that ends in a slash; empty: only marked).
    - ``pack``: files on a stick or a kiosk, made on ``made_on``, with as much of the
      pictures and files as ``carries`` says; no server answers anything.
    """

    kind: Literal["site", "column", "pack"] = "site"
    host_parts: str = ""
    carries: Carried = "audio"
    made_on: date | None = None

    @property
    def is_online(self) -> bool:
        """Whether a server may be asked: for answers to a search, for feeds."""
        return self.kind != "pack"

    @property
    def holds_pictures(self) -> bool:
        return self.carries != "text"

    def holds_file(self, extension: str, size: int) -> bool:
        """Whether an attachment comes along, by its type and its bytes.

        >>> Channel(carries="pictures").holds_file("MP4", 9_000_000)
        False
        """
        if self.carries == "audio":
            return True
        if extension.lower() in PLAYED:
            return False
        return self.carries == "pictures" or size <= LARGEST_BESIDE_TEXT


SITE = Channel()
