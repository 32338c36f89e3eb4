"""How often readers search for what: counted without telling who they are.

No address, no cookie, no time of day: a masked text (``search.masking``), the portal,
the language, the day, and whether something was found. What came from few readers is
shown to nobody (``shown_queries``), and everything is removed after a set time.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from home.models import Portal
from search.engines import get_engine
from search.masking import has_label, masked_query
from search.models import HandledQuery, QueryCount
from search.query_spool import add_line, taken_lines
from search.service import SearchRequest, SearchResult

logger = logging.getLogger(__name__)

# So many different texts of a portal are counted on a day; nobody reads a longer list.
MOST_TEXTS_A_DAY = 3000
CHUNK = 200

Outcome = Literal["found", "partial", "nothing"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One search, as it is kept until it is counted."""

    portal: int
    language: str
    text: str
    day: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ShownQuery:
    """A line of the report."""

    text: str
    language: str
    times: int
    nothing: int  # of these without any result
    partial: int  # and with results that hold only some of the words
    last_day: date

    @property
    def is_unanswered(self) -> bool:
        """More often than not nothing fit."""
        return 2 * (self.nothing + self.partial) > self.times


def note_query(request: SearchRequest, result: SearchResult) -> None:
    """Count a search, later; nothing that goes wrong here reaches the reader.

    A reader who turns the page, filters, or wants the words as they were typed still
    asks the same.
    """
    is_first = request.page <= 1 and request.scope == "portal"
    if not is_first or request.is_filtered or request.is_exact:
        return
    try:
        _note(request, result)
    except Exception:
        # Without the text: a log is kept elsewhere and longer.
        logger.exception("a search could not be counted")


def _note(request: SearchRequest, result: SearchResult) -> None:
    text = masked_query(request.words)
    if text is None or (not result.total and not get_engine().status().is_ready):
        return
    outcome: Outcome = "nothing"
    if result.total:
        outcome = "partial" if result.is_relaxed else "found"
    day = timezone.localdate().isoformat()
    asked = [request.portal_id, request.language, text, day, outcome]
    add_line(json.dumps(asked, ensure_ascii=False).encode())


# --- the worker's part -------------------------------------------------------------------


def count_noted() -> int:
    """Fold what was noted into the table; how many searches."""
    with taken_lines() as lines:
        asked = Counter(one for line in lines if (one := _read(line)) is not None)
        if asked:
            _add(asked)
    return asked.total()


def remove_old() -> int:
    """Remove what is older than the set time; how many rows."""
    last = timezone.localdate() - timedelta(days=settings.SEARCH_QUERY_KEPT_DAYS)
    deleted, _by_model = QueryCount.objects.filter(day__lt=last).delete()
    HandledQuery.objects.filter(day__lt=last).delete()
    return deleted


def _read(line: bytes) -> Asked | None:
    """A line that a killed process left half written is passed over."""
    try:
        return Asked(*json.loads(line))
    except (ValueError, TypeError):
        return None


def _add(asked: Counter[Asked]) -> None:
    """One short transaction for each portal and day."""
    known = set(Portal.objects.values_list("pk", flat=True))
    groups: dict[tuple[int, str], Counter[Asked]] = {}
    for one, times in asked.items():
        if one.portal in known:
            groups.setdefault((one.portal, one.day), Counter())[one] = times
    with transaction.atomic():
        for (portal_id, day), group in sorted(groups.items()):
            _add_day(portal_id, date.fromisoformat(day), group)


def _add_day(portal_id: int, day: date, group: Counter[Asked]) -> None:
    rows = {
        (row.language, row.text): row
        for row in QueryCount.objects.filter(portal=portal_id, day=day)
    }
    for one, times in group.items():
        row = rows.get((one.language, one.text))
        if row is None:
            if len(rows) >= MOST_TEXTS_A_DAY:
                continue
            row = QueryCount(
                portal_id=portal_id, language=one.language, text=one.text, day=day
            )
            rows[one.language, one.text] = row
        row.count += times
        row.nothing_count += times if one.outcome == "nothing" else 0
        row.partial_count += times if one.outcome == "partial" else 0
    keys = {(one.language, one.text) for one in group}
    changed = [row for key, row in rows.items() if key in keys]
    QueryCount.objects.bulk_create([row for row in changed if row.pk is None])
    QueryCount.objects.bulk_update(
        [row for row in changed if row.pk is not None],
        ["count", "nothing_count", "partial_count"],
        batch_size=CHUNK,
    )


# --- what editors see --------------------------------------------------------------------


def shown_queries(portal: Portal, days: int) -> list[ShownQuery]:
    """What readers of a portal asked in the last days, most frequent first.

    Only what came often enough, and on different days: one who searches for the same
    again and again on one afternoon is not shown. One query.
    """
    since = timezone.localdate() - timedelta(days=days - 1)
    rows = (
        QueryCount.objects.filter(portal=portal, day__gte=since)
        .values("text", "language")
        .annotate(
            times=Sum("count"),
            nothing=Sum("nothing_count"),
            partial=Sum("partial_count"),
            last_day=Max("day"),
            different_days=Count("day", distinct=True),
        )
        .filter(
            Q(times__gte=settings.SEARCH_QUERY_LEAST)
            & Q(different_days__gte=settings.SEARCH_QUERY_LEAST_DAYS)
        )
        .order_by("-times", "text")
    )
    return [
        ShownQuery(
            text=row["text"],
            language=row["language"],
            times=row["times"],
            nothing=row["nothing"],
            partial=row["partial"],
            last_day=row["last_day"],
        )
        for row in rows
    ]


def outcomes(portal: Portal) -> dict[str, str]:
    """What editors have done about texts: text → outcome."""
    return dict(
        HandledQuery.objects.filter(portal=portal).values_list("text", "outcome")
    )


def mark_handled(
    portal: Portal, texts: Iterable[str], outcome: HandledQuery.Outcome
) -> None:
    """The texts are spelled as ``masked_query`` spells them."""
    for text in texts:
        HandledQuery.objects.update_or_create(
            portal=portal,
            text=text,
            defaults={"outcome": outcome, "day": timezone.localdate()},
        )


def unmark_handled(portal: Portal, texts: Iterable[str]) -> None:
    HandledQuery.objects.filter(portal=portal, text__in=list(texts)).delete()


def known_texts(portal: Portal, wordings: Iterable[str]) -> list[str]:
    """Those of some wordings that readers of the portal have searched for, as they are
    kept. One query."""
    kept = {text for wording in wordings if (text := _as_kept(wording))}
    found = QueryCount.objects.filter(portal=portal, text__in=kept)
    return sorted(set(found.values_list("text", flat=True)))


def _as_kept(wording: str) -> str | None:
    """A text of the report, which has labels, is in its spelling already."""
    return wording if has_label(wording) else masked_query(wording)
