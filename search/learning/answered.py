"""Answered questions: what was asked, and which provisions answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from home.indexing import IndexEntry
from search.engines.base import LIBRARY_LANGUAGE
from search.json_lines import read_lines
from search.law_words import title_key
from statutes.models import Provision

NEIGHBORS = 20


class Place(NamedTuple):
    """A provision by name, which stays the same when its statute is imported again."""

    statute: str  # slug
    number: int
    suffix: int

    @property
    def neighborhood(self) -> tuple[str, int]:
        """About a chapter: what stands near each other is about the same thing."""
        return self.statute, self.number // NEIGHBORS

    @classmethod
    def of(cls, entry: IndexEntry) -> Place:
        return cls(entry.statute_slug, entry.number, entry.suffix)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    query: str
    provisions: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Judgements:
    """``unknown``: provisions that the library does not hold, as (law, number)."""

    questions: tuple[AnsweredQuestion, ...]
    unknown: tuple[tuple[str, str], ...]


def read_judgements(lines: Iterable[str]) -> Judgements:
    """Lines of ``{"query": …, "relevant": [{"law": …, "article_no": …}]}``.

    A provision that the library does not hold is named in the result; a question that
    is left without any is not learnt from. Raises ``JsonLinesError``.
    """
    known = _provisions()
    questions: list[AnsweredQuestion] = []
    unknown: list[tuple[str, str]] = []
    for query, relevant in read_lines(lines, _parse):
        places = set()
        for law, label in relevant:
            place = known.get(_name(law, label))
            if place is None:
                unknown.append((law, label))
            else:
                places.add(place)
        if places:
            questions.append(AnsweredQuestion(query, frozenset(places)))
    return Judgements(tuple(questions), tuple(unknown))


def _parse(record: Any) -> tuple[str, list[tuple[str, str]]]:
    try:
        query = record["query"]
        relevant = [(each["law"], each["article_no"]) for each in record["relevant"]]
    except (KeyError, TypeError) as error:
        raise ValueError(
            "要有 query 和 relevant，法条写明 law 和 article_no。"
        ) from error
    texts = [query, *(text for pair in relevant for text in pair)]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("有的值不是文字。")
    return query, relevant


def _name(law: str, label: str) -> tuple[str, str]:
    """A provision as two files may write it differently: title and 第…条."""
    return title_key(law), "".join(label.split())


def _provisions() -> dict[tuple[str, str], Place]:
    """The current provisions of the shared library by (title, 第…条)."""
    rows = Provision.objects.filter(
        version__is_current=True,
        version__language=LIBRARY_LANGUAGE,
        version__statute__portal=None,
    ).values_list(
        "version__statute__title", "label", "version__statute__slug", "number", "suffix"
    )
    return {
        _name(title, label): Place(slug, number, suffix)
        for title, label, slug, number, suffix in rows.iterator()
    }
