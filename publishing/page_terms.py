"""Which page has which topics and audiences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from django.db.models import CharField, Value

from publishing.light_rows import kind_models

Links = dict[int, tuple[int, ...]]


def page_terms(
    pages: Container[int], topics: Iterable[int], audiences: Iterable[int]
) -> tuple[Links, Links]:
    """Topics and audiences of each page in their order: one query over all the tables."""
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
    found: dict[str, dict[int, set[int]]] = {
        "topics": defaultdict(set),
        "audiences": defaultdict(set),
    }
    for name, page_id, term_id in querysets[0].union(*querysets[1:], all=True):
        if page_id in pages:
            found[name][page_id].add(term_id)
    return _all_ordered(found["topics"], topics), _all_ordered(
        found["audiences"], audiences
    )


def _all_ordered(links: dict[int, set[int]], vocabulary: Iterable[int]) -> Links:
    ranks = rank(vocabulary)
    found = {page: ordered(terms, ranks) for page, terms in links.items()}
    return {page: terms for page, terms in found.items() if terms}


def rank(vocabulary: Iterable[int]) -> dict[int, int]:
    return {term: number for number, term in enumerate(vocabulary)}


def ordered(terms: Iterable[int | None], ranks: dict[int, int]) -> tuple[int, ...]:
    """In the order of the vocabulary; a term that it does not know yet is left out:
    the change that brings it is on its way."""
    known = [term for term in terms if term is not None and term in ranks]
    return tuple(sorted(known, key=ranks.__getitem__))
