"""The whole of a portal's public page tree as light rows: the core of a snapshot.

Read in two queries whatever the size of the portal (the page rows of all types are one
UNION), and kept per process until the portal's change number moves. Nothing that the
public may not see is in it: drafts, private branches, other portals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.conf import settings
from django.db.models import CharField, Value
from django.utils import timezone, translation

from home.links import language_path
from home.models import BasePage, Portal
from home.presentation import Card, TopicData
from publishing.card_lists import CardList, Listed, card_lists
from publishing.details import Details
from publishing.light_rows import PageRow, kind_models, page_rows
from publishing.shared import Shared, forget_shared, shared_data
from statutes.names import NameIndex

Nearest = tuple[frozenset[int], str, str, int]  # topics, language, kind, limit
NO_CARDS = CardList()


@dataclass(slots=True)
class Tree:
    portal_id: int
    languages: tuple[str, ...]
    rows: dict[int, PageRow] = field(default_factory=dict)
    by_path: dict[str, PageRow] = field(default_factory=dict)
    children: dict[int, list[PageRow]] = field(default_factory=dict)
    topics: dict[int, dict[str, TopicData]] = field(default_factory=dict)
    audiences: dict[int, dict[str, str]] = field(default_factory=dict)
    page_topics: dict[int, tuple[int, ...]] = field(default_factory=dict)
    page_audiences: dict[int, tuple[int, ...]] = field(default_factory=dict)
    names: NameIndex = field(default_factory=lambda: NameIndex({}))
    details: Details = field(default_factory=lambda: Details(0, "", ()))
    _cards: dict[tuple[int, str], Card] = field(default_factory=dict)
    _listed: dict[int, Listed] | None = None
    _lists: dict[str, dict[int, CardList]] = field(default_factory=dict)
    _content: dict[tuple[int, str], tuple[Card, ...]] = field(default_factory=dict)
    _nearest: dict[Nearest, tuple[int, ...]] = field(default_factory=dict)
    _of_kind: dict[str, tuple[PageRow, ...]] = field(default_factory=dict)

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
        if key not in self._cards:
            self._cards[key] = self._make_card(row, key[1])
        return self._cards[key]

    def _make_card(self, row: PageRow, language: str) -> Card:
        # Kept for pages of every language, whichever asked for it first.
        with translation.override(language):
            label = kind_labels()[row.kind]
        return Card(
            id=row.id,
            kind=row.kind,
            kind_label=label,
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
        if self._listed is None:
            containers = container_kinds()
            self._listed = {
                row.id: as_listed(row, self.page_topics.get(row.id, ()))
                for row in self.rows.values()
                if row.kind not in containers
            }
        return self._listed

    def card_list(self, under: int, language: str) -> CardList:
        """All content pages below a page that exist in a language, newest first."""
        if language not in self._lists:
            rows = self.rows
            self._lists[language] = card_lists(
                sorted(
                    page
                    for pk, page in self.listed.items()
                    if language in rows[pk].languages
                ),
                {pk: row.parent_id for pk, row in rows.items()},
            )
        return self._lists[language].get(under, NO_CARDS)

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

    def nearest(
        self, topics: Iterable[int], language: str, kind: str, limit: int
    ) -> tuple[int, ...]:
        """The pages with the most of these topics: found once for all that have them."""
        key = (frozenset(topics), language, kind, limit)
        if key not in self._nearest:
            every = self.card_list(self.home.id, language)
            self._nearest[key] = every.nearest(key[0], kind, limit)
        return self._nearest[key]

    def of_kind(self, kind: str) -> tuple[PageRow, ...]:
        """All public pages of a kind, in whichever language, newest first."""
        if kind not in self._of_kind:
            found = (row for row in self.rows.values() if row.kind == kind)
            self._of_kind[kind] = tuple(sorted(found, key=_newest_first))
        return self._of_kind[kind]

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
        return replace(self, rows=rows, _cards={}, _content={})

    def ancestors(self, row: PageRow) -> Iterator[PageRow]:
        """From the home page down to the row's parent."""
        chain = []
        parent = row.parent_id
        while parent is not None:
            chain.append(self.rows[parent])
            parent = self.rows[parent].parent_id
        return reversed(chain)


