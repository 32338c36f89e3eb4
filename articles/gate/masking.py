"""Which words of a text are the page's own. Pure code.

What stands in quotation marks is said by others, and a title in 书名号 is a name: no rule
of wording may object to either. A paragraph that begins with 第…条 is the law's. What is
left out keeps its length, so that positions stay true.
"""

from __future__ import annotations

import re

FILLER = "█"
_TITLE = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》|〈[^〈〉\n]*〉")
_QUOTED = re.compile(r"“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|‘[^‘’\n]*’")
_PROVISION = re.compile(r"^[ 　]*第[一二三四五六七八九十百千零〇]+条[ 　][^\n]*$", re.M)
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"\u3000-\u9fff]+")


def own_words(text: str) -> str:
    """Without quotations, titles, quoted provisions and addresses."""
    return _QUOTED.sub(_inside, marked_words(text))


def marked_words(text: str) -> str:
    """Without titles, quoted provisions and addresses, but with what is in quotation
    marks: for rules about names that are written in such marks."""
    text = _WEB_ADDRESS.sub(_whole, text)
    text = _PROVISION.sub(_whole, text)
    return _TITLE.sub(_inside, text)


def unquoted(text: str) -> str:
    """Without what stands in quotation marks; titles stay."""
    return _QUOTED.sub(_inside, text)


def _inside(match: re.Match[str]) -> str:
    words = match[0]
    return words[0] + FILLER * (len(words) - 2) + words[-1]


def _whole(match: re.Match[str]) -> str:
    return FILLER * len(match[0])
