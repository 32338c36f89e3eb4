"""The demo tells of a certain autumn, whatever day the machine is at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from articles.demo.sources import Row


def last_day(rows: Iterable[Row]) -> datetime:
    """When the last page of the demo came out: all that it calls past is past then."""
    return max(
        datetime.fromisoformat(row["published"]) for row in rows if row.get("published")
    )


@contextmanager
def not_before(moment: datetime) -> Iterator[None]:
    """Let Django's clock run on from ``moment`` where the machine's is behind it.

    Pages refuse an event as held that has yet to begin, and a review of tomorrow. On a
    machine that is set to an earlier day the demo would break these rules; the rules
    are right, so it is the clock that is put forward, for the pages of the demo alone.
    """
    real = timezone.now
    ahead = moment - real()
    if ahead.total_seconds() <= 0:
        yield
        return
    timezone.now = lambda: real() + ahead
    try:
        yield
    finally:
        timezone.now = real
