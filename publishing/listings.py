"""Lists cut into pages that are numbered from the oldest. Pure code.

The list's own address shows the newest items: what is left over at the end plus the
last full page. Page 1 holds the oldest items and never changes, so a new item touches
the list's own page, and every ``PAGE_SIZE`` items one more page appears.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

PAGE_SIZE = 20

Item = TypeVar("Item")


def archive_count(total: int, size: int = PAGE_SIZE) -> int:
    """How many numbered pages a list of ``total`` items has.

    >>> [archive_count(n) for n in (0, 20, 39, 40, 60)]
    [0, 0, 0, 1, 2]
    """
    return max(total // size - 1, 0)


def newest(items: Sequence[Item], size: int = PAGE_SIZE) -> Sequence[Item]:
    """What the list's own page shows; ``items`` come newest first."""
    return items[: len(items) - archive_count(len(items), size) * size]


def archive(
    items: Sequence[Item], number: int, size: int = PAGE_SIZE
) -> Sequence[Item]:
    """What page ``number`` (1 = oldest) shows, newest first.

    Raises ``IndexError`` for a number that the list does not have.
    """
    if not 1 <= number <= archive_count(len(items), size):
        raise IndexError(number)
    end = len(items) - (number - 1) * size
    return items[end - size : end]
