"""What the browser has to know to understand a question, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from search.analysis import character_pairs, runs, segmenter
from search.folding import fold
from search.lexicon import Thesaurus, stop_words

# Beyond these a question costs more bytes than it gains.
MOST_ALTERNATIVES = 12
FOLD_FILES = 8

# A phrase → other words for it, each with hundredths of a weight.
LayPhrases = dict[str, list[tuple[str, int]]]


@cache
def sorted_stop_words() -> tuple[str, ...]:
    return tuple(sorted(stop_words()))


def lay_phrases(thesaurus: Thesaurus) -> LayPhrases:
    """Every phrase of the synonyms with what is searched for as well, best first."""
    return {
        phrase: list(_alternatives(phrase, thesaurus)) for phrase in thesaurus.entries
    }


def _alternatives(phrase: str, thesaurus: Thesaurus) -> Iterator[tuple[str, int]]:
    weights: dict[str, float] = {}
    for entry in thesaurus.entries[phrase]:
        for other, weight in entry.others(phrase):
            weights[other] = max(weight, weights.get(other, 0.0))
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    for other, weight in best[:MOST_ALTERNATIVES]:
        yield cut(other), round(100 * weight)


@cache
def cut(phrase: str) -> str:
    """The words of a phrase with slashes between: 拖欠/工资."""
    words: list[str] = []
    for run in runs(phrase):
        words += segmenter().cut(run.text) if run.is_han else [run.text]
    return "/".join(_with_pairs(words))


def _with_pairs(words: Iterable[str]) -> Iterator[str]:
    """A single character says nothing by itself: 未支付 is asked for as 未支 and 支付."""
    waiting = ""
    for word in words:
        if len(word) == 1:
            waiting += word
            continue
        if waiting:
            yield from character_pairs(waiting + word[0])
            waiting = ""
        yield word
    if len(waiting) > 1:
        yield from character_pairs(waiting)
    elif waiting:
        yield waiting


@cache
def folds() -> tuple[dict[str, str], ...]:
    """Characters with another usual form, by their code modulo ``FOLD_FILES``."""
    found: tuple[dict[str, str], ...] = tuple({} for _number in range(FOLD_FILES))
    for code in range(0x3400, 0xA000):
        character = chr(code)
        folded = fold(character)
        if folded != character and len(folded) == 1:
            found[code % FOLD_FILES][character] = folded
    return found