@lru_cache(maxsize=1)
def container_kinds() -> frozenset[str]:
    """Kinds that hold other pages and are listed like a column below."""
    return frozenset(
        kind for kind, model in kind_models().items() if model.is_container
    )


def _newest_first(row: PageRow) -> tuple[float, int]:
    moment = row.published_at.timestamp() if row.published_at else 0.0
    return (-moment, -row.id)


def as_listed(row: PageRow, topics: tuple[int, ...]) -> Listed:
    moment = row.published_at
    year = timezone.localtime(moment).year if moment else None
    return Listed(_newest_first(row), row.kind, row.parent_id, topics, year)


def default_language() -> str:
    return str(settings.LANGUAGE_CODE)


def kind_labels() -> dict[str, str]:
    return {
        kind: str(model._meta.verbose_name) for kind, model in kind_models().items()
    }


# --- loading -----------------------------------------------------------------------------


_trees: dict[int, tuple[int, Tree]] = {}


def tree_of(portal: Portal, portals: Iterable[Portal]) -> Tree:
    """The portal's tree, from this process's memory while nothing has changed.

    ``portals``: all of them, as read with this one (``shared_data`` needs them).
    """
    known = _trees.get(portal.pk)
    if known is None or known[0] != portal.change_number:
        known = (portal.change_number, load_tree(portal, shared_data(portals)))
        _trees[portal.pk] = known
    return known[1]


def forget_trees() -> None:
    """Empty the memory; tests call it, since their rolled-back numbers come again."""
    _trees.clear()
    forget_shared()


def load_tree(portal: Portal, shared: Shared) -> Tree:
    tree = Tree(portal.pk, tuple(portal.languages))
    root_path = portal.site.root_page.path
    tree.details = Details(portal.pk, root_path, tree.languages)
    for row in page_rows(portal, tree.languages):
        tree.rows[row.id] = row
        tree.by_path[row.path] = row
        if row.parent_id is not None:
            tree.children.setdefault(row.parent_id, []).append(row)
    tree.topics, tree.audiences, tree.names = (
        shared.topics,
        shared.audiences,
        shared.names,
    )
    _add_links(tree)
    return tree


def _add_links(tree: Tree) -> None:
    """Which page has which topics and audiences: one query over all the link tables."""
    querysets = []
    for model in kind_models().values():
        if not model.has_topics:
            continue
        for field_name in ("topics", "audiences"):
            relation = model._meta.get_field(field_name)
            through = relation.remote_field.through
            page_id = through._meta.get_field(relation.m2m_field_name()).attname
            term_id = through._meta.get_field(relation.m2m_reverse_field_name()).attname
            querysets.append(
                through.objects.order_by()
                .annotate(relation=Value(field_name, CharField()))
                .values_list("relation", page_id, term_id)
            )
    found: dict[str, dict[int, list[int]]] = {
        "topics": defaultdict(list),
        "audiences": defaultdict(list),
    }
    for name, page_id, term_id in querysets[0].union(*querysets[1:], all=True):
        if page_id in tree.rows:
            found[name][page_id].append(term_id)
    tree.page_topics = _ordered(found["topics"], tree.topics)
    tree.page_audiences = _ordered(found["audiences"], tree.audiences)


def _ordered(
    links: dict[int, list[int]], vocabulary: Iterable[int]
) -> dict[int, tuple[int, ...]]:
    rank = {term: number for number, term in enumerate(vocabulary)}
    return {
        page: tuple(sorted(terms, key=rank.__getitem__))
        for page, terms in links.items()
    }
