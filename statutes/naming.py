"""The names by which citations are recognized: register and database together."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Count, Max

from .models import Statute, StatuteName
from .names import NameIndex
from .register import load_register, read_aliases


def name_index() -> NameIndex:
    """All names known now; one query, and a rebuild only after names changed.

    A name that an editor entered outweighs one of the register's list.
    """
    return _build(_state())


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
def _build(_state: tuple[object, ...]) -> NameIndex:
    titles = {item.title: item.slug for item in load_register().statutes}
    aliases: list[tuple[str, str]] = []
    marked = {alias.name for alias in read_aliases() if alias.marked}
    shorts: list[tuple[str, str]] = []
    for title, slug, short in Statute.objects.values_list(
        "title", "slug", "short_name"
    ):
        titles[title] = slug
        if short:
            shorts.append((short, slug))
    rows = StatuteName.objects.values_list("name", "statute__slug", "only_in_marks")
    entered: set[str] = set()
    for name, slug, only_in_marks in rows:
        aliases.append((name, slug))
        entered.add(name)
        (marked.add if only_in_marks else marked.discard)(name)
    for alias in read_aliases():
        if alias.name not in entered and alias.title in titles:
            aliases.append((alias.name, titles[alias.title]))
    return NameIndex(titles, [*aliases, *shorts], marked)
