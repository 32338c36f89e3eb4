"""Loads the demo: what is missing is made, what is there stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.demo import laws, sources
from articles.demo.clock import last_day, not_before
from articles.demo.content import create_pages, fill_home
from articles.demo.directories import create_directories, create_regions, files
from articles.demo.makers import all_rows
from articles.demo.people import create_people
from articles.demo.portals import create_demo_portal
from articles.demo.reviews import arrange
from articles.demo.sources import Row
from articles.demo.terms import create_terms
from home.models import Portal
from home.publication import system_release


@dataclass(slots=True)
class LoadSummary:
    terms: int = 0
    statutes: int = 0  # new or changed
    has_law_texts: bool = False
    portals: int = 0
    pages: int = 0
    people: int = 0
    password: str = ""  # only when it was made in this run
    warnings: list[str] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        return not any(
            (self.terms, self.statutes, self.portals, self.pages, self.people)
        )


def load() -> LoadSummary:
    """Raises ``sources.DemoError`` where the files are wrong; the portals before the
    wrong one stay, the rest of it leaves no trace."""
    summary = LoadSummary()
    # All files are read, and so checked, before the first row is written.
    rows = sources.portals()
    all_rows()
    files()
    with transaction.atomic():
        summary.terms = create_terms() + create_regions()
    national = laws.import_national()
    if national is not None:
        summary.has_law_texts = True
        summary.statutes += national.outcomes["new"] + national.outcomes["changed"]
        summary.warnings += national.errors
    made: list[Portal] = []
    # What the demo says was decided when it was written.
    with not_before(last_day(all_rows())), system_release():
        for row in rows:
            with transaction.atomic():
                made += _load_portal(row, summary)
    summary.people, summary.password = create_people()
    for portal in made:
        arrange(portal)
    return summary


def _load_portal(row: Row, summary: LoadSummary) -> list[Portal]:
    """The portal, where it is new."""
    portal = Portal.objects.filter(site__hostname=row["host"]).first()
    is_new = portal is None
    if portal is None:
        try:
            portal = create_demo_portal(row)
        except ValidationError as error:
            raise row.wrong("portal", "; ".join(error.messages)) from error
        summary.portals += 1
    if portal.level == Portal.Level.PREFECTURE:
        local = laws.import_local(portal)
        summary.statutes += local.outcomes["new"] + local.outcomes["changed"]
        summary.warnings += local.errors
    summary.pages += create_directories(portal, row["slug"])
    summary.pages += create_pages(portal, row["slug"])
    if is_new:
        fill_home(portal, row)
    return [portal] if is_new else []
