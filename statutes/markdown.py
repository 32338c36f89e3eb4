"""Parser of the law Markdown (docs/statutes.md): text in, plain data out.

Reads one file at a time; ``versions.merge_books`` joins a statute that comes as one file
per book. Errors name file and line. Pure code: no model.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import PurePosixPath

from . import dates
from .numerals import CHINESE_CHARACTERS, parse_number
from .outline import Outline
from .parsed import Event, MarkdownError, ParsedStatute

END_OF_HEAD = "<!-- INFO END -->"
_TABLE_START, _TABLE_END = "<!-- TABLE -->", "<!-- TABLE END -->"
_NOTE = re.compile(r"<!-- NOTE (.+?) -->")
_COMMENT = re.compile(r"<!--.*?-->")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))
_HEADING = re.compile(r"(#{1,6})[\s　]*(.*)")
_NUMERAL = rf"[{CHINESE_CHARACTERS}]+"
# Column 1, 第…条 or 第…条之一, then a space. Three files slip: 第五十四 条…, 笫…条.
_PROVISION = re.compile(
    rf"[第笫](?P<number>{_NUMERAL})条(?:之(?P<suffix>{_NUMERAL}))?(?:[ 　\u2002]+|$)"
)
_SLIPPED = re.compile(rf"[第笫](?P<number>{_NUMERAL})[ 　]条")
# A file that puts a whole chapter into one paragraph: … 。 第二条 …
_INLINE = re.compile(rf"(?<=[。）]) (?=第({_NUMERAL})条 )")
_ANNEX = re.compile(
    rf"附(?:(?:件|表|录|图)?[{CHINESE_CHARACTERS}\d]*[ 　]*(?:[：:].{{0,80}})?$"
    rf"|(?:件|表|录|图)[{CHINESE_CHARACTERS}\d]*[ 　]\S.{{0,200}}$)"
)
_CONSTITUTION = "宪法"
_FILE_DATE = re.compile(r"[（(](\d{4}-\d{2}-\d{2})[）)]\.md$")

# The folder says what a text is.
CATEGORIES = {
    "宪法": "constitution",
    "行政法规": "administrative",
    "监察法规": "supervisory",
    "司法解释": "interpretation",
    "地方性法规": "local",
    "规章": "rule",
}
BRANCHES = (
    "刑法 宪法相关法 民法典 民法商法 社会法 经济法 行政法 诉讼与非诉讼程序法"
).split()


def parse_statute(source: bytes | str, path: str) -> ParsedStatute:
    """Read one file; raises :class:`MarkdownError`."""
    data = source.encode() if isinstance(source, str) else source
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MarkdownError(path, line, "not UTF-8 text") from error
    lines = text.replace("\r\n", "\n").split("\n")
    title, book, events, start = _read_head(lines, path)
    note = _NOTE.search("\n".join(lines[:start]))
    outline = Outline(path)
    _read_body(lines, start, outline, path)
    root = outline.finish()
    folder = _folder(path)
    statute = ParsedStatute(
        title=title,
        book=book,
        category=_category(folder, title, events),
        branch=folder if folder in BRANCHES else "",
        issuer=dates.read_issuer(events) or _issuer_of(folder, title),
        events=events,
        root=root,
        paths=(path,),
        sha256=hashlib.sha256(data).hexdigest(),
        note=note[1] if note else "",
        warnings=outline.warnings,
    )
    _set_dates(statute)
    if not statute.provisions and not any(part.text for part in root.walk()):
        raise MarkdownError(path, start, "no text after the head")
    return statute


def _folder(path: str) -> str:
    known = (*CATEGORIES, *BRANCHES)
    for part in reversed(PurePosixPath(path).parts[:-1]):
        if part in known:
            return part
    return ""


def _category(folder: str, title: str, events: list[Event]) -> str:
    if folder in CATEGORIES:
        return CATEGORIES[folder]
    if folder:
        return "law"
    head = " ".join(event.text for event in events[:2])
    if title.startswith(("最高人民法院", "最高人民检察院")):
        return "interpretation"
    if "全国人民代表大会" in head:
        return "constitution" if title.endswith(_CONSTITUTION) else "law"
    if "国务院" in head:
        return "administrative"
    return "local" if "人民代表大会" in head else "rule"


def _issuer_of(folder: str, title: str) -> str:
    """What folder and title say of a text whose head names nobody."""
    if folder == "行政法规":
        return "国务院"
    match = re.match(r"最高人民法院(?:[、 ]最高人民检察院)?|最高人民检察院", title)
    return match[0].replace(" ", "、") if match and folder == "司法解释" else ""


def _read_head(lines: list[str], path: str) -> tuple[str, str, list[Event], int]:
    """Title, book, events, and the index of the first line of the body."""
    match = _HEADING.fullmatch(lines[0].translate(_ZERO_WIDTH).rstrip(" 　"))
    if match is None or len(match[1]) != 1 or not match[2]:
        raise MarkdownError(path, 1, "line 1 must be “# ” and the title")
    title, book = _clean_title(match[2]), ""
    events: list[Event] = []
    for index, line in enumerate(lines[1:], start=1):
        stripped = line.translate(_ZERO_WIDTH).strip(" 　\u2002\t")
        if stripped == END_OF_HEAD:
            return title, book, _join_events(events), index + 1
        heading = _HEADING.fullmatch(stripped)
        if heading is not None and len(heading[1]) == 1 and not book:
            book = _clean_title(heading[2])
        elif heading is not None:
            raise MarkdownError(path, index + 1, f"a heading before “{END_OF_HEAD}”")
        elif stripped and not _NOTE.fullmatch(stripped):
            events.append(dates.read_event(stripped))
    raise MarkdownError(path, len(lines), f"“{END_OF_HEAD}” is missing")


def _clean_title(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip(" 　"))


def _join_events(events: list[Event]) -> list[Event]:
    """Lines without a date go on from the one before (long titles are cut there)."""
    joined: list[Event] = []
    for event in events:
        if event.date is None and joined and joined[-1].date is not None:
            last = joined[-1]
            joined[-1] = Event(last.date, last.text + event.text)
        else:
            joined.append(event)
    return joined


def _read_body(lines: list[str], start: int, outline: Outline, path: str) -> None:
    table_line = 0
    for index in range(start, len(lines)):
        line = lines[index].translate(_ZERO_WIDTH).rstrip(" 　\u2002\t\r")
        if not line:
            continue
        if line == _TABLE_START:
            table_line = index + 1
        elif line == _TABLE_END:
            table_line = 0
        elif (line := _COMMENT.sub("", line).rstrip()) != "":
            _read_line(line, index + 1, outline, is_table=bool(table_line))
    if table_line:
        raise MarkdownError(path, table_line, "a table without “TABLE END”")


def _read_line(line: str, number: int, outline: Outline, *, is_table: bool) -> None:
    if is_table:
        outline.add_text(line)
        return
    heading = _HEADING.fullmatch(line) if line.startswith("#") else None
    if heading is not None:
        if heading[2]:
            outline.add_heading(len(heading[1]), heading[2], number)
        return
    for part in _split_inline(line, outline):
        match = _PROVISION.match(part)
        slip = _SLIPPED.match(part)
        if match is not None:
            label = (match["number"], match["suffix"] or "")
            outline.add_provision(label, part[match.end() :].strip(), number)
        elif slip and parse_number(slip["number"]) == outline.last_number + 1:
            text = part[slip.end() :].strip()
            outline.add_provision((slip["number"], ""), text, number)
        elif _ANNEX.fullmatch(part) and outline.last_number:
            outline.add_annex(part, number)
        else:
            outline.add_text(part.strip())


def _split_inline(line: str, outline: Outline) -> list[str]:
    """Provisions that follow one another inside one line, if they count up."""
    if not line.startswith("第") or not _INLINE.search(line):
        return [line]
    parts: list[str] = []
    begin, expected = 0, None
    first = _PROVISION.match(line)
    expected = parse_number(first["number"]) if first else None
    for cut in _INLINE.finditer(line):
        if expected is None or parse_number(cut[1]) != expected + 1:
            continue
        expected += 1
        parts.append(line[begin : cut.start()])
        begin = cut.end()
    return [*parts, line[begin:]]


def _set_dates(statute: ParsedStatute) -> None:
    events = statute.events
    statute.promulgated_on = dates.promulgated_on(events)
    statute.amended_on = dates.amended_on(events)
    provisions = statute.provisions
    last = provisions[-1].text if provisions else ""
    last += "\n".join(line for part in statute.root.walk() for line in part.text[-3:])
    statute.effective_on = dates.effective_on(events, last, statute.promulgated_on)
    statute.version_on = dates.latest_on(events)
    named = _FILE_DATE.search(statute.paths[0])
    if named is None:
        return
    in_name = date.fromisoformat(named[1])
    known = statute.version_on
    statute.promulgated_on = statute.promulgated_on or in_name
    # Where the head stops years before the date in the name, it is the older text's.
    if known is None or (in_name - known).days > 120:
        statute.version_on = in_name
        if known is not None:
            statute.amended_on = in_name
