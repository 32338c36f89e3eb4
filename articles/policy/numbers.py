"""发文字号 and 索引号: how the numbers of official documents are written. Pure code."""

from __future__ import annotations

import re
import unicodedata

# Whatever brackets a clerk's keyboard has; 〔〕 is what GB/T 9704 prescribes.
_OPENING = "[【(（﹝「『［{<《〈"
_CLOSING = "]】)）﹞」』］}>》〉"
_BRACKETS = str.maketrans(dict.fromkeys(_OPENING, "〔") | dict.fromkeys(_CLOSING, "〕"))
# 〔2017〕47号, 国办发〔2017〕47号, 青司〔2026〕第3号: no leading zero, no 第.
_NUMBER = re.compile(
    r"(?P<issuer>[^\s〔〕\d]{0,30})〔(?P<year>(?:19|20)\d\d)〕第?0*(?P<serial>[1-9]\d{0,5})号"
)


def normal_document_number(text: str) -> str:
    """The number with tortoise-shell brackets, half-width digits and no spaces.

    >>> normal_document_number("青司发 [２０２６] 第03号")
    '青司发〔2026〕3号'

    Raises ``ValueError`` where the text is no document number.
    """
    tight = re.sub(r"\s+", "", text.translate(_BRACKETS))
    tight = unicodedata.normalize("NFKC", tight).translate(_BRACKETS)
    if not tight:
        return ""
    match = _NUMBER.fullmatch(tight)
    if match is None:
        raise ValueError(text)
    return f"{match['issuer']}〔{match['year']}〕{match['serial']}号"


def normal_index_number(text: str) -> str:
    """An index number without spaces, in half-width characters: imports keep theirs."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
