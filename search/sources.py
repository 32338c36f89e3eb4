"""Where index entries come from: pages and statutes, each thing under its owner name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import prefetch_related_objects
from wagtail.models import Page, PageViewRestriction

from home.indexing import IndexEntry
from home.models import BasePage, Portal, page_models
from home.outbox import ChangeRecord
from search.engines.base import Batch
from search.law_words import law_entries
from statutes.models import Statute

CHUNK = 200


@dataclass(slots=True)
class Plan:
    """What a number of changes asks to be indexed again, each thing once."""

    pages: set[int] = field(default_factory=set)
    branches: set[int] = field(default_factory=set)
    statutes: set[int] = field(default_factory=set)
    portals: set[int] = field(default_factory=set)
    topics: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, changes: Sequence[ChangeRecord]) -> Plan:
        """Subjects that no entry is made of, such as pictures, are passed over."""
        plan = cls()
        by_subject = {
            "page": plan.pages,
            "branch": plan.branches,
            "statute": plan.statutes,
            "portal": plan.portals,
            "topic": plan.topics,
        }
        for change in changes:
            keys = by_subject.get(change.subject)
            if keys is not None and change.key.isdecimal():
                keys.add(int(change.key))
        return plan

    @classmethod
    def of_owners(cls, owners: Iterable[str]) -> Plan:
        """What the index keeps under these owner names; others are passed over."""
        plan = cls()
        by_kind = {"page": plan.pages, "statute": plan.statutes}
        for owner in owners:
            kind, _colon, key = owner.partition(":")
            if kind in by_kind and key.isdecimal():
                by_kind[kind].add(int(key))
        return plan


def apply(plan: Plan, batch: Batch) -> None:
    """Let the index hold what the database holds now of everything in the plan.

    The present state is read, so it does not matter how often or late it is applied.
    """
    for portal_id in sorted(plan.portals):
        _apply_portal(portal_id, batch)
    for page_id, entries in _entries_of_pages(pages_of(plan)):
        batch.replace(page_owner(page_id), entries)
    statutes = Statute.objects.in_bulk(plan.statutes)
    for statute_id in sorted(plan.statutes):
        statute = statutes.get(statute_id)
        batch.replace(
            statute_owner(statute_id), law_entries(statute) if statute else ()
        )


def pages_of(plan: Plan) -> set[int]:
    """Every page whose entries the plan may change."""
    pages = plan.pages | set(_below(plan.branches)) | set(_with_topics(plan.topics))
    return pages | set(_about(pages))


def apply_everything(batch: Batch) -> Iterator[int]:
    """Index all there is, in a new index; yields the number of entries as it goes."""
    surroundings = Surroundings.read()
    for model in page_models():
        live = model.objects.filter(live=True).order_by("pk").iterator(CHUNK)
        while pages := list(islice(live, CHUNK)):
            prefetch_topics(pages)
            for page in pages:
                entries = surroundings.entries_of(page)
                yield batch.replace(page_owner(page.pk), entries)
    for statute in Statute.objects.order_by("pk").iterator(CHUNK):
        yield batch.replace(statute_owner(statute.pk), law_entries(statute))


def count_everything() -> int:
    """How many steps ``apply_everything`` takes."""
    pages = sum(model.objects.filter(live=True).count() for model in page_models())
    return pages + Statute.objects.count()


def page_owner(page_id: int) -> str:
    return f"page:{page_id}"


def statute_owner(statute_id: int) -> str:
    return f"statute:{statute_id}"


def _apply_portal(portal_id: int, batch: Batch) -> None:
    """All of a portal: its languages decide which entries its pages have."""
    batch.remove_portal(portal_id)
    portal = (
        Portal.objects.select_related("site__root_page").filter(pk=portal_id).first()
    )
    if portal is None:
        return
    root = portal.site.root_page
    ids = root.get_descendants(inclusive=True).values_list("pk", flat=True)
    for page_id, entries in _entries_of_pages(ids):
        batch.replace(page_owner(page_id), entries)
    for statute in Statute.objects.filter(portal=portal_id):
        batch.replace(statute_owner(statute.pk), law_entries(statute))


def _below(branches: Iterable[int]) -> Iterator[int]:
    """The pages of branches; a branch that is gone is still named itself."""
    for page_id in branches:
        yield page_id
        page = Page.objects.filter(pk=page_id).first()
        if page is not None:
            yield from page.get_descendants().values_list("pk", flat=True)


def _about(page_ids: Iterable[int]) -> Iterator[int]:
    """Pages whose entries name one of these: the interpretations of a document."""
    wanted = list(page_ids)
    for model in page_models():
        if wanted and model.target_field:
            about = model.objects.filter(**{f"{model.target_field}__in": wanted})
            yield from about.values_list("pk", flat=True)


def _with_topics(topics: Iterable[int]) -> Iterator[int]:
    wanted = list(topics)
    if not wanted:
        return
    for model in page_models():
        if model.has_topics:
            tagged = model.objects.filter(topics__in=wanted)
            yield from tagged.values_list("pk", flat=True).distinct()


def _entries_of_pages(
    page_ids: Iterable[int],
) -> Iterator[tuple[int, list[IndexEntry]]]:
    """Every id with its entries: none for a page that is not public or not there."""
    ids = sorted(set(page_ids))
    surroundings = Surroundings.read()
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        pages = {page.pk: page for page in Page.objects.filter(pk__in=chunk).specific()}
        prefetch_topics(pages.values())
        for page_id in chunk:
            page = pages.get(page_id)
            if isinstance(page, BasePage):
                yield page_id, surroundings.entries_of(page)
            else:
                yield page_id, []


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides on the entries of a page and is the same for many: two queries."""

    portals: tuple[Portal, ...]  # the lowest home page first
    private: tuple[str, ...]  # tree paths of branches that not everybody may see

    @classmethod
    def read(cls) -> Surroundings:
        portals = Portal.objects.select_related("site__root_page")
        lowest_first = portals.order_by("-site__root_page__depth", "pk")
        private = PageViewRestriction.objects.values_list("page__path", flat=True)
        return cls(tuple(lowest_first), tuple(private))

    def entries_of(self, page: BasePage) -> list[IndexEntry]:
        if page.path.startswith(self.private):
            return []
        for portal in self.portals:
            if page.path.startswith(portal.site.root_page.path):
                return page.search_entries(portal)
        return []


def prefetch_topics(pages: Iterable[Page]) -> None:
    """The topics of all these pages: one query per page type."""
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        if getattr(page, "has_topics", False):
            by_type.setdefault(type(page), []).append(page)
    for same in by_type.values():
        prefetch_related_objects(same, "topics")
