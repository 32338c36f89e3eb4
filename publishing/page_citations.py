"""Which pages of a portal cite which statutes: read once, and then what changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from statutes.citing import (
    Cited,
    ProvisionNumber,
    cited_by,
    cited_places,
    own_library,
)
from statutes.models import Citation

# So many pages are read one by one; for more, everything is read again.
MOST_STALE = 500


class Citations:
    """``pages``: the public ones; nothing else is in the table."""

    def __init__(self, portal_id: int, root_path: str, pages: Collection[int]) -> None:
        self.portal_id = portal_id
        self.root_path = root_path
        self.pages = pages
        self._by_page: dict[int, tuple[Cited, ...]] | None = None
        self._by_statute: dict[str, dict[int, tuple[Cited, ...]]] = {}
        self._stale: frozenset[int] = frozenset()
        self._own: frozenset[str] | None = None

    def of_page(self, page_id: int) -> tuple[Cited, ...]:
        return self._table().get(page_id, ())

    def statutes(self) -> frozenset[str]:
        """The statutes that any page cites, in whichever language."""
        self._table()
        return frozenset(self._by_statute)

    def library(self) -> frozenset[str]:
        """The statutes of the portal's library: these, its own, what it chose."""
        if self._own is None:
            self._own = own_library(self.portal_id)
        return self._own | self.statutes()

    def pages_citing(
        self, slug: str, language: str
    ) -> Mapping[ProvisionNumber, tuple[int, ...]]:
        """Ids of the pages that cite each provision; (0, 0): all that cite it."""
        self._table()
        pages = {
            page_id: [place for place in places if place.language == language]
            for page_id, places in self._by_statute.get(slug, {}).items()
        }
        return cited_by(pages)

    def patched(
        self, pages: Collection[int], changed: Collection[int], *, own_changed: bool
    ) -> Citations:
        """The table after a change of some pages, of which it reads when it is asked."""
        new = Citations(self.portal_id, self.root_path, pages)
        new._own = None if own_changed else self._own
        stale = self._stale.union(changed)
        if self._by_page is not None and len(stale) <= MOST_STALE:
            new._by_page, new._by_statute = self._by_page, self._by_statute
            new._stale = stale
        return new

    def _table(self) -> dict[int, tuple[Cited, ...]]:
        known, stale = self._by_page, self._stale
        if known is None:
            rows = Citation.objects.filter(page__path__startswith=self.root_path)
            known = self._changed({}, {}, cited_places(rows), ())
        elif stale:
            rows = Citation.objects.filter(page_id__in=stale)
            known = self._changed(known, self._by_statute, cited_places(rows), stale)
        return known

    def _changed(
        self,
        known: dict[int, tuple[Cited, ...]],
        statutes: dict[str, dict[int, tuple[Cited, ...]]],
        read: dict[int, tuple[Cited, ...]],
        stale: Collection[int],
    ) -> dict[int, tuple[Cited, ...]]:
        """Copies: other trees hold the tables as they were."""
        known, statutes = known.copy(), statutes.copy()
        own: set[str] = set()

        def of(slug: str) -> dict[int, tuple[Cited, ...]]:
            if slug not in own:
                own.add(slug)
                statutes[slug] = statutes.get(slug, {}).copy()
            return statutes[slug]

        for page_id in stale:
            for slug in {place.slug for place in known.pop(page_id, ())}:
                del of(slug)[page_id]
        for page_id, places in read.items():
            if page_id in self.pages:
                known[page_id] = places
                for slug in {place.slug for place in places}:
                    found = tuple(place for place in places if place.slug == slug)
                    of(slug)[page_id] = found
        self._by_statute = {slug: pages for slug, pages in statutes.items() if pages}
        self._by_page, self._stale = known, frozenset()
        return known
