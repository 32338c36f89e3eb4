"""When facts about a place were last confirmed, and whether that is too long ago."""

from __future__ import annotations

from datetime import date

STALE_MONTHS = 12


def is_stale(confirmed_on: date | None, today: date) -> bool:
    """Whether nobody has confirmed it within the last year."""
    return confirmed_on is None or months_between(confirmed_on, today) >= STALE_MONTHS


def months_between(earlier: date, later: date) -> int:
    """Whole months: from 31 January to 28 February none has passed."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)
