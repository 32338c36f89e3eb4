"""What search knows of single laws: in which words people ask, and how likely a law is.

A provision speaks another language than the one who needs it. ``data/wordings/`` holds,
for the provisions that answer ordinary people, the words in which they tell their
story; they are indexed with the provision and never shown. ``data/statute_priors.yaml``
says how much of what people ask a statute decides. Both are written for this project
and learnt from no question file.

A change to either needs ``manage.py search_index rebuild``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from home.indexing import IndexEntry
from search.lexicon import DATA_DIR, LexiconError, read_data, read_entries
from search.ranking import ranking
from statutes.indexing import statute_entries
from statutes.models import Status, Statute
from statutes.names import without_country

WORDINGS_DIR = DATA_DIR / "wordings"
PRIORS_FILE = "statute_priors.yaml"
# What a title may have or lack in the two places where it is written.
_UNIMPORTANT = re.compile(r"最高人民法院|最高人民检察院|中华人民共和国|[《》〈〉、\s]")

ProvisionNumber = tuple[int, int]  # 17-1 is (17, 1)


@dataclass(frozen=True, slots=True)
class LawWording:
    """In which words people ask for these provisions of one statute."""

    statute: str  # full title
    provisions: tuple[ProvisionNumber, ...]
    words: tuple[str, ...]


def law_entries(statute: Statute) -> Iterator[IndexEntry]:
    """The entries of a statute with what search adds to them."""
    asked_as = wordings_of(statute.title)
    factor = 1.0 + ranking().statutes.weight * prior(statute)
    for entry in statute_entries(statute):
        if entry.kind != "provision":
            yield entry
            continue
        words = asked_as.get((entry.number, entry.suffix), ())
        yield replace(entry, asked_as=words, boost=entry.boost * factor)


def prior(statute: Statute) -> float:
    """How likely a provision of this statute is the answer, from -1 to 1."""
    known = _priors().get(title_key(statute.title), 0.0)
    versions = statute.versions.filter(is_current=True, status=Status.REPEALED)
    return min(known, ranking().statutes.repealed) if versions.exists() else known


def wordings_of(title: str) -> dict[ProvisionNumber, tuple[str, ...]]:
    """The words for each provision of a statute."""
    return _wordings().get(title_key(title), {})


def title_key(title: str) -> str:
    """What two ways to write the title of one statute share.

    >>> title_key("最高人民法院关于适用《中华人民共和国民法典》总则编若干问题的解释")
    '关于适用民法典总则编若干问题的解释'
    """
    return _UNIMPORTANT.sub("", without_country(title))


def read_wordings(path: Path) -> Iterator[LawWording]:
    """The entries of one file; raises ``LexiconError`` with the place of a fault."""
    data = read_data(path)
    for place, entry in enumerate(data["entries"], start=1):
        missing = [k for k in ("provisions", "reason", "words") if not entry.get(k)]
        if missing:
            raise LexiconError(f"{path.name}, entry {place}: {', '.join(missing)}")
        yield LawWording(
            statute=data["statute"],
            provisions=tuple(_number(str(text)) for text in entry["provisions"]),
            words=tuple(str(word) for word in entry["words"]),
        )


@cache
def _wordings() -> dict[str, dict[ProvisionNumber, tuple[str, ...]]]:
    found: dict[str, dict[ProvisionNumber, tuple[str, ...]]] = {}
    for path in sorted(WORDINGS_DIR.glob("*.yaml")):
        for wording in read_wordings(path):
            of_statute = found.setdefault(title_key(wording.statute), {})
            for number in wording.provisions:
                before = of_statute.get(number, ())
                of_statute[number] = tuple(dict.fromkeys((*before, *wording.words)))
    return found


@cache
def _priors() -> dict[str, float]:
    found: dict[str, float] = {}
    for entry in read_entries(PRIORS_FILE, ("statutes", "prior", "reason")):
        for title in entry["statutes"]:
            if title in found:
                raise LexiconError(f"{PRIORS_FILE}: {title} stands there twice")
            found[title_key(title)] = float(entry["prior"])
    return found


def _number(text: str) -> ProvisionNumber:
    number, _separator, suffix = text.partition("-")
    return int(number), int(suffix or 0)
