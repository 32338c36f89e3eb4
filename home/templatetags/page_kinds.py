"""The kinds of pages that an editor chooses from, in the order of their use."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

register = template.Library()

# Every day first, once a year after it, what is built once last.
BY_USE = (
    "articlepage",
    "questionpage",
    "eventpage",
    "typicalcasepage",
    "serviceguidepage",
    "policydocumentpage",
    "interpretationpage",
    "servicepointpage",
    "placepage",
    "campaignpage",
    "informationpage",
    "columnpage",
    "directorypage",
    "cataloguepage",
)
PageKind = tuple[str, str, str, str]


@register.filter
def by_use(page_types: Iterable[PageKind]) -> list[PageKind]:
    """What Wagtail sorts by the code points of the names."""
    rank = {name: number for number, name in enumerate(BY_USE)}
    return sorted(page_types, key=lambda kind: rank.get(kind[2], len(rank)))
