"""What the levels of service points and their services are called.

The words are data: those of ``words.yaml``, renamed or added to by a portal
(``home.models.DirectoryWords``). Pure code but for reading that file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

DEFAULT = "zh-hans"
FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Word:
    """One level or service. ``slug`` is what pages store; a portal's own word is
    stored by its Chinese name."""

    slug: str
    names: Mapping[str, str]
    tier: str = ""  # county | township | village; levels only
    is_own: bool = False  # added by the portal

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[DEFAULT]


Vocabulary = dict[str, Word]


@lru_cache(maxsize=1)
def default_words() -> Mapping[str, Vocabulary]:
    """The words of all portals: ``levels`` and ``services``, by slug and in order."""
    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        group: {
            row["slug"]: Word(
                row["slug"],
                {key: row[key] for key in row.keys() - {"slug", "tier"}},
                row.get("tier", ""),
            )
            for row in rows
        }
        for group, rows in stored.items()
    }


def vocabulary(group: str, own: Mapping[str, str]) -> Vocabulary:
    """The words of one portal; ``own``: what it wrote, by language.

    A line ``甲=乙`` calls 乙 what is called 甲 (in Chinese); a line without ``=`` adds a
    word, in the Chinese text only. Lines that ``word_problems`` complains of are left
    out.
    """
    words = dict(default_words()[group])
    slugs = {word.names[DEFAULT]: slug for slug, word in words.items()}
    for old, new in _lines(own.get(DEFAULT, "")):
        if not new and old not in slugs:
            words[old] = Word(old, {DEFAULT: old}, is_own=True)
            slugs[old] = old
    for language, text in own.items():
        for old, new in _lines(text):
            if new and old in slugs:
                word = words[slugs[old]]
                names = {**word.names, language: new}
                words[slugs[old]] = Word(word.slug, names, word.tier, word.is_own)
    return words


def word_problems(group: str, text: str, language: str, own: str) -> list[str]:
    """What is wrong with a portal's lines in one language; ``own``: its Chinese ones."""
    known = {word.names[DEFAULT] for word in default_words()[group].values()}
    added = {old for old, new in _lines(own) if not new}
    problems = []
    for old, new in _lines(text):
        if new and old not in known | added:
            problems.append(
                _("没有叫“%(name)s”的词，等号左边要写原来的叫法。") % {"name": old}
            )
        elif not new and language != DEFAULT:
            problems.append(
                _("“%(name)s”后面要写等号和这种语言的叫法。") % {"name": old}
            )
    return problems


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """(left, right) of every line; right is empty where there is no equals sign."""
    for line in text.splitlines():
        old, _sign, new = line.replace("＝", "=").partition("=")
        if old.strip():
            yield old.strip(), new.strip()
