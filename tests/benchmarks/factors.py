"""What each factor of ranking brings: the whole, and the whole without one of them.

Provisions are ranked for judged questions in an index that is built anew for each
factor of the index, in the database of ``script/bench quality``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from unittest import mock

from home.indexing import IndexEntry
from search import law_words, sources
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.evaluation import RANKED, provision_query
from search.indexing import rebuild
from search.learning.answered import AnsweredQuestion, Place, read_judgements
from search.learning.training import Scores, score
from search.lexicon import Thesaurus
from search.query_analysis import analyze_query
from search.ranking import ranking
from statutes.models import Statute

Factor = Callable[[], AbstractContextManager[object]]


def _field(name: str) -> Factor:
    return lambda: mock.patch.dict(ranking().fields, {name: 0.0})


@contextmanager
def _without_path() -> Iterator[None]:
    entries = law_words.law_entries

    def bare(statute: Statute) -> Iterator[IndexEntry]:
        for entry in entries(statute):
            is_law = entry.kind == "provision"
            yield replace(entry, title="", context="") if is_law else entry

    with mock.patch.object(sources, "law_entries", bare):
        yield


# By what they need: an index of their own, or only another reading of the query.
OF_THE_INDEX: dict[str, Factor] = {
    "prior of the statute": lambda: mock.patch.object(law_words, "prior", lambda _s: 0),
    "lay wordings": lambda: mock.patch.object(law_words, "wordings_of", lambda _t: {}),
    "title and path": _without_path,
}
OF_THE_QUERY: dict[str, Factor] = {
    "words": _field("text_words"),
    "pairs": _field("text_pairs"),
    "synonyms": lambda: mock.patch(
        "search.query_analysis.common_thesaurus", lambda: Thesaurus.of([])
    ),
}


def run(file: Path, say: Callable[[str], None]) -> None:
    with file.open(encoding="utf-8") as lines:
        questions = read_judgements(lines).questions
    whole = _measured(nullcontext, questions, OF_THE_QUERY, say, "everything")
    for name, factor in OF_THE_INDEX.items():
        _measured(factor, questions, {}, say, f"without {name}", whole)


def _measured(
    factor: Factor,
    questions: tuple[AnsweredQuestion, ...],
    more: dict[str, Factor],
    say: Callable[[str], None],
    name: str,
    whole: Scores | None = None,
) -> Scores:
    with tempfile.TemporaryDirectory() as folder, factor():
        engine = EmbeddedEngine(Path(folder))
        rebuild(engine)
        scores = _scores(engine, questions)
        _tell(say, name, scores, whole)
        for other, reading in more.items():
            with reading():
                _tell(say, f"without {other}", _scores(engine, questions), scores)
    return scores


def _scores(engine: Engine, questions: tuple[AnsweredQuestion, ...]) -> Scores:
    ranked = []
    for question in questions:
        query = provision_query(analyze_query(question.query), RANKED)
        hits = () if query.analyzed.is_empty else engine.search(query).hits
        ranked.append([Place.of(hit.entry) for hit in hits])
    return score(ranked, questions)


def _tell(
    say: Callable[[str], None], name: str, scores: Scores, whole: Scores | None
) -> None:
    line = f"{name:32} Recall@10 {scores.recall:.3f}  MRR@10 {scores.mrr:.3f}"
    if whole:
        line += (
            f"  ({scores.recall - whole.recall:+.3f}, {scores.mrr - whole.mrr:+.3f})"
        )
    say(line)
