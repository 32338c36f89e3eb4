"""How Chinese is read aloud, and what a typed row of letters may stand for.

Readings are without tones, ``v`` for ü, as an input method takes them. A word is read as
the dictionary of pypinyin reads it (银行 yinhang, 行人 xingren), so texts are cut first.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from search.analysis import runs, segmenter

# Sounds that many speakers do not tell apart, in the order in which they are folded.
# Source: the usual "fuzzy sounds" of Chinese input methods.
_ALIKE_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h"))
_ALIKE_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_DOUBLE_INITIALS = ("zh", "ch", "sh")
_LONGEST = 6  # letters of a syllable: zhuang
MOST_CUTS = 8
# Where a character stands alone, pypinyin says its commonest reading of all; here the
# one that carries a subject: 不还 (not to pay back) and not 还有 (moreover).
_ALONE = {"还": "huan", "地": "di", "得": "de", "长": "zhang"}


def readings(folded: str) -> tuple[str, ...]:
    """One syllable for each Chinese character; every other character is itself."""
    found = list(folded)
    for run in runs(folded):
        if run.is_han:
            place = run.start
            for word in segmenter().cut(run.text):
                found[place : place + len(word)] = _word_readings(word)
                place += len(word)
    return tuple(found)


@lru_cache(maxsize=32_768)
def _word_readings(word: str) -> tuple[str, ...]:
    if word in _ALONE:
        return (_ALONE[word],)
    whole = lazy_pinyin(word)
    if len(whole) != len(word):
        whole = [reading for character in word for reading in lazy_pinyin(character)]
    return tuple(whole)


@lru_cache(maxsize=4096)
def sound(syllable: str) -> str:
    """The same for syllables that sound alike to many speakers.

    >>> sound("zhang") == sound("zan"), sound("lan") == sound("nan")
    (True, True)
    """
    for double, single in _ALIKE_BEGINNINGS:
        if syllable.startswith(double):
            syllable = single + syllable.removeprefix(double)
            break
    for double, single in _ALIKE_ENDINGS:
        if syllable.endswith(double):
            return syllable.removesuffix(double) + single
    return syllable


@cache
def all_syllables() -> frozenset[str]:
    """Every syllable of the language: the readings of the 3,755 commonest characters."""
    rows = (
        bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)
    )
    common = "".join(row.decode("gb2312", errors="ignore") for row in rows)
    return frozenset(lazy_pinyin(list(common))) | {"nv", "lv", "nve", "lve"}


def cut_syllables(letters: str) -> list[tuple[str, ...]]:
    """The ways to read letters as whole syllables, fewest syllables first.

    >>> cut_syllables("xian")
    [('xian',), ('xi', 'an')]
    """
    # From the end, the best of each place kept: the ways double with every 西安.
    ways: list[list[tuple[str, ...]]] = [[] for _place in letters] + [[()]]
    for place in range(len(letters) - 1, -1, -1):
        found = [
            (letters[place:end], *rest)
            for end in range(place + 1, min(place + _LONGEST, len(letters)) + 1)
            if letters[place:end] in all_syllables()
            for rest in ways[end]
        ]
        ways[place] = sorted(found, key=len)[:MOST_CUTS]
    return ways[0]


def first_initials(typed: str, depth: int = 3) -> set[str]:
    """How the first characters of what is meant may begin.

    ``typed`` mixes characters (their own reading counts), whole syllables and initials.

    >>> sorted(first_initials("qianx"))
    ['q', 'qa', 'qn', 'qx']
    """
    found: set[str] = set()
    _add_initials(typed, "", depth, found)
    return found


def _add_initials(rest: str, initials: str, depth: int, found: set[str]) -> None:
    if not rest or depth == 0:
        found.add(initials)
        return
    if not rest[0].isascii():
        first = readings(rest[0])[0][0]
        _add_initials(rest[1:], initials + first, depth - 1, found)
        return
    if not rest[0].isalpha():
        _add_initials(rest[1:], initials + rest[0], depth - 1, found)
        return
    if rest[0] in "iuv":  # no syllable begins so
        return
    for length in {1, *(2 for double in _DOUBLE_INITIALS if rest.startswith(double))}:
        _add_initials(rest[length:], initials + rest[0], depth - 1, found)
    for length in range(2, min(_LONGEST, len(rest)) + 1):
        if rest[:length] in all_syllables():
            _add_initials(rest[length:], initials + rest[0], depth - 1, found)
    if len(rest) <= _LONGEST and any(one.startswith(rest) for one in all_syllables()):
        found.add(initials + rest[0])  # a syllable that is not typed to its end
