"""The gate: everything that is asked of a page before it becomes public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from django.utils import timezone

from articles.gate.copying import copying_findings
from articles.gate.head import head_findings
from articles.gate.links import link_findings
from articles.gate.models import Override
from articles.gate.outside_links import outside_findings
from articles.gate.personal import (
    PublicContacts,
    name_findings,
    personal_findings,
    strictness_of,
)
from articles.gate.segments import Segment, media_segments, segments_of
from articles.gate.statutes_named import Reading, statute_findings
from articles.gate.wording import wording_findings
from articles.models import InterpretationPage, PolicyDocumentPage, TypicalCasePage
from home.findings import Finding
from home.models import BasePage, Portal


class PageReading:
    """A page while it is checked; what several rules need is read once."""

    def __init__(self, page: BasePage) -> None:
        self.page = page

    @cached_property
    def portal(self) -> Portal | None:
        return self.page.portal

    @cached_property
    def segments(self) -> list[Segment]:
        return segments_of(self.page)

    @property
    def is_official(self) -> bool:
        """The text of a document stays as it was issued."""
        return isinstance(self.page, PolicyDocumentPage)

    @property
    def law_of(self) -> date:
        """The day whose law the page tells of: an old case was decided by old law."""
        page, today = self.page, timezone.localdate()
        if isinstance(page, PolicyDocumentPage):
            return page.written_on or today
        if isinstance(page, TypicalCasePage) and page.year:
            return min(date(page.year, 12, 31), today)
        return today


def check_page(page: BasePage, only_blocking: bool = False) -> list[Finding]:
    """``only_blocking``: what can refuse the publication, and no hints: for a save."""
    found = list(_findings(PageReading(page), only_blocking))
    if only_blocking:
        found = [one for one in found if one.is_blocking]
    return _with_overrides(page, found)


def _findings(reading: PageReading, only_blocking: bool) -> Iterator[Finding]:
    page = reading.page
    strictness = strictness_of(page)
    segments = reading.segments
    if strictness.blocks or not only_blocking:
        contacts = PublicContacts(lambda: reading.portal)
        read = segments
        if strictness.blocks:
            read = [*segments, *media_segments(page)]
        yield from personal_findings(read, contacts, strictness)
        if strictness.blocks and not only_blocking:
            yield from name_findings(read)
    yield from wording_findings(segments, reading.is_official, only_blocking)
    law = Reading(reading.law_of, reading.is_official)
    yield from statute_findings(segments, law, only_blocking, lambda: reading.portal)
    yield from link_findings(page, lambda: reading.portal, segments, only_blocking)
    if isinstance(page, InterpretationPage):
        yield from copying_findings(page)
    if not only_blocking:
        yield from outside_findings(segments)
        yield from head_findings(page)


def _with_overrides(page: BasePage, found: list[Finding]) -> list[Finding]:
    """One query, where there is anything that may be let pass."""
    if page.pk is None or not any(one.is_overridable for one in found):
        return found
    held = {row.digest: row for row in Override.objects.filter(page_id=page.pk)}
    return [
        one.overridden(held[digest])
        if one.is_overridable and (digest := one.digest()) in held
        else one
        for one in found
    ]
