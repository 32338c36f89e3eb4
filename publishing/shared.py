"""What all portals share (topics, audiences, statutes), kept per process.

A change of something shared moves the change number of every portal, a portal's own
change only its own. So nothing shared has changed while the lowest change number of all
portals stands still.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce

from home.links import language_path
from home.models import Audience, Portal, Topic, localized
from home.presentation import TopicData
from statutes.naming import Names, all_names
from statutes.reading import held_statutes


@dataclass(frozen=True, slots=True)
class Shared:
    """Terms by id and language, in their order."""

    topics: dict[int, dict[str, TopicData]]
    audiences: dict[int, dict[str, str]]
    names: Names
    # The statutes of which the library has a text: no other is asked for provisions.
    held: frozenset[str] = frozenset()


_known: dict[str, tuple[int, Shared]] = {}


def shared_data(portals: Iterable[Portal]) -> Shared:
    guard = min((portal.change_number for portal in portals), default=0)
    known = _known.get("shared")
    if known is None or known[0] != guard:
        topics, audiences = _vocabulary()
        held = frozenset(held_statutes())
        known = (guard, Shared(topics, audiences, all_names(), held))
        _known["shared"] = known
    return known[1]


def forget_shared() -> None:
    """For tests, whose rolled-back change numbers come again."""
    _known.clear()


def _vocabulary() -> tuple[dict[int, dict[str, TopicData]], dict[int, dict[str, str]]]:
    """Topics and audiences in all languages: one query."""
    languages = [code for code, _name in settings.LANGUAGES]
    topics: dict[int, dict[str, TopicData]] = {}
    audiences: dict[int, dict[str, str]] = {}
    rows = sorted(_term_rows(languages), key=lambda values: (values[3], values[2]))
    for pk, term, slug, _order, above, about, *texts in rows:
        by_code = dict(zip(languages, texts, strict=True))
        fallback = by_code[settings.LANGUAGE_CODE] or slug
        named = {code: name or fallback for code, name in by_code.items()}
        if term == "audience":
            audiences[pk] = named
        else:
            topics[pk] = _topic(pk, slug, named, about, above)
    return topics, audiences


def _term_rows(languages: list[str]) -> Iterable[tuple[Any, ...]]:
    """(id, vocabulary, slug, order, parent, description, name per language)."""
    columns = ("pk", "term", "slug", "order", "above", "about")
    names = [localized("name", code) for code in languages]
    about = Coalesce(
        Cast(F(localized("description", settings.LANGUAGE_CODE)), TextField()),
        Value("", TextField()),
    )
    topics = Topic.objects.order_by().annotate(
        term=Value("topic", CharField()), above=F("parent_id"), about=about
    )
    audiences = Audience.objects.order_by().annotate(
        term=Value("audience", CharField()),
        above=Cast(Value(None), IntegerField()),
        about=Value("", TextField()),
    )
    return topics.values_list(*columns, *names).union(
        audiences.values_list(*columns, *names), all=True
    )


def _topic(
    pk: int, slug: str, names: dict[str, str], about: str, above: int | None
) -> dict[str, TopicData]:
    return {
        code: TopicData(
            id=pk,
            slug=slug,
            name=name,
            path=language_path(f"/topics/{slug}/", code),
            description=about,
            parent_id=above,
        )
        for code, name in names.items()
    }
