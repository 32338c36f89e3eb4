"""Words as editors type them, a line or a comma each: read and checked. Pure code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from search.analysis import runs, segmenter
from search.folding import fold
from search.lexicon import stop_words

MOST_PHRASES = 20
LONGEST_PHRASE = 20
LONGEST_WORDING = 60
_BETWEEN = re.compile(r"[\n\r、，,；;]+")


def phrases(text: str) -> tuple[str, ...]:
    """The folded phrases of a list, each once; a space joins words of one phrase."""
    return _once(" ".join(fold(part).split()) for part in _BETWEEN.split(text))


def lines(text: str) -> tuple[str, ...]:
    """Whole wordings, one a line: they may hold commas."""
    return _once(" ".join(line.split()) for line in text.splitlines())


def phrase_problems(found: Iterable[str]) -> Iterator[str]:
    """Why phrases cannot serve as words to search for, in sentences."""
    known = tuple(found)
    if len(known) > MOST_PHRASES:
        yield _("一次最多写 %(most)s 个词，请分成几条。") % {"most": MOST_PHRASES}
        return
    for phrase in known:
        if len(phrase) > LONGEST_PHRASE:
            yield _("“%(phrase)s”太长了，一个词最多 %(most)s 个字。") % {
                "phrase": f"{phrase[:LONGEST_PHRASE]}…",
                "most": LONGEST_PHRASE,
            }
        elif len(letters_of(phrase)) < 2:
            yield _("“%(phrase)s”太短了，至少要两个字。") % {"phrase": phrase}
        elif is_empty_talk(phrase):
            yield _(
                "“%(phrase)s”是到处都有的话，说不清要找什么，请换一个有内容的词。"
            ) % {"phrase": phrase}


def letters_of(text: str) -> str:
    """Without spaces and punctuation."""
    return "".join(run.text for run in runs(fold(text)))


def is_empty_talk(phrase: str) -> bool:
    """Only words that say nothing about a subject: 怎么办, 请问."""
    cut = segmenter().cut
    words = [
        word
        for run in runs(fold(phrase))
        for word in (cut(run.text) if run.is_han else [run.text])
    ]
    return all(word in stop_words() for word in words)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
