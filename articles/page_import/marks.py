"""Places in a body that are filled in once rows have numbers. Pure code.

A body is read and checked before anything is written, so a link to another imported
page, a picture or a file has no number yet: a mark stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

Kind = Literal["page", "image", "document"]
RawBlock = dict[str, Any]

# Characters of nobody (private use); they are taken out of what is read.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(page|image|document):([^{_CLOSE}]*){_CLOSE}")


def mark(kind: Kind, key: str) -> str:
    return f"{_OPEN}{kind}:{key}{_CLOSE}"


def filled(value: Any, numbers: Mapping[tuple[str, str], int]) -> Any:
    """``value`` with a number for every mark; a value that is a mark becomes one."""
    if isinstance(value, str):
        if _OPEN not in value:
            return value
        if whole := _MARK.fullmatch(value):
            return numbers[whole[1], whole[2]]
        return _MARK.sub(lambda found: str(numbers[found[1], found[2]]), value)
    if isinstance(value, dict):
        return {name: filled(part, numbers) for name, part in value.items()}
    if isinstance(value, list):
        return [filled(part, numbers) for part in value]
    return value


def marks_in(value: Any) -> Iterator[tuple[str, str]]:
    """(kind, key) of every mark."""
    if isinstance(value, str):
        for found in _MARK.finditer(value):
            yield found[1], found[2]
    elif isinstance(value, dict):
        for part in value.values():
            yield from marks_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from marks_in(part)
