"""A saved page: its encoding, what it says of itself, and where its text is. Pure code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree, html
from lxml.etree import _Element as Element

from articles.page_import.selectors import to_xpath

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\ue000\ue001]")
_DATE = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\s?日)?"
    r"(?:[T\s]\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?)?"
)
# Where the systems behind government sites put the text of a page, commonest first.
KNOWN_PLACES = (
    ".TRS_Editor",
    ".trs_editor_view",
    "#UCAP-CONTENT",
    "#zoom",
    "#Zoom",
    ".zoom",
    "#js_content",
    "[id^=vsb_content]",
    ".v_news_content",
    ".pages_content",
    ".article-content",
    ".article_content",
    ".articleContent",
    ".article-body",
    ".news_content",
    ".news-content",
    ".newsContent",
    "#NewsContent",
    ".content_text",
    ".view.TRS_UEDITOR",
    "article",
    "main",
)
_KNOWN = tuple(etree.XPath(to_xpath(place)) for place in KNOWN_PLACES)
# Below this it is a frame with nothing in it, unless there is a picture.
_LEAST_TEXT = 10
CONTAINERS = frozenset({"div", "td", "section", "article", "main", "body", "center"})
SKIPPED = frozenset(
    "script style noscript template nav header footer aside form button input "
    "select textarea option head title meta link".split()
)


class UnreadableError(ValueError):
    """The bytes are no text in an encoding that Chinese pages have."""


@dataclass(slots=True)
class SavedPage:
    root: Element
    title: str
    meta: dict[str, str] = field(default_factory=dict)  # names in lower case


def decode(data: bytes) -> str:
    """The text of a page. What a page says of its encoding is often wrong; bytes that
    are valid UTF-8 hardly ever are anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError


def read_page(data: bytes) -> SavedPage | None:
    """None where the file holds no page. Raises ``UnreadableError``."""
    text = _CONTROL.sub("", decode(data))
    if "<" not in text:
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name, content)
    return SavedPage(root, _title(root, meta), meta)


def _title(root: Element, meta: dict[str, str]) -> str:
    if meta.get("articletitle"):
        return meta["articletitle"]
    for heading in root.iter("h1"):
        if text := " ".join(text_of(heading).split()):
            return text
    words = " ".join((root.findtext(".//title") or "").split())
    # 标题_青山县司法局, 标题 - 青山县司法局
    return re.split(r"\s*[_|–—]+\s*|\s+-+\s+", words)[0]


def read_moment(text: str) -> datetime | None:
    """A day, with a time where one is written; without a time zone.

    >>> read_moment("2018年3月1日 9:30")
    datetime.datetime(2018, 3, 1, 9, 30)
    >>> read_moment("20180301")
    """
    found = _DATE.search(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute)
    except ValueError:
        return None


def moment_of(value: datetime | date) -> datetime:
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    return datetime(value.year, value.month, value.day)


def text_of(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


# --- where the text is -------------------------------------------------------------------


def select(page: SavedPage, selector: str) -> Element | None:
    """The place that somebody named; the one with most text where it is there twice."""
    return _largest(page.root.xpath(to_xpath(selector)))


def find_main(page: SavedPage) -> Element | None:
    """The text without the frame around it: a place that we know, or the densest."""
    for path in _KNOWN:
        found = _largest(path(page.root))
        if found is not None:
            return found
    return _densest(page.root)


def _largest(found: Any) -> Element | None:
    filled = [element for element in found if _has_content(element)]
    return max(filled, key=lambda element: len(text_of(element)), default=None)


def _has_content(element: Element) -> bool:
    if element.find(".//img") is not None:
        return True
    return len("".join(text_of(element).split())) >= _LEAST_TEXT


def _densest(root: Element) -> Element | None:
    """The container whose own paragraphs hold most text outside links."""
    scores: dict[Element, float] = {}
    body = root.find("body")
    if body is None:
        return None
    stack: list[tuple[Element, Element, Element | None]] = [(body, body, None)]
    while stack:
        element, container, outer = stack.pop()
        length = len((element.text or "").strip())
        for child in element:
            length += len((child.tail or "").strip())
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                continue
            if child.tag == "a":
                continue
            if child.tag in CONTAINERS:
                stack.append((child, child, container))
            else:
                stack.append((child, container, outer))
        scores[container] = scores.get(container, 0) + length
        if outer is not None:
            scores[outer] = scores.get(outer, 0) + length / 3
    best = max(scores, key=lambda element: scores[element], default=None)
    return best if best is not None and _has_content(best) else None
