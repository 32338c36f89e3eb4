"""Service guides, typical cases and standard pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.demo.bodies import Targets, convert
from articles.demo.makers.base import FieldMaker, office_of
from articles.demo.sources import Row
from articles.demo.workshop import Workshop, set_stream
from articles.models import InformationPage, ServiceGuidePage, TypicalCasePage

COMMON = "column summary topics audiences source published"


@dataclass(frozen=True, kw_only=True)
class GuideMaker(FieldMaker):
    """The forms to download exist once; the office in charge is named."""

    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        raw = convert(row, "forms", targets, f"{shop.portal.host}/{row['slug']}")
        set_stream(page, "forms", raw, row, "forms")
        page.office = office_of(row, shop)


GUIDES = GuideMaker(
    model=ServiceGuidePage,
    folder="guides",
    column="banshi",
    texts=(
        "heading",
        "summary",
        "conditions",
        "materials",
        "steps",
        "place",
        "hours",
        "time_limit",
        "fee",
    ),
    basis=("legal_basis",),
    plain=("phone", "online_url", "booking_url"),
    more_keys=frozenset({"forms", "office"}),
    required=frozenset(
        f"{COMMON} conditions materials steps place hours time_limit fee phone"
        " legal_basis".split()
    ),
)
CASES = FieldMaker(
    model=TypicalCasePage,
    folder="cases",
    column="anli",
    texts=("heading", "summary", "facts", "dispute", "outcome", "meaning"),
    basis=("legal_basis",),
    plain=("case_type", "year", "place", "anonymity_checked_by"),
    days=("anonymity_checked_on",),
    required=frozenset(
        f"{COMMON} case_type year place facts dispute outcome meaning legal_basis"
        " anonymity_checked_by anonymity_checked_on".split()
    ),
)
INFORMATION = FieldMaker(
    model=InformationPage,
    folder="information",
    plain=("purpose", "year"),
    required=frozenset(f"{COMMON} purpose body".split()),
)
