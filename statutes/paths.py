"""Logical paths of the law library, made and read.

``/laws/``, ``/laws/in/law/page/2/``, ``/laws/minfadian/``, ``/laws/minfadian/b5c2/``,
``/laws/minfadian/@2021-01-01/b5c2/``, ``/laws/minfadian/1046/``. Pure code: no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

ROOT = "/laws/"
_LIST = re.compile(r"in/(?P<category>[a-z]+)/(?:page/(?P<number>[1-9]\d{0,3})/)?")
_STATUTE = re.compile(
    r"(?P<slug>[a-z0-9-]+)/(?:@(?P<on>\d{4}-\d{2}-\d{2})/)?"
    r"(?:(?P<provision>[1-9]\d{0,3})(?:-(?P<suffix>[1-9]\d?))?/|(?P<part>[a-z][a-z0-9-]*)/)?"
)


def statute_path(slug: str, on: date | None = None, part: str = "") -> str:
    """The page of a statute, of its text at a date, or of a part of either."""
    dated = f"@{on.isoformat()}/" if on else ""
    return f"{ROOT}{slug}/{dated}{f'{part}/' if part else ''}"


def category_path(category: str, number: int = 1) -> str:
    page = f"page/{number}/" if number > 1 else ""
    return f"{ROOT}in/{category}/{page}"


@dataclass(frozen=True, slots=True)
class LawPath:
    """What a path below /laws/ asks for."""

    kind: Literal["list", "statute", "provision"]
    slug: str = ""
    on: date | None = None
    part: str = ""
    number: int = 0
    suffix: int = 0
    category: str = ""
    page: int = 1


def parse_law_path(rest: str) -> LawPath | None:
    """Read what follows ``/laws/``; None where no page can be.

    >>> parse_law_path("xingfa/133-1/").suffix
    1
    """
    if rest == "":
        return LawPath("list")
    match = _LIST.fullmatch(rest)
    if match is not None:
        page = int(match["number"] or 1)
        return LawPath("list", category=match["category"], page=page)
    match = _STATUTE.fullmatch(rest)
    if match is None:
        return None
    try:
        on = date.fromisoformat(match["on"]) if match["on"] else None
    except ValueError:
        return None
    return LawPath(
        kind="provision" if match["provision"] else "statute",
        slug=match["slug"],
        on=on,
        part=match["part"] or "",
        number=int(match["provision"] or 0),
        suffix=int(match["suffix"] or 0),
    )
