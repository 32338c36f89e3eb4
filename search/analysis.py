"""The one analysis of text, for the index and for queries, whatever the engine.

A text becomes three lists of tokens. *Words* are what a dictionary cuts (rjieba, with
legal terms added); *pairs* are every two neighbouring Chinese characters; *singles* are
the characters themselves. A dictionary cuts 交通安全法 differently in a law's title and
in a question and then misses; pairs find it but rank a little less well; together they
are better than either (docs/search.md). A query of one character needs the singles.

Whatever is not Chinese script is cut into words by its letters, and such a word stands
among the pairs too, so that the pairs alone hold all of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rjieba import Jieba

from search.folding import fold
from search.lexicon import legal_terms, place_names, statute_names
from search.numerals import quantities

# Bumped when the same text gives other tokens than before: an index that was made with
# another version must be built again.
ANALYSIS_VERSION = 2
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Tibetan vowels, Arabic vowel signs, Mongolian variant selectors: not letters, yet
# inside words.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0f71-\u0fbc\u180b-\u180f"
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?:(?![{HAN}])[^\W_][{_MARKS}]*)+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one script in folded text."""

    text: str
    start: int
    is_han: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text; how often one occurs counts."""

    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    singles: tuple[str, ...] = ()


@cache
def segmenter() -> Jieba:
    """rjieba's own dictionary with our terms and names; built once in a process."""
    jieba = Jieba()
    for term in (*legal_terms(), *place_names(), *statute_names()):
        # The frequency at which the dictionary prefers the term to its parts.
        jieba.add_word(term, jieba.suggest_freq(term), "n")
    return jieba


def runs(folded: str) -> Iterator[Run]:
    """The words and Chinese stretches of folded text, in order."""
    for match in _RUN.finditer(folded):
        yield Run(match[0], match.start(), match["han"] is not None)


def character_pairs(han: str) -> list[str]:
    """Every two neighbouring characters of a Chinese stretch."""
    return [han[place : place + 2] for place in range(len(han) - 1)]


def analyze(text: str) -> Tokens:
    """The tokens under which ``text`` is found."""
    folded = fold(text)
    words: list[str] = []
    pairs: list[str] = []
    singles: list[str] = []
    cut = segmenter().cut_for_search
    for run in runs(folded):
        if run.is_han:
            words += cut(run.text)
            pairs += character_pairs(run.text)
            singles += run.text
        else:
            words.append(run.text)
            pairs.append(run.text)
    for quantity in quantities(folded):
        words += quantity.words
        pairs += quantity.words
    return Tokens(tuple(words), tuple(pairs), tuple(singles))


def wording_key(text: str) -> str:
    """What two wordings of one question share: no spaces, punctuation or final 吗.

    >>> wording_key("老板不给工钱，怎么办呢？") == wording_key("老闆不給工錢怎麼辦")
    True
    """
    letters = "".join(run.text for run in runs(fold(text)))
    return letters.rstrip("吗呢啊呀吧") or letters
