"""The terms of an entry, with what each adds to the entry's score.

Everything here follows from one entry alone: no average, no count of others goes in, so
that a change of one page changes no other page's numbers. How rare a term is, the browser
sees from the length of its list.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from home.indexing import IndexEntry
from search.analysis import Tokens, analyze
from search.engines.documents import FAMILIES, TEXT
from search.ranking import ranking

# BM25 as the engines have it, against a usual length in place of the average.
_K1, _B = 1.2, 0.75
USUAL_TEXT = 240
USUAL_HEADING = 12
# A score is kept as one of so many steps, each larger than the one before by a tenth.
LEVELS = 45
LEAST, STEP = 0.04, 1.115
HEADING = FAMILIES[1]


@dataclass(frozen=True, slots=True)
class Impact:
    """``text``, ``heading``: steps; a heading of -1 is none. ``is_word``: the dictionary
    cuts it as a word, so that the browser may do so too."""

    text: int
    heading: int
    is_word: bool


def step_of(score: float) -> int:
    """The step that is nearest to a score."""
    if score <= LEAST:
        return 0
    return min(LEVELS - 1, round(math.log(score / LEAST) / math.log(STEP)))


def score_of(step: int) -> float:
    return LEAST * STEP**step


def terms_of(entry: IndexEntry) -> dict[str, Impact]:
    """Words, pairs of characters and single characters of an entry.

    A word of two characters is a pair as well: what both add stands in one number. A
    character that is no word by itself adds nothing and is only said to be there.
    """
    text = analyze(TEXT.text(entry))
    heading = analyze(HEADING.text(entry))
    in_text = _scores(text, USUAL_TEXT)
    in_heading = _scores(heading, USUAL_HEADING)
    words = set(text.words)
    found = {
        term: Impact(
            step_of(score * entry.boost),
            step_of(in_heading[term] * entry.boost) if term in in_heading else -1,
            term in words,
        )
        for term, score in in_text.items()
    }
    for character in set(text.singles):
        found.setdefault(character, Impact(0, -1, False))
    return found


def worth(impact: Impact, kind: str) -> float:
    """How much an entry with this impact can hope for; who has little may be cut off."""
    fields = ranking().fields
    score = score_of(impact.text)
    if impact.heading >= 0:
        score += 2 * fields["heading_words"] * score_of(impact.heading)
    return score * ranking().kind(kind).boost


def _scores(tokens: Tokens, usual: int) -> dict[str, float]:
    scores: dict[str, float] = {}
    for kind in (tokens.words, tokens.pairs):
        norm = _K1 * (1 - _B + _B * len(kind) / usual)
        for token, count in Counter(kind).items():
            score = count * (_K1 + 1) / (count + norm)
            scores[token] = scores.get(token, 0.0) + score
    return scores
