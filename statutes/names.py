"""Names of statutes as data: full titles, short names, and how to look one up.

Pure code: no model. ``statutes.register`` and ``statutes.naming`` fill the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

COUNTRY = "中华人民共和国"
_COURTS = (
    "最高人民法院、最高人民检察院、公安部、司法部",
    "最高人民法院、最高人民检察院、公安部",
    "最高人民法院、最高人民检察院",
    "最高人民法院",
    "最高人民检察院",
    "国务院",
)
# Signs that differ between hands and fonts, one character for one character, so
# that a place in the folded text is the same place in the text.
_FOLDED = {
    "(": "（",
    ")": "）",
    "﹝": "（",
    "﹞": "）",
    "〔": "（",
    "〕": "）",
    "<": "〈",
    ">": "〉",
    "＜": "〈",
    "＞": "〉",
    "«": "《",
    "»": "》",
    "○": "〇",
    "　": " ",
    "\u2002": " ",
    "\u00a0": " ",
}
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
_SPACE = re.compile(r"\s+")
_TITLE_MARKS = re.compile(r"[《》〈〉]")
_TRIAL = re.compile(r"（试行）$")
# 《刑法》（2020修正）, 《公司法（2023年修订）》: an edition, not part of the name.
EDITION = re.compile(
    r"（(?P<year>\d{4})年?(?:第[一二三四五六七八九十]+次)?"
    r"(?:修正|修订|修改|公布|制定|施行|版)?(?:文本|本|版)?）"
)


def fold(text: str) -> str:
    """``text`` with look-alike signs made one, every character in its place."""
    return _FOLDABLE.sub(lambda sign: _FOLDED[sign[0]], text)


def name_key(name: str) -> str:
    """The form under which a name is stored: folded, without spaces, inner marks."""
    return _TITLE_MARKS.sub("", _SPACE.sub("", fold(name)))


def without_country(title: str) -> str:
    """``title`` without 中华人民共和国 wherever it stands.

    >>> without_country(
    ...     "最高人民法院关于适用《中华人民共和国民法典》继承编的解释（一）"
    ... )
    '最高人民法院关于适用《民法典》继承编的解释（一）'
    """
    shorter = title.replace(COUNTRY, "")
    return shorter or title


def derived_names(title: str) -> Iterator[str]:
    """Other names that follow from a title by rule, best known first."""
    short = without_country(title)
    if short != title:
        yield short
    if " " in title:  # 最高人民法院 最高人民检察院, as some files have it
        yield short.replace(" ", "、")
    for court in _COURTS:
        if short.startswith(court + "关于"):
            yield short.removeprefix(court)
            break
    for name in (title, short):
        trimmed = _TRIAL.sub("", name)
        if trimmed != name:
            yield trimmed


class NameIndex:
    """From any known name of a statute to its slug.

    A name that two statutes claim is left out unless it is the full title of one of
    them: a link to the wrong law is worse than none.
    """

    def __init__(
        self,
        titles: Mapping[str, str],
        aliases: Iterable[tuple[str, str]] = (),
        marked: Iterable[str] = (),
    ) -> None:
        """``titles``: slug by full title; ``aliases``: pairs of name and slug.

        ``marked``: names that count in 书名号 and in queries only, because a longer
        name of another law may end in them.
        """
        self._slugs = {name_key(title): slug for title, slug in titles.items()}
        self._titles = {slug: title for title, slug in titles.items()}
        claims: dict[str, set[str]] = {}
        for title, slug in titles.items():
            for name in derived_names(title):
                claims.setdefault(name_key(name), set()).add(slug)
        explicit: dict[str, set[str]] = {}
        for name, slug in aliases:
            explicit.setdefault(name_key(name), set()).add(slug)
        # What somebody entered as an alias outweighs what a rule derives.
        for group in (explicit, claims):
            for key, slugs in group.items():
                if len(slugs) == 1:
                    self._slugs.setdefault(key, next(iter(slugs)))
        self._marked = {name_key(name) for name in marked}
        self.longest = max((len(key) for key in self._slugs), default=0)
        # The lengths of the names that count without marks, by their last character.
        self._endings: dict[str, list[int]] = {}
        for name in sorted(self._slugs, key=len, reverse=True):
            lengths = self._endings.setdefault(name[-1:], [])
            if name not in self._marked and len(name) not in (1, *lengths[-1:]):
                lengths.append(len(name))
        self._slug_of = lru_cache(maxsize=10_000)(self._find_slug)

    def __len__(self) -> int:
        return len(self._slugs)

    def digest(self) -> tuple[object, ...]:
        """What the answers of the index follow from, always in the same order."""
        return (
            sorted(self._slugs.items()),
            sorted(self._titles.items()),
            sorted(self._marked),
        )

    def __contains__(self, name: str) -> bool:
        return self.slug(name) is not None

    def slug(self, name: str) -> str | None:
        """The slug of the statute called ``name``, with or without an edition."""
        return self._slug_of(name)

    def _find_slug(self, name: str) -> str | None:
        key = name_key(name)
        found = self._slugs.get(key)
        if found is None:
            found = self._slugs.get(EDITION.sub("", key))
        return found

    def title(self, slug: str) -> str:
        """The full title, or ``""`` for an unknown slug."""
        return self._titles.get(slug, "")

    def name_ending(self, folded: str, end: int, start: int = 0) -> int | None:
        """Where the longest known name begins that ends at ``end``, or None.

        ``folded`` must come from :func:`fold`; nothing before ``start`` is looked at.
        """
        if end <= 0:
            return None
        for length in self._endings.get(folded[end - 1], ()):
            begin = end - length
            name = folded[begin:end] if begin >= start else ""
            if name in self._slugs and name not in self._marked:
                return begin
        return None

    def name_starting(self, folded: str, start: int = 0) -> int | None:
        """Where the longest known name ends that begins at ``start``, or None."""
        highest = min(len(folded), start + self.longest)
        for end in range(highest, start + 1, -1):
            if folded[start:end] in self._slugs:
                return end
        return None
