"""Questions: the day of their review is the day on which they came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from articles.demo.bodies import Targets, block_id
from articles.demo.makers.base import FieldMaker
from articles.demo.sources import Row
from articles.demo.workshop import Workshop, day, set_stream
from articles.models import QuestionPage

# The questions of one day come out one after the other.
FIRST_HOUR = time(9, 0)
STEP = timedelta(minutes=7)


@dataclass(frozen=True, kw_only=True)
class QuestionMaker(FieldMaker):
    def draft(self, shop: Workshop, row: Row, number: int) -> Any:
        page = super().draft(shop, row, number)
        reviewed = datetime.combine(day(row, "reviewed_on") or date.today(), FIRST_HOUR)
        page.first_published_at = timezone.make_aware(reviewed + number * STEP)
        page.last_published_at = page.first_published_at
        shop.questions[page.slug] = page.pk
        return page

    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        scope = f"{shop.portal.host}/{row['slug']}"
        known = {one["slug"] for one in self.rows()}
        if unknown := set(row["related"]) - known:
            raise row.wrong("related", f"“{sorted(unknown)[0]}” is no question")
        # A portal shows those of them that it has.
        related = [
            {
                "type": "question_link",
                "value": targets.questions[slug],
                "id": block_id(scope, "related", slug),
            }
            for slug in row["related"]
            if slug in targets.questions
        ]
        set_stream(page, "related", related, row, "related")


MAKER = QuestionMaker(
    model=QuestionPage,
    folder="questions",
    column="wenda",
    texts=(
        "heading",
        "wordings",
        "answer",
        "whom",
        "bring",
        "time_limit",
        "cost",
    ),
    streams=("explanation",),
    basis=("legal_basis",),
    plain=("area", "reviewer", "needs_check"),
    days=("reviewed_on", "review_due"),
    required=frozenset(
        "topics wordings answer explanation whom bring time_limit cost legal_basis"
        " audiences area reviewer reviewed_on review_due needs_check related".split()
    ),
    more_keys=frozenset({"related"}),
)
