"""Slugs of statutes: pinyin of the title, stable and short.

中华人民共和国民法典 → ``minfadian``. Pure code: no model.
"""

from __future__ import annotations

import re
from collections.abc import Container

from pypinyin import Style, lazy_pinyin

from .names import COUNTRY

# The list of the statutes of one kind lives beside the statutes: /laws/in/falv/.
RESERVED = frozenset({"in", "page"})
LONGEST = 80
_MAKER = re.compile(
    r"(?:最高人民法院|最高人民检察院|国务院)(?:[、 ](?:最高人民检察院|公安部|司法部))*(?:关于)?"
)


def statute_slug(title: str, taken: Container[str] = ()) -> str:
    """A slug for ``title`` that is not in ``taken``."""
    short = _MAKER.sub("", title.replace(COUNTRY, ""), count=1) or title
    base = _pinyin(short) or _pinyin(title) or "statute"
    slug, count = base, 1
    while slug in taken or slug in RESERVED:
        count += 1
        slug = f"{base}-{count}"
    return slug


def _pinyin(text: str) -> str:
    """Syllables joined until the longest length; never half a syllable."""
    slug = ""
    for syllable in lazy_pinyin(text, style=Style.NORMAL, errors="default"):
        part = re.sub(r"[^a-z0-9]+", "", syllable.lower().replace("ü", "v"))
        if len(slug) + len(part) > LONGEST:
            break
        slug += part
    return slug
