"""What may be asked of a portal in one language; every answer is a fact.

The pages' own pictures, files and provisions, which are read for a batch of pages, are
in ``publishing.reader``. Nothing else holds the tree: what is not asked here is not
shown, and what is asked is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.utils import timezone

from home.directory.words import Vocabulary
from home.models import BasePage, Portal, PortalRecord, words_of
from home.models.regions import RegionData, own_prefix
from home.presentation import Card, TopicData
from publishing.above import Above, above_of
from publishing.addresses import sitemap_addresses, sitemap_parts
from publishing.facts import Question, by_event, fact
from publishing.light_rows import PageRow
from publishing.list_kinds import (
    Groups,
    ListPage,
    groups_of,
    list_page,
    topic_ids,
    topic_page,
)
from publishing.related import MOST_RELATED
from publishing.tree import Tree, default_language
from statutes.names import NameIndex


def without_moment(row: PageRow | None) -> Any:
    """A row but for the time of its last publication, which is a fact of its own."""
    if row is None:
        return None
    return (
        row.id,
        row.kind,
        row.path,
        row.parent_id,
        row.headings,
        row.summaries,
        sorted(row.languages),
        row.published_at,
        row.show_in_menus,
        row.source,
        row.column_type,
        row.target_id,
        row.keywords,
    )


def rows_without_moment(rows: Iterable[PageRow]) -> Any:
    return [without_moment(row) for row in rows]


def library_slugs(exports_library: bool, tree: Tree) -> frozenset[str] | None:
    """The statutes that a portal's library holds; None: all of them."""
    if exports_library:
        return None
    return tree.citations.library()


