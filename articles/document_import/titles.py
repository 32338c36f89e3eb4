"""The title of a document, the lines that repeat it, and who interprets it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.document_import.lines import Line, Role, Sheet
from articles.document_import.parsed import Place
from articles.document_import.patterns import (
    DOCUMENT_WORDS,
    ENDS_AS_DOCUMENT,
    HAN,
    SPACE,
    UNIT,
    is_date_line,
    read_marker,
    without_space,
)

LONGEST_TITLE = 120
_TITLE_LINES = 4  # a long title is set in so many lines at most
# A title that runs into the first sentence: "…实施方案为深入贯彻落实…".
_RUN_IN = re.compile(
    rf"^(?P<page>\d{{1,3}}、)?(?P<title>[^。，,；;：:]{{4,70}}?(?:{DOCUMENT_WORDS}))"
    r"(?=为(?:了|深入|认真|贯彻|进一步|全面|切实|扎实|推动|加强|落实|做好|加快|规范))"
)
_INTERPRETER = re.compile(
    rf"^(?:解读人\s*[:：]\s*)?(?P<office>[{HAN}]{{2,24}}?(?:局|厅|部|委|办公室|政府|中心|所|院|处|科|会|司))"
    r"(?P<title>(?:党组书记、|党委书记、|党组成员、|党委委员、)?(?:常务)?副?"
    r"(?:局长|厅长|部长|主任|处长|科长|所长|院长|司长|县长|市长|区长|镇长|乡长|秘书长|站长|书记))"
    rf"[{SPACE}]+(?P<name>[{HAN}·]{{1,2}}[{SPACE}]?[{HAN}·]{{1,6}})$"
)
_ORIGINAL = re.compile(
    r"(?:方案|文件|政策|公文|通知|意见|办法)?(?:原文|文件)(?:网址|链接|地址|查看)?\s*[:：]\s*(?P<reference>\S+)$"
)
_RELATIVE = re.compile(r"^(?:\.{0,2}/|[\w-]+/)[\w./?=&%-]+$")


@dataclass(frozen=True, slots=True)
class Interpreter:
    name: str = ""
    title: str = ""
    office: str = ""


def find_title(sheet: Sheet, head: list[Line], known: str) -> str:
    """``known``: what a label, a tag or a forum's subject says. Repeats leave the text."""
    if known:
        _leave_out_repeats(sheet, head, known)
        _report_spaces(sheet, known)
        return known
    title = (
        _repeated_line(head) or _run_in_title(sheet) or _first_short_line(sheet, head)
    )
    if title:
        _leave_out_repeats(sheet, head, title)
    else:
        sheet.add("no_title", Place(0, ""))
    return title


def _leave_out_repeats(sheet: Sheet, head: list[Line], title: str) -> None:
    """The title again, in one line or set in several."""
    wanted = without_space(title)
    lines = [line for line in head if line.role == Role.BODY]
    index = 0
    while index < len(lines):
        size = _lines_of_title(lines[index:], wanted)
        for line in lines[index : index + size]:
            sheet.leave_out(line, "title_repeated")
        index += size or 1


def _lines_of_title(lines: list[Line], wanted: str) -> int:
    joined = ""
    for size, line in enumerate(lines[:_TITLE_LINES], start=1):
        joined += without_space(line.text)
        if joined == wanted:
            return size
        if not wanted.startswith(joined):
            return 0
    return 0


def _report_spaces(sheet: Sheet, title: str) -> None:
    """A space between two words of a slogan in quotation marks is meant."""
    outside = re.sub(r"“[^”]{0,40}”", "", title)
    if re.search(rf"[{HAN}][{SPACE}]+[{HAN}]", outside):
        sheet.add("title_space", Place(_line_of(sheet, title), title))


def _line_of(sheet: Sheet, text: str) -> int:
    return next((line.number for line in sheet.lines if text in line.raw), 0)


def _repeated_line(head: list[Line]) -> str:
    """What stands twice before the text is the title: above the fields and below."""
    seen: set[str] = set()
    for line in head:
        key = without_space(line.text)
        if line.role != Role.BODY or len(key) < 6:
            continue
        if key in seen:
            return line.text
        seen.add(key)
    return ""


def _run_in_title(sheet: Sheet) -> str:
    for line in sheet.body()[:1]:
        if match := _RUN_IN.match(line.text):
            sheet.add("title_guessed", Place(line.number, match["title"]))
            return match["title"].strip(SPACE)
    return ""


def _first_short_line(sheet: Sheet, head: list[Line]) -> str:
    """A heading of the markup, a line named like a document, else the first line."""
    lines = [
        line
        for line in head
        if line.role == Role.BODY
        and 2 <= len(line.text) <= LONGEST_TITLE
        and not line.text.endswith((":", "：", "。"))
        and not is_date_line(line.text)
        and read_marker(line.text) is None
    ]
    for wanted in (_is_marked, _is_named, lambda line: not UNIT.match(line.text)):
        for line in lines:
            if wanted(line):
                parts = _with_previous(line, lines)
                title = "".join(part.text for part in parts)
                sheet.add("title_guessed", Place(line.number, title))
                for part in parts:
                    part.role = Role.HEADER
                return title
    return ""


def _is_marked(line: Line) -> bool:
    return line.is_heading


def _is_named(line: Line) -> bool:
    return bool(ENDS_AS_DOCUMENT.search(line.text))


def _with_previous(line: Line, lines: list[Line]) -> list[Line]:
    """With the line before it where a title is set in two: "…局关于" / "…的通知"."""
    index = lines.index(line)
    before = lines[index - 1] if index else None
    if before and "关于" in before.text and not ENDS_AS_DOCUMENT.search(before.text):
        return [before, line]
    return [line]


def leave_out_issuer(sheet: Sheet, head: list[Line], issuer: str) -> None:
    """The name of the unit above the fields: the head of the site, not of the text."""
    labels = [index for index, line in enumerate(head) if line.role == Role.HEADER]
    for line in head[: labels[0]] if labels else []:
        if line.role == Role.BODY and issuer and without_space(line.text) == issuer:
            sheet.leave_out(line, "issuer_repeated")


def find_interpreter(head: list[Line], tail: list[Line]) -> Interpreter:
    """ "某某市司法局局长 李某某" on a line of its own."""
    for line in (*head, *tail):
        if line.role == Role.BODY and (match := _INTERPRETER.match(line.text)):
            line.role = Role.HEADER
            return Interpreter(match["name"], match["title"], match["office"])
    return Interpreter()


def find_original(sheet: Sheet, tail: list[Line]) -> str:
    """Where the text says that the interpreted document is."""
    for line in tail:
        if line.role == Role.BODY and (match := _ORIGINAL.search(line.text)):
            line.role = Role.HEADER
            reference = match["reference"]
            sheet.add(
                "original_link", Place(line.number, line.text), reference=reference
            )
            return reference
    return ""
