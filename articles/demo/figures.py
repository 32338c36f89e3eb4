"""Figures in an answer: periods, ages, multiples, amounts. Pure code.

Whoever reads "1年" in an answer may lose a claim over it, so each figure is listed in
its file beside the provision that it comes from, and tests hold the texts to the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.html import strip_tags

from articles.demo.sources import Row, strings_of
from statutes.citations import find_citations
from statutes.names import NameIndex

NUMBER = r"(?:\d[\d,，.]*|[零〇一二两三四五六七八九十百千万亿]+)"
# Not 次, 户, 人: 一次, 一户, 两人 are ways of speaking.
UNIT = r"(?:年|个月|日|天|个?小时|万?元|倍|周?岁|亩|平方米|[％%])"
FIGURE = re.compile(
    rf"(?<![第\d]){NUMBER}\s?{UNIT}|百分之{NUMBER}|{NUMBER}分之{NUMBER}"
)
ANSWER_KEYS = ("answer", "explanation", "whom", "bring", "time_limit", "cost")


def texts_of(row: Row, keys: Iterable[str]) -> Iterator[str]:
    """What a page says under these keys, block by block, without markup."""
    for key in keys:
        for text in strings_of(row.get(key)):
            yield str(strip_tags(text))


def unlisted_figures(
    row: Row, names: NameIndex, keys: Iterable[str] = ANSWER_KEYS
) -> list[str]:
    """Figures under these keys that stand in no entry of ``figures``, with their place."""
    stated = [entry["stated_as"] for entry in row["figures"]]
    found = []
    for text in texts_of(row, keys):
        covered = [(m.start, m.end) for m in find_citations(text, names)]
        for words in stated:
            covered += [
                (m.start(), m.end()) for m in re.finditer(re.escape(words), text)
            ]
        found += [
            text[max(0, match.start() - 10) : match.end() + 5]
            for match in FIGURE.finditer(text)
            if not any(start <= match.start() < end for start, end in covered)
        ]
    return found


def is_in_law(entry: Row, provisions: list[str]) -> bool:
    """Whether what the entry quotes occurs in one of the provisions."""
    wanted = _without_space(entry["in_law"])
    return any(wanted in _without_space(text) for text in provisions)


def _without_space(text: str) -> str:
    return re.sub(r"\s", "", text)