class PortalFacts:
    """The tree, the vocabulary and the records of a portal."""

    def __init__(
        self,
        portal: Portal,
        portals: Sequence[Portal],
        tree: Tree,
        language: str,
        overlay: BasePage | None = None,
        answers: dict[Question, Any] | None = None,
    ) -> None:
        """``overlay``: the edited page of a preview, which stands in for its public
        row; ``answers``: a memory that readers of one snapshot share."""
        self.portal_row = portal
        self.all_portals = portals
        self.language = language
        self.overlay = overlay
        self._tree = tree
        self.answers: dict[Question, Any] = {} if answers is None else answers
        self.asked: set[Question] = set()
        self.is_asking = False

    @property
    def tree(self) -> Tree:
        """For what only a server answers: search, suggestions, the API. A page that is
        exported asks facts."""
        return self._tree

    def lay_over(self, page: BasePage) -> None:
        """Take a column that is not public yet for a public one, for its preview."""
        self._tree = self._tree.with_draft(page)
        self.answers.clear()

    # --- pages -----------------------------------------------------------------------------

    @fact(stable=without_moment)
    def row(self, page_id: int) -> PageRow | None:
        return self._tree.rows.get(page_id)

    @fact(stable=without_moment)
    def home(self) -> PageRow:
        return self._tree.home

    @fact()
    def updated_at(self, page_id: int) -> datetime | None:
        """When a page was last published."""
        row = self._tree.rows.get(page_id)
        return row.updated_at or row.published_at if row else None

    @fact()
    def above(self, page_id: int) -> tuple[Above, ...]:
        """From the home page down to the page's parent; () for no public page."""
        row = self._tree.rows.get(page_id)
        return tuple(map(above_of, self._tree.ancestors(row))) if row else ()

    @fact(stable=rows_without_moment)
    def below(self, page_id: int) -> tuple[PageRow, ...]:
        """Public pages directly below, in the order of the tree, in all languages."""
        return tuple(self._tree.children.get(page_id, ()))

    @fact()
    def holds_something(self, page_id: int) -> bool:
        """Whether a container may be linked in this language."""
        row = self._tree.rows.get(page_id)
        return row is not None and self._tree.holds_something(row, self.language)

    @fact()
    def card(self, page_id: int) -> Card | None:
        return self._tree.card(page_id, self.language)

    def cards(
        self,
        *,
        kind: str = "",
        under: int | None = None,
        topic: int | None = None,
        limit: int | None = None,
    ) -> Sequence[Card]:
        return self.newest(under, kind, topic, limit)

    @fact()
    def newest(
        self, under: int | None, kind: str, topic: int | None, limit: int | None
    ) -> Sequence[Card]:
        start = under if under is not None else self._tree.home.id
        found = self._tree.card_list(start, self.language).select(kind, topic)
        return self._cards(islice(found, limit))

    @fact()
    def children(self, page_id: int) -> Sequence[Card]:
        return self._cards_of(self._tree.children.get(page_id, []))

    @fact()
    def facts(self, page_id: int) -> Mapping[str, Any]:
        if page_id not in self._tree.rows:
            return {}
        return self._tree.details.facts(page_id, self.language)

    @fact()
    def every(self, kind: str) -> Sequence[Card]:
        return self._cards_of(self._tree.of_kind(kind))

    @fact()
    def referring(self, kind: str, page_id: int) -> Sequence[Card]:
        return self._cards_of(self._tree.referring(kind, page_id))

    @fact()
    def siblings(self, page_id: int) -> tuple[Card | None, Card | None]:
        older, newer = self._tree.siblings(page_id, self.language)
        return self._card(older), self._card(newer)

    def related(self, page_id: int, limit: int = 5, kind: str = "") -> Sequence[Card]:
        return self.related_to(page_id, min(limit, MOST_RELATED), kind)

    @fact()
    def related_to(self, page_id: int, limit: int, kind: str) -> Sequence[Card]:
        own = self.topic_ids(page_id)
        return self._cards(self._tree.related(page_id, own, self.language, kind, limit))

    def _card(self, page_id: int | None) -> Card | None:
        return self._tree.card(page_id, self.language) if page_id is not None else None

    def _cards(self, ids: Iterable[int]) -> Sequence[Card]:
        return [card for pk in ids if (card := self._card(pk)) is not None]

    def _cards_of(self, rows: Iterable[PageRow]) -> Sequence[Card]:
        return self._cards(row.id for row in rows)

    # --- lists -----------------------------------------------------------------------------

    @fact()
    def list_page(self, page_id: int, group: str, number: int | None) -> ListPage:
        """One page of a list, or of one of its groups (``publishing.list_kinds``).

        ``LookupError`` where the list has no such group or number.
        """
        ids = self._groups(page_id)[group]
        return list_page(self._tree, ids, number, self.language)

    @fact()
    def list_groups(self, page_id: int) -> Mapping[str, int]:
        """The groups of a list in their order, and how many pages each holds."""
        return {group: len(ids) for group, ids in self._groups(page_id).items()}

    @fact()
    def list_group_names(self, page_id: int) -> tuple[str, ...]:
        return tuple(self._groups(page_id))

    def _groups(self, page_id: int) -> Groups:
        row = self._tree.rows[page_id]
        return groups_of(self._tree, row, self.language) or {}

    # --- records and places ----------------------------------------------------------------

    def records(self, model: type[PortalRecord]) -> Sequence[Any]:
        return self.records_of(model._meta.label_lower)

    @fact(stable=by_event)
    def records_of(self, label: str) -> Sequence[Any]:
        return self._tree.details.records(apps.get_model(label))

    @fact()
    def region(self, region_id: int | None) -> RegionData | None:
        found = self._regions().get(region_id) if region_id else None
        return found[self.language] if found else None

    @fact()
    def regions(self) -> Sequence[RegionData]:
        return [by_code[self.language] for by_code in self._regions().values()]

    def _regions(self) -> Mapping[int, dict[str, RegionData]]:
        below = [
            portal.region_code
            for portal in self.all_portals
            if portal.parent_id == self.portal_row.pk
        ]
        own = own_prefix(self.portal_row.region_code)
        return self._tree.details.regions([own, *below])

    @fact()
    def words(self, group: str) -> Vocabulary:
        return words_of(self.portal_row, group)

    # --- vocabulary ------------------------------------------------------------------------

    @fact()
    def topic(self, topic_id: int) -> TopicData | None:
        terms = self._tree.topics.get(topic_id)
        return terms[self.language] if terms else None

    @fact()
    def topics(self) -> Sequence[TopicData]:
        return [terms[self.language] for terms in self._tree.topics.values()]

    @fact()
    def topic_page(self, topic_id: int, number: int | None) -> ListPage:
        """``LookupError`` where the topic has no such page."""
        ids = topic_ids(self._tree, topic_id, self.language)
        return topic_page(self._tree, ids, number, self.language)

    @fact()
    def topic_counts(self) -> Mapping[int, int]:
        """How many pages of this language each topic has."""
        every = self._tree.card_list(self._tree.home.id, self.language)
        return {topic: len(ids) for topic, ids in sorted(every.topics.items())}

    @fact()
    def topic_ids(self, page_id: int) -> tuple[int, ...]:
        if self.overlay is not None and self.overlay.pk == page_id:
            return tuple(topic.pk for topic in self.overlay.topics.all())
        return self._tree.page_topics.get(page_id, ())

    def topics_of(self, page: Any) -> tuple[TopicData, ...]:
        found = map(self.topic, self.topic_ids(page.pk))
        return tuple(topic for topic in found if topic is not None)

    def audience_names(self, page: Any) -> tuple[str, ...]:
        if self.overlay is not None and self.overlay.pk == page.pk:
            return self._audiences(audience.pk for audience in page.audiences.all())
        return self.audiences_of(page.pk)

    @fact()
    def audiences_of(self, page_id: int) -> tuple[str, ...]:
        return self._audiences(self._tree.page_audiences.get(page_id, ()))

    def _audiences(self, ids: Iterable[int]) -> tuple[str, ...]:
        known = self._tree.audiences
        return tuple(known[pk][self.language] for pk in ids if pk in known)

    # --- statutes --------------------------------------------------------------------------

    @fact(stable=lambda slugs: None if slugs is None else sorted(slugs))
    def library(self) -> frozenset[str] | None:
        """The statutes of this portal's library; None: all of them."""
        return library_slugs(self.portal_row.exports_library, self._tree)

    @fact()
    def citing(self, slug: str) -> Mapping[tuple[int, int], Sequence[Card]]:
        """The public pages of this portal that cite each provision of a statute."""
        found = self._tree.citations.pages_citing(slug, default_language())
        return {place: self._cards(ids) for place, ids in found.items()}

    @fact(stable=NameIndex.digest)
    def statute_names(self) -> NameIndex:
        return self._tree.names

    # --- the sitemap -----------------------------------------------------------------------

    @fact()
    def sitemap_parts(self) -> Sequence[int]:
        return sitemap_parts(self._tree)

    @fact()
    def sitemap_part(self, number: int) -> Sequence[tuple[str, datetime | None]]:
        """The paths that a part of the sitemap names, with the last change of each."""
        return [
            (found.path, row.updated_at if row is not None else None)
            for found in sitemap_addresses(self._tree, number)
            for row in [self._tree.rows.get(found.page_id or 0)]
        ]

    # --- the whole -------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.day()

    @fact()
    def day(self) -> date:
        """The local day on which the page is made; nothing else asks the clock."""
        return timezone.localdate()

    @fact(stable=sorted)
    def spoken(self) -> frozenset[str]:
        """The languages in which the portal has pages."""
        return self._tree.spoken
