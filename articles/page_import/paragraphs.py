"""Runs of text that become the HTML of a paragraph. Pure code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

_SPACES = re.compile(r"[\s\u00a0\u3000]+")
# A line end between two Chinese characters is of the source and no space.
_WRAP = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u3001-\u9fff\uff00-\uffef])"
)


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    is_bold: bool = False
    link: str = ""  # the opening tag


def tidy(text: str) -> str:
    return _SPACES.sub(" ", _WRAP.sub("", text))


def plain(runs: list[Run]) -> str:
    return tidy("".join(run.text for run in runs)).strip()


def is_all_bold(runs: list[Run]) -> bool:
    return bool(runs) and all(run.is_bold for run in runs if run.text.strip())


def to_html(runs: list[Run]) -> str:
    """``<b>`` and ``<a>`` only, nothing at the ends, one space where there were more.

    >>> to_html([Run(" 见"), Run("这里", True, '<a href="https://x.example/">')])
    '见<a href="https://x.example/"><b>这里</b></a>'
    """
    out = []
    for link, linked in groupby(_trimmed(runs), key=lambda run: run.link):
        inner = []
        for is_bold, same in groupby(linked, key=lambda run: run.is_bold):
            text = escape("".join(run.text for run in same), quote=False)
            inner.append(f"<b>{text}</b>" if is_bold and text.strip() else text)
        words = "".join(inner)
        out.append(f"{link}{words}</a>" if link and words.strip() else words)
    return "".join(out)


def _trimmed(runs: list[Run]) -> list[Run]:
    """With single spaces between words, across the borders of the runs as well."""
    kept: list[Run] = []
    ends_in_space = True
    for run in runs:
        text = tidy(run.text)
        if ends_in_space:
            text = text.lstrip(" ")
        if text:
            kept.append(Run(text, run.is_bold, run.link))
            ends_in_space = text.endswith(" ")
    while kept and not (text := kept[-1].text.rstrip(" ")):
        kept.pop()
    if kept:
        kept[-1] = Run(text, kept[-1].is_bold, kept[-1].link)
    return kept
