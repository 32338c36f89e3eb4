"""The whole of a portal's public page tree in memory: the core of a snapshot.

Nothing that the public may not see is in it: drafts, private branches, other portals.
A tree is never changed: after a change there is another one (``publishing.tree_changes``),
while readers finish with the old one. What is found on demand is kept with the tree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from math import inf

from django.conf import settings
from django.utils import timezone, translation

from home.links import language_path
from home.models import BasePage
from home.presentation import Card, TopicData
from publishing.card_lists import CardList, Ids, Listed, card_lists
from publishing.details import Details
from publishing.light_rows import PageRow, Root, kind_models
from publishing.page_citations import Citations
from publishing.related import Levels, levels, related
from statutes.names import NameIndex

LevelsOf = tuple[tuple[int, ...], str, str]  # topics, language, kind
NO_CARDS = CardList()
BEFORE_ALL = (-inf, 0)


@dataclass(slots=True)
class Tree:
    portal_id: int
    root: Root
    rows: dict[int, PageRow] = field(default_factory=dict)
    by_path: dict[str, PageRow] = field(default_factory=dict)
    children: dict[int, list[PageRow]] = field(default_factory=dict)
    topics: dict[int, dict[str, TopicData]] = field(default_factory=dict)
    audiences: dict[int, dict[str, str]] = field(default_factory=dict)
    page_topics: dict[int, tuple[int, ...]] = field(default_factory=dict)
    ids_by_tree_path: dict[str, int] = field(default_factory=dict)
    page_audiences: dict[int, tuple[int, ...]] = field(default_factory=dict)
    names: NameIndex = field(default_factory=lambda: NameIndex({}))
    held_statutes: frozenset[str] = frozenset()
    details: Details = field(default_factory=lambda: Details(0, "", ()))
    citations: Citations = field(default_factory=lambda: Citations(0, "", frozenset()))
    # What was found on demand (``publishing.tree_caches`` carries it over).
    cards_made: dict[tuple[int, str], Card] = field(default_factory=dict, repr=False)
    listed_made: dict[int, Listed] | None = field(default=None, repr=False)
    lists_made: dict[str, dict[int, CardList]] = field(default_factory=dict, repr=False)
    levels_made: dict[LevelsOf, Levels] = field(default_factory=dict, repr=False)
    topics_made: dict[tuple[frozenset[int], str], Ids] = field(
        default_factory=dict, repr=False
    )
    kinds_made: dict[str, tuple[PageRow, ...]] = field(default_factory=dict, repr=False)
    about_made: dict[int, tuple[int, ...]] | None = field(default=None, repr=False)
    _content: dict[tuple[int, str], tuple[Card, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.root.languages

    @property
    def home(self) -> PageRow:
        return self.by_path["/"]

    @property
    def spoken(self) -> frozenset[str]:
        """The languages that the portal's pages have; none while its home page is not
        public, and then the public has no page at all."""
        home = self.by_path.get("/")
        if home is None or default_language() not in home.languages:
            return frozenset()
        return home.languages

    def card(self, page_id: int, language: str) -> Card | None:
        """The page in this language; where it is not translated, the Chinese page."""
        row = self.rows.get(page_id)
        if row is None:
            return None
        key = (page_id, language if language in row.languages else default_language())
        if key[1] not in row.languages:
            return None
        if key not in self.cards_made:
            self.cards_made[key] = self._make_card(row, key[1])
        return self.cards_made[key]

    def _make_card(self, row: PageRow, language: str) -> Card:
        return Card(
            id=row.id,
            kind=row.kind,
            kind_label=kind_labels(language)[row.kind],
            path=language_path(row.path, language),
            heading=row.headings[language],
            summary=row.summaries.get(language, ""),
            published_at=row.published_at,
            parent_id=row.parent_id,
            topic_ids=self.page_topics.get(row.id, ()),
            show_in_menus=row.show_in_menus,
            language=language,
            source=row.source,
        )

    # --- lists -------------------------------------------------------------------------

    @property
    def listed(self) -> dict[int, Listed]:
        """The content pages as lists see them, in whichever language."""
        if self.listed_made is None:
            containers = container_kinds()
            self.listed_made = {
                row.id: as_listed(row, self.page_topics.get(row.id, ()))
                for row in self.rows.values()
                if row.kind not in containers
            }
        return self.listed_made

    def card_list(self, under: int, language: str) -> CardList:
        """All content pages below a page that exist in a language, newest first."""
        if language not in self.lists_made:
            rows = self.rows
            self.lists_made[language] = card_lists(
                sorted(
                    page
                    for pk, page in self.listed.items()
                    if language in rows[pk].languages
                ),
                {pk: row.parent_id for pk, row in rows.items()},
            )
        return self.lists_made[language].get(under, NO_CARDS)

    def content(self, under: int, language: str) -> tuple[Card, ...]:
        """The cards of ``card_list``."""
        key = (under, language)
        if key not in self._content:
            self._content[key] = self.cards(
                self.card_list(under, language).ids, language
            )
        return self._content[key]

    def cards(self, page_ids: Iterable[int], language: str) -> tuple[Card, ...]:
        found = (self.card(page_id, language) for page_id in page_ids)
        return tuple(card for card in found if card is not None)

    def siblings(self, page_id: int, language: str) -> tuple[int | None, int | None]:
        """The next older and the next newer page of the same kind and parent."""
        page = self.listed.get(page_id)
        if page is None or page.parent_id is None:
            return None, None
        return self.card_list(page.parent_id, language).neighbours(page)

    def related(
        self,
        page_id: int,
        topics: tuple[int, ...],
        language: str,
        kind: str,
        limit: int,
    ) -> tuple[int, ...]:
        """The content pages that are related to one with these topics; one that is not
        public yet stands before all others."""
        page = self.listed.get(page_id)
        if page is None and page_id in self.rows:
            return ()
        key = (topics, language, kind)
        if key not in self.levels_made:
            every = self.card_list(self.home.id, language)
            self.levels_made[key] = levels(every, topics, kind)
        order = page.order if page is not None else BEFORE_ALL
        return related(self.levels_made[key], order, limit)

    def of_topics(self, topics: Iterable[int], language: str) -> Ids:
        """The pages with any of these topics, newest first."""
        key = (frozenset(topics), language)
        if key not in self.topics_made:
            every = self.card_list(self.home.id, language)
            self.topics_made[key] = every.of_topics(key[0])
        return self.topics_made[key]

    def of_kind(self, kind: str) -> tuple[PageRow, ...]:
        """All public pages of a kind, in whichever language, newest first."""
        if kind not in self.kinds_made:
            found = (row for row in self.rows.values() if row.kind == kind)
            self.kinds_made[kind] = tuple(sorted(found, key=newest_first))
        return self.kinds_made[kind]

    def referring(self, kind: str, page_id: int) -> list[PageRow]:
        """The pages of a kind that are about a page, newest first."""
        found = [self.rows[pk] for pk in self.about.get(page_id, ())]
        return sorted((row for row in found if row.kind == kind), key=newest_first)

    @property
    def about(self) -> dict[int, tuple[int, ...]]:
        """The pages that name each page as the one that they are about."""
        if self.about_made is None:
            about: dict[int, list[int]] = defaultdict(list)
            for row in self.rows.values():
                if row.target_id is not None:
                    about[row.target_id].append(row.id)
            self.about_made = {pk: tuple(sorted(ids)) for pk, ids in about.items()}
        return self.about_made

    def holds_something(self, row: PageRow, language: str) -> bool:
        """Whether a container may be linked: no blank columns (checklist 3.4). The
        others have a text of their own."""
        if row.kind != "column" or self.card_list(row.id, language):
            return True
        return any(
            child.kind in container_kinds() and self.holds_something(child, language)
            for child in self.children.get(row.id, [])
            if language in child.languages
        )

    def with_draft(self, page: BasePage) -> Tree:
        """A copy that also holds a column which is not public yet, for its preview."""
        parent = page.get_parent() if page.path else None
        row = PageRow(
            id=page.pk,
            kind=page.kind,
            tree_path=page.path or "~",
            path=f"/{page.slug or 'preview'}/",
            parent_id=parent.pk if parent and parent.pk in self.rows else self.home.id,
            headings={code: page.text("heading", code) for code in self.languages},
            summaries={code: page.text("summary", code) for code in self.languages},
            languages=frozenset(self.languages),
            published_at=None,
            updated_at=None,
            show_in_menus=False,
            source="",
            column_type=getattr(page, "column_type", ""),
            keywords={code: page.text("keywords", code) for code in self.languages},
        )
        rows = {**self.rows, page.pk: row}
        return replace(self, rows=rows, cards_made={}, _content={}, kinds_made={})

    def ancestors(self, row: PageRow) -> Iterator[PageRow]:
        """From the home page down to the row's parent."""
        return (self.rows[above] for above in reversed(self.above(row.id)))

    def above(self, page_id: int) -> list[int]:
        """The ids of the pages above one, from its parent up; none where it is not."""
        found = []
        row = self.rows.get(page_id)
        while row is not None and row.parent_id is not None:
            found.append(row.parent_id)
            row = self.rows[row.parent_id]
        return found


@lru_cache(maxsize=1)
def container_kinds() -> frozenset[str]:
    """Kinds that hold other pages and are listed like a column below."""
    return frozenset(
        kind for kind, model in kind_models().items() if model.is_container
    )


def newest_first(row: PageRow) -> tuple[float, int]:
    moment = row.published_at.timestamp() if row.published_at else 0.0
    return (-moment, -row.id)


def as_listed(row: PageRow, topics: tuple[int, ...]) -> Listed:
    moment = row.published_at
    year = timezone.localtime(moment).year if moment else None
    return Listed(newest_first(row), row.kind, row.parent_id, topics, year)


def default_language() -> str:
    return str(settings.LANGUAGE_CODE)


@cache
def kind_labels(language: str) -> dict[str, str]:
    """What the kinds of pages are called, in a language."""
    with translation.override(language):
        return {
            kind: str(model._meta.verbose_name) for kind, model in kind_models().items()
        }
