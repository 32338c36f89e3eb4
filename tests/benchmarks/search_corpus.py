"""What the speed of search is measured on: texts of law, and questions about them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from home.indexing import IndexEntry
from search.analysis import runs, segmenter
from search.evaluation import read_questions
from search.folding import fold
from search.lexicon import stop_words
from search.sources import statute_owner
from statutes.indexing import statute_entries
from statutes.models import Statute

SEED = 20261122
SHORT_QUERIES = 200

Owned = tuple[str, tuple[IndexEntry, ...]]


@dataclass(frozen=True, slots=True)
class Queries:
    short: tuple[str, ...]
    lay: tuple[str, ...]


def library() -> list[Owned]:
    """Every statute with its provisions, as the index gets them."""
    return [
        (statute_owner(statute.pk), tuple(statute_entries(statute)))
        for statute in Statute.objects.filter(portal=None).order_by("pk").iterator(200)
    ]


def enlarged(texts: Sequence[Owned], provisions: int) -> list[Owned]:
    """So many provisions, the missing ones made of halves of two real ones."""
    real = [entry for entry in entries_of(texts) if entry.kind == "provision"]
    others = random.Random(SEED).sample(real, len(real))  # noqa: S311  (no secret)
    made: list[Owned] = [*texts]
    for number, (one, other) in enumerate(cycle(zip(real, others, strict=True))):
        if len(real) + number >= provisions:
            break
        body = one.body[: len(one.body) // 2] + other.body[len(other.body) // 2 :]
        entry = replace(one, key=f"provision:made-{number}", body=body)
        made.append((f"made:{number}", (entry,)))
    return made


def entries_of(texts: Sequence[Owned]) -> Iterator[IndexEntry]:
    for _owner, entries in texts:
        yield from entries


def short_queries(texts: Sequence[Owned], count: int = SHORT_QUERIES) -> list[str]:
    """Two to four different words of one provision each."""
    chance = random.Random(SEED)  # noqa: S311  (no secret)
    provisions = [entry for entry in entries_of(texts) if entry.kind == "provision"]
    found: list[str] = []
    while len(found) < count:
        entry = chance.choice(provisions)
        words = sorted(set(_words(entry.body)))
        wanted = chance.randint(2, 4)
        if len(words) >= wanted:
            found.append(" ".join(chance.sample(words, wanted)))
    return found


def _words(text: str) -> Iterator[str]:
    for run in runs(fold(text)):
        for word in segmenter().cut(run.text) if run.is_han else ():
            if len(word) > 1 and word not in stop_words():
                yield word


def lay_questions(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return read_questions(lines)


def save(path: Path, queries: Queries) -> None:
    text = json.dumps({"short": queries.short, "lay": queries.lay}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def load(path: Path) -> Queries:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Queries(tuple(data["short"]), tuple(data["lay"]))
