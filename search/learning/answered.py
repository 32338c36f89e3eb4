"""Answered questions: what was asked, and which provisions answer it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from home.indexing import IndexEntry
from search.engines.base import LIBRARY_LANGUAGE
from search.law_words import title_key
from statutes.models import Provision

NEIGHBORS = 20


class JudgementFileError(Exception):
    """The file of judgements cannot be used; the text says where and why."""


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
    is left without any is not learnt from.
    """
    known = _provisions()
    questions: list[AnsweredQuestion] = []
    unknown: list[tuple[str, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        query, relevant = _read_line(number, line)
        places = set()
        for law, label in relevant:
            place = known.get((title_key(law), "".join(label.split())))
            if place is None:
                unknown.append((law, label))
            else:
                places.add(place)
        if places:
            questions.append(AnsweredQuestion(query, frozenset(places)))
    return Judgements(tuple(questions), tuple(unknown))


def _read_line(number: int, line: str) -> tuple[str, Sequence[tuple[str, str]]]:
    try:
        record = json.loads(line)
        query = record["query"]
        relevant = [(each["law"], each["article_no"]) for each in record["relevant"]]
    except (ValueError, KeyError, TypeError) as error:
        raise JudgementFileError(
            f"第 {number} 行不是 {{'query': …, 'relevant': [{{'law': …, "
            "'article_no': …}]} 这样的 JSON。"
        ) from error
    texts = [query, *(text for pair in relevant for text in pair)]
    if not all(isinstance(text, str) for text in texts):
        raise JudgementFileError(f"第 {number} 行有的值不是文字。")
    return query, relevant


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
        (title_key(title), "".join(label.split())): Place(slug, number, suffix)
        for title, label, slug, number, suffix in rows.iterator()
    }
