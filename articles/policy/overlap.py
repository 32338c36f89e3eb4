"""How much of an interpretation is copied out of its document (要点摘抄). Pure code.

Counted are the characters of the interpretation that stand in a run of ``RUN`` or more
characters which the document has as well, punctuation and spaces left out. Names of
agencies, titles of meetings and the document's own title are repeated by every honest
interpretation; they are shorter than a run or few.
"""

from __future__ import annotations

import re
import unicodedata

# Measured (tests/articles/test_overlap.py): the demo's interpretations share nothing of
# this length with their documents, five real documents of different places up to .03
# with each other; every second sentence of a document, copied, gives .82 and more.
RUN = 13
MOSTLY_COPIED = 0.5

_OTHER = re.compile(r"[^\w]|_")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def letters(text: str) -> str:
    return _OTHER.sub("", unicodedata.normalize("NFKC", text))


def copied_share(text: str, document: str, run: int = RUN) -> float:
    """0 = nothing of ``text`` is in ``document``, 1 = all of it.

    >>> copied_share("干完活拿不到工钱怎么办", "有关事项通知如下")
    0.0
    """
    copied = _copied(letters(text), _runs(document, run), run)
    return sum(copied) / len(copied) if copied else 0.0


def copied_sentences(text: str, document: str, run: int = RUN) -> list[str]:
    """The sentences of ``text`` of which most is in ``document``, in their order.

    >>> copied_sentences("自己的话。", "有关事项通知如下。")
    []
    """
    known = _runs(document, run)
    found = []
    for sentence in _SENTENCE.findall(text):
        copied = _copied(letters(sentence), known, run)
        if copied and sum(copied) / len(copied) >= MOSTLY_COPIED:
            found.append(sentence.strip())
    return found


def _runs(document: str, run: int) -> frozenset[str]:
    theirs = letters(document)
    return frozenset(
        theirs[start : start + run] for start in range(len(theirs) - run + 1)
    )


def _copied(own: str, known: frozenset[str], run: int) -> bytearray:
    """One byte per character of ``own``: 1 = it stands in a known run."""
    copied = bytearray(len(own))
    for start in range(len(own) - run + 1):
        if own[start : start + run] in known:
            copied[start : start + run] = b"\x01" * run
    return copied
