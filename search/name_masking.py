"""Names of people in what readers type. Pure code.

``articles.cases.personal_names`` points names out to a clerk and keeps quiet when in
doubt; here a doubtful name is hidden. A name is what the tagger takes for one, what
follows 我叫 and the like, and a surname with one or two characters where somebody does
something to somebody (张三打我, 被李大壮骗了). Words of ``data/not_names.yaml`` are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import rjieba

from articles.cases.personal_names import (
    DOUBLE_SURNAMES,
    SURNAMES,
    WORDS_TOO,
    TaggedWord,
    find_full_names,
    looks_like_a_name,
    tagged_words,
)
from search.analysis import HAN
from search.folding import fold
from search.lexicon import read_entries, stop_words, synonyms

_SURE = "".join(sorted(SURNAMES - WORDS_TOO))
_DOUBLE = "|".join(DOUBLE_SURNAMES)
_DEED = (
    "打|骂|欠|骗|告|借|偷|抢|撞|砍|伤|杀|强奸|威胁|拖欠|不还|不给|不让|不肯|侵占|占|赖|霸占|"
    "举报|诽谤|咬|跑|赌|吸毒|家暴|出轨|酒驾|贪污|受贿|离婚|起诉|诉|拿|逼|挖|砸|卖"
)
_AFTER = "被把和跟与同告找给对向诉让借叫是欠替帮嫁娶"
_INTRODUCED = re.compile(
    rf"(?:我叫|我是|名叫|叫做|姓名是?|名字(?:叫|是)?|大名)[:\s]?(?P<name>[{HAN}]{{2,6}})"
)
_ACCUSED = re.compile(rf"(?<=[告跟找])(?P<name>[{_SURE}][{HAN}]{{1,2}})(?=$|[^{HAN}])")
_DOER = re.compile(
    rf"(?:^|(?<=[{_AFTER}])|(?<=[^{HAN}]))"
    rf"(?P<name>(?:{_DOUBLE}|[{_SURE}])[{HAN}]{{1,2}}?)(?={_DEED})"
)
_NAME_TAGS = frozenset({"nr", "ns", "nz", "nt"})
_GIVEN_TAGS = _NAME_TAGS | {"ng", "vg", "g"}
# Nobody's name begins with these, and a name ends before them.
_NOT_FIRST = "他她它你您我咱谁什啥不没怎哪这那人一农工老小村居业房租原被和与跟"
_END = re.compile("[的了吗呢吧啊在和与被把要想有说去来不没给是我你他她]")


def name_spans(folded: str) -> list[tuple[int, int]]:
    """Where names stand, from left to right, none inside another."""
    found = {
        *_introduced(folded),
        *_doers(folded),
        *_tagged(folded),
        *_found_by_role(folded),
    }
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    """我叫阿依古丽: whether its surname is common or not."""
    for match in _INTRODUCED.finditer(text):
        name = match["name"]
        end = _END.search(name, 1)
        name = name[: end.start()] if end else name
        if length := _name_at_start(name):
            yield match.start("name"), match.start("name") + length


def _name_at_start(text: str) -> int:
    """How long the name is with which a text begins; 0 for none."""
    if text[0] in _NOT_FIRST or _is_word(text):
        return 0
    (word, tag), *more = rjieba.tag(text)
    if len(word) > 1:
        is_name = tag == "nr" or looks_like_a_name(word)
        return len(word) if is_name and not _is_word(word) else 0
    # A rare name is cut into its characters.
    given = more[0][0] if more else ""
    return 1 + min(len(given), 2) if word in SURNAMES else 0


def _doers(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_DOER, _ACCUSED):
        for match in pattern.finditer(text):
            if not _is_word(match["name"]):
                yield match.span("name")


def _tagged(text: str) -> Iterator[tuple[int, int]]:
    tokens = list(tagged_words(text))
    for token in tokens:
        if token.tag == "nr" and _is_likely(token.text):
            yield token.start, token.end
        elif token.tag in _NAME_TAGS and len(token.text) == 3 and _is_sure(token.text):
            yield token.start, token.end
    for first, second in pairwise(tokens):
        if first.end == second.start and _is_cut_name(first, second):
            yield first.start, second.end


def _is_cut_name(first: TaggedWord, second: TaggedWord) -> bool:
    """王 and 桂花, 徐海 and 燕, 欧阳 and 建华: the tagger cuts rare names apart."""
    given, name = second.text, first.text + second.text
    if _is_word(name):
        return False
    if first.text in DOUBLE_SURNAMES:
        return second.tag in _NAME_TAGS and len(given) <= 2
    if len(first.text) == 1:
        is_surname = first.tag == "nr" and first.text not in WORDS_TOO
        is_given = second.tag == "nr" or (second.tag in _NAME_TAGS and len(given) == 2)
        if not (is_surname or is_given) or given in _everyday():
            return False
        return looks_like_a_name(name)
    is_given = second.tag in _GIVEN_TAGS and len(given) == 1
    return len(first.text) == 2 and is_given and _is_sure(name)


def _is_likely(word: str) -> bool:
    if _is_word(word) or not looks_like_a_name(word):
        return False
    return word[0] not in WORDS_TOO or len(word) > 2


def _is_sure(word: str) -> bool:
    return word[0] not in WORDS_TOO and _is_likely(word)


def _found_by_role(text: str) -> Iterator[tuple[int, int]]:
    for finding in find_full_names(text):
        if not _is_word(finding.name):
            for match in re.finditer(re.escape(finding.name), text):
                yield match.span()


def _is_word(text: str) -> bool:
    """马上 is no name, and 马上就 is none either."""
    return text in _everyday() or text[:2] in _not_names()


@cache
def _everyday() -> frozenset[str]:
    """Words that are no names, whatever the tagger says."""
    lay = synonyms()
    legal = {
        word
        for entries in lay.values()
        for entry in entries
        for phrase in entry.legal
        for word in phrase.split()
    }
    return frozenset({*_not_names(), *lay, *legal, *stop_words()})


@cache
def _not_names() -> frozenset[str]:
    entries = read_entries("not_names.yaml", ("words", "reason", "source"))
    return frozenset(fold(word) for entry in entries for word in entry["words"])
