"""The lines of an HTML page: its text without what a browser does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.element import Comment, NavigableString, PreformattedString
from django.utils.translation import gettext as _

from articles.document_import.decoding import ImportRefusedError
from articles.document_import.labels import holds_labels
from articles.document_import.lines import Line, Sheet
from articles.document_import.parsed import Attachment, Place

_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "object",
    "iframe",
    "head",
)
_CHROME = ("nav", "header", "footer", "aside", "form", "button", "select", "menu")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|txt|csv)$", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANKS = re.compile(r"[ \t\r\n\x0b\x0c]+")
# A page of a document has some hundreds; what nests ten thousands deep is no document,
# and would keep the parser busy for minutes.
MOST_TAGS = 10_000
MOST_ENTITIES = 100_000
# A line break of the page, kept apart from those of its source.
_BREAK = "\ue000"


@dataclass(slots=True)
class Page:
    """What the markup holds besides lines of text."""

    sheet: Sheet
    is_markup: bool = False
    meta: dict[str, str] = field(default_factory=dict)  # ArticleTitle, PubDate …
    title: str = ""  # of the browser's window


def read_markup(text: str) -> Page:
    soup = _parse(text)
    page = Page(Sheet([]), True, _meta(soup), _title(soup))
    _leave_out_hidden(soup, page.sheet)
    _note_files(soup, page.sheet)
    for line_break in soup.find_all("br"):
        line_break.replace_with(_BREAK)
    page.sheet.lines += _lines(soup)
    return page


def _parse(text: str) -> BeautifulSoup:
    """With Python's own parser: of the three, the one that tells the lines."""
    if text.count("<") > MOST_TAGS or text.count("&") > MOST_ENTITIES:
        raise ImportRefusedError(_("网页太复杂，请复制文字存成 .txt 再导入。"))
    try:
        return BeautifulSoup(text, "html.parser")
    except ParserRejectedMarkup as error:
        raise ImportRefusedError(
            _("网页的代码有错，读不出来。请在浏览器里打开，复制文字存成 .txt 再导入。")
        ) from error


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name, content = (
            str(tag.get("name") or ""),
            str(tag.get("content") or "").strip(),
        )
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _title(soup: BeautifulSoup) -> str:
    return _BLANKS.sub(" ", soup.title.get_text()).strip() if soup.title else ""


def _leave_out_hidden(soup: BeautifulSoup, sheet: Sheet) -> None:
    for tag in soup.find_all(_NO_TEXT):
        tag.extract()
    places = []
    for tag in soup.find_all(_is_chrome):
        if tag.parent is None or tag.decomposed:
            continue  # went with the one around it
        if text := _BLANKS.sub(" ", tag.get_text(" ")).strip():
            places.append(Place(tag.sourceline or 0, text))
        tag.decompose()
    if places:
        sheet.add("hidden_text", *places)


def _is_chrome(tag: Tag) -> bool:
    # A form around the whole page is what some systems write; its text is the page.
    if tag.name == "form":
        return not tag.find(("p", "table", "article", "h1"))
    if tag.name in ("header", "aside"):
        return not tag.find(("h1", "p"))
    return (
        tag.name in _CHROME
        or tag.has_attr("hidden")
        or bool(_HIDDEN.search(str(tag.get("style") or "")))
    )


def _note_files(soup: BeautifulSoup, sheet: Sheet) -> None:
    for tag in soup.find_all("a", href=True):
        href = str(tag["href"]).strip()
        path = _path_of(href)
        if _FILE.search(path):
            name = _BLANKS.sub(" ", tag.get_text()).strip() or path.rpartition("/")[2]
            sheet.attachments.append(Attachment(name, href, tag.sourceline or 0))
    for tag in soup.find_all("img"):
        source = _path_of(str(tag.get("src") or ""))
        name = str(tag.get("alt") or "").strip() or source.rpartition("/")[2][:80]
        place = Place(tag.sourceline or 0, name)
        sheet.add("picture", place, name=name or "img")


def _path_of(href: str) -> str:
    try:
        return unquote(urlsplit(href).path)
    except ValueError:  # not an address at all
        return ""


def _lines(soup: BeautifulSoup) -> Iterator[Line]:
    """One line per paragraph, cell group or line break, with the line of the source."""
    block: Tag | None = None
    words: list[str] = []
    tables = _take_tables(soup)
    for node in soup.descendants:
        if isinstance(node, Tag):
            if id(node) in tables:
                yield from _flush(block, words)
                words, block = [], None
                yield from _table_lines(tables[id(node)])
            continue
        if not isinstance(node, NavigableString) or isinstance(
            node, Comment | PreformattedString
        ):
            continue
        owner = _owner(node)
        if owner is not block:
            yield from _flush(block, words)
            block, words = owner, []
        words.append(str(node))
    yield from _flush(block, words)


def _owner(node: NavigableString) -> Tag | None:
    for parent in node.parents:
        if parent.name in _BLOCKS:
            return parent
    return None


def _flush(block: Tag | None, words: list[str]) -> Iterator[Line]:
    start = (block.sourceline or 0) if block is not None else 0
    is_heading = block is not None and block.name in _HEADINGS
    for piece in "".join(words).split(_BREAK):
        raw = _BLANKS.sub(" ", piece)
        if raw.strip():
            yield Line(start, raw, is_heading=is_heading)


def _take_tables(soup: BeautifulSoup) -> dict[int, Tag]:
    """The tables without a table in them, each replaced by a mark that stands for it."""
    taken: dict[int, Tag] = {}
    for table in soup.find_all("table"):
        if table.find("table") is None:
            mark = soup.new_tag("div")
            table.replace_with(mark)
            taken[id(mark)] = table
    return taken


def _table_lines(table: Tag) -> Iterator[Line]:
    """A table of labels becomes lines of "label | value"; any other stays a table.

    A table of one column, or whose cells hold paragraphs, only places text on the page.
    """
    rows = [
        tuple(_cell_text(cell) for cell in row.find_all(("td", "th")))
        for row in table.find_all("tr")
    ]
    rows = [row for row in rows if any(row)]
    start = table.sourceline or 0
    joined = "\n".join(" | ".join(row) for row in rows)
    if not rows:
        text = _BLANKS.sub(" ", table.get_text(" ").replace(_BREAK, " "))
        if text.strip():
            yield Line(start, text)
    elif holds_labels([cell for row in rows for cell in row]):
        for tag, row in zip(_rows_with_text(table), rows, strict=True):
            yield Line(tag.sourceline or start, " | ".join(row))
    elif max(map(len, rows)) < 2 or any(
        len(cell) > 500 for row in rows for cell in row
    ):
        for tag in _rows_with_text(table):
            yield from _cell_lines(tag)
    else:
        yield Line(start, joined, rows=tuple(rows))


def _rows_with_text(table: Tag) -> list[Tag]:
    return [
        row
        for row in table.find_all("tr")
        if any(_cell_text(cell) for cell in row.find_all(("td", "th")))
    ]


def _cell_lines(row: Tag) -> Iterator[Line]:
    for cell in row.find_all(("td", "th")):
        pieces = cell.find_all(("p", "h1", "h2", "h3", "li")) or [cell]
        seen = "".join(piece.get_text() for piece in pieces)
        if len(_BLANKS.sub("", seen)) < len(_BLANKS.sub("", cell.get_text())):
            pieces = [cell]  # text beside the paragraphs must not get lost
        for piece in pieces:
            yield from _flush(piece, [piece.get_text()])


def _cell_text(cell: Tag) -> str:
    return _BLANKS.sub(" ", cell.get_text(" ").replace(_BREAK, " ")).strip()
