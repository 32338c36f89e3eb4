"""What was found on public pages, kept for the reports and brought up to date by the
worker: a page is read again when it was published anew, and once a day, since a law is
repealed and a page withdrawn without anybody touching the page that names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from articles.gate.models import PageCheck
from home.findings import Finding, findings_of
from home.models import BasePage, Portal

# So many at a time, that a run of the worker stays short.
MOST_AT_ONCE = 400
FRESH = timedelta(days=1)


def due_pages() -> PageQuerySet:
    checks = PageCheck.objects.all()
    fresh = checks.filter(
        Q(published_at=F("page__last_published_at"))
        | Q(published_at=None, page__last_published_at=None),
        checked_at__gte=timezone.now() - FRESH,
    )
    return Page.objects.live().filter(depth__gt=1).exclude(pk__in=fresh.values("page"))


def recheck() -> list[str]:
    """A job of the worker."""
    PageCheck.objects.filter(page__live=False).delete()
    for page in due_pages().order_by("pk")[:MOST_AT_ONCE].specific():
        if isinstance(page, BasePage):
            record(page, findings_of(page))
    return []


def record(page: BasePage, found: Sequence[Finding]) -> PageCheck:
    blocking = sum(one.is_blocking for one in found)
    row, _created = PageCheck.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "checked_at": timezone.now(),
            "published_at": page.last_published_at,
            "blocking": blocking,
            "hints": len(found) - blocking,
            "findings": [as_data(one) for one in found],
        },
    )
    return row


def as_data(finding: Finding) -> dict[str, str | bool]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "is_blocking": finding.is_blocking,
        "sentence": finding.sentence,
        "place": finding.place.content_path,
        "source": finding.source,
        "override": str(finding.override or ""),
    }


@dataclass(frozen=True, slots=True)
class PortalCounts:
    portal: Portal
    pages: int
    blocking: int
    hints: int


def checks_of(portal: Portal) -> QuerySet[PageCheck]:
    """Of the portal's public pages, the worst first."""
    root = portal.site.root_page
    rows = PageCheck.objects.filter(page__live=True, page__path__startswith=root.path)
    return rows.order_by("-blocking", "-hints", "page__path")


def counts(portals: QuerySet[Portal]) -> Iterator[PortalCounts]:
    for portal in portals.select_related("site__root_page"):
        sums = (
            checks_of(portal)
            .order_by()
            .aggregate(pages=Count("pk"), refused=Sum("blocking"), hinted=Sum("hints"))
        )
        yield PortalCounts(
            portal, sums["pages"], sums["refused"] or 0, sums["hinted"] or 0
        )
