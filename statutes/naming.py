"""The names by which citations are recognized: register and database together.

A regulation of a portal has names there and below, and nowhere else: what is said of a
wrong provision would tell a stranger its title.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count, Max

from home.models import Portal

from .models import Statute, StatuteName
from .names import NameIndex
from .register import load_register, read_aliases

FindPortal = Callable[[], Portal | None]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all statutes; each portal reads those that hold for it."""

    # title, slug, short name; name, slug, whether it counts in 书名号 only; of whom.
    titles: tuple[tuple[str, str, str, int | None], ...] = ()
    names: tuple[tuple[str, str, bool, int | None], ...] = ()
    _built: dict[frozenset[int | None], NameIndex] = field(default_factory=dict)

    @property
    def owners(self) -> frozenset[int]:
        """The portals that have statutes of their own."""
        return frozenset(row[3] for row in self.titles if row[3] is not None)

    def of(self, portal: Portal | None) -> NameIndex:
        """The shared names, the portal's own and its prefecture's."""
        family = {portal.pk, portal.parent_id} if portal is not None else set()
        readable = frozenset({None, *(family & self.owners)})
        if readable not in self._built:
            self._built[readable] = self._build(readable)
        return self._built[readable]

    def _build(self, owners: frozenset[int | None]) -> NameIndex:
        titles = {item.title: item.slug for item in load_register().statutes}
        aliases: list[tuple[str, str]] = []
        marked = {alias.name for alias in read_aliases() if alias.marked}
        shorts: list[tuple[str, str]] = []
        for title, slug, short, owner in self.titles:
            if owner in owners:
                titles[title] = slug
                if short:
                    shorts.append((short, slug))
        entered: set[str] = set()
        for name, slug, only_in_marks, owner in self.names:
            if owner in owners:
                aliases.append((name, slug))
                entered.add(name)
                (marked.add if only_in_marks else marked.discard)(name)
        for alias in read_aliases():
            if alias.name not in entered and alias.title in titles:
                aliases.append((alias.name, titles[alias.title]))
        return NameIndex(titles, [*aliases, *shorts], marked)


def all_names() -> Names:
    """As they are now; one query, and they are read again only after one changed.

    A name that an editor entered outweighs one of the register's list.
    """
    return _read(_state())


def name_index(find_portal: FindPortal = lambda: None) -> NameIndex:
    """The names that hold for a portal; it is asked for only where some portal has
    statutes of its own. Of no portal: those that all share."""
    names = all_names()
    return names.of(find_portal() if names.owners else None)


def _state() -> tuple[object, ...]:
    """Changes whenever a title, a slug or a name does."""
    return tuple(
        Statute.objects.aggregate(
            statute_count=Count("pk", distinct=True),
            name_count=Count("names"),
            changed=Max("changed_at"),
            names_changed=Max("names__changed_at"),
        ).values()
    )


@lru_cache(maxsize=2)
def _read(_state: tuple[object, ...]) -> Names:
    titles = Statute.objects.values_list("title", "slug", "short_name", "portal_id")
    names = StatuteName.objects.values_list(
        "name", "statute__slug", "only_in_marks", "statute__portal_id"
    )
    return Names(tuple(titles), tuple(names))
