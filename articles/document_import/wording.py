"""What is wrong with the text itself: lost characters, broken words, odd marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from articles.document_import.lines import Sheet
from articles.document_import.outline import Piece
from articles.document_import.parsed import Place
from articles.document_import.patterns import HAN, SPACE, ends_sentence, excerpt

_DIGIT = "一二三四五六七八九十"
# Party congresses and plenary sessions have a number; where it is missing, a converter
# or a filter has eaten it. 中央全会 and 党的十大 as history are rare in what a county
# publishes, and a wrong name of a meeting is the gravest fault of a page.
_LOST = (
    re.compile(
        rf"(?:(?<![{_DIGIT}届央])|(?<=十)|(?<=届))中(?:全会|(?=、[{_DIGIT}]?中(?:、|全会)))"
    ),
    re.compile(
        r"(?:党|中共|中国共产党)的?(?:第?十?大)(?=精神|报告|以来|和|及|、|，|,|会议)"
    ),
    re.compile(r"(?<=和)(?:十?届)(?=[一二三四五六七]?中)"),
    re.compile(r"(?<![一二三四五六七八九])十(?=中、|中全会)"),
    re.compile(r"党书记(?=任|、|为|是|，|,|担任)"),
    re.compile(r"(?<![健完安齐周保双成])全(?=特别是|尤其是)"),
    re.compile(
        rf"\d{{4}}年[{SPACE}]*月|\d{{1,2}}月[{SPACE}]*日(?![常报期程])|(?<!\d)年月日"
    ),
    re.compile(r"第(?:条|款|届|次|号|章)(?=[，。、；规的会中])"),
    re.compile(r"〔[\s〕]|〔\d{0,3}〕|〔\d{4}〕[\s]*号"),
    re.compile(r"《[\s]*》|“[\s]*”|[（(][\s]*[）)]"),
    re.compile(r"新时代中国特色(?:主义|社会思想)|习近平时代中国"),
)
_SAME_GAP = 8  # characters between two matches that are still one gap
# 全 with the word for the area gone: 全扶贫开发 for 全区扶贫开发. Too many good words begin
# with 全, so it is looked for only where the same text has lost characters elsewhere.
_LOST_AREA = re.compile(
    rf"(?<![健完安齐周保双成万十俱大最顾])全(?=[{HAN}])"
    r"(?![面体国省市县区镇乡村州部程力员民社党军系局厅院所校年覆过方业时新盘文景链周流天领行球世额"
    r"职家心盟旗师团媒要口场生域网科辖境地自日权能貌会称速套集勤然都靠由在为是])"
)
_REPLACED = re.compile(
    rf"[\ufffd□■]|(?<=[{HAN}])\?{{1,}}(?=[{HAN}])|锟斤拷|烫烫烫|[\ue000-\uf8ff]"
)
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[xX×＊*]{2,}(?=[省市县区镇乡村局厅委年月日号]|[^A-Za-z\s])|(?:19|20)[xX×]{2}(?![A-Za-z])"
)
_SPACE_INSIDE = re.compile(
    rf"(?<=[{HAN}，、。；：,;）)”》])[{SPACE}]+(?=[{HAN}（(“《])"
)
_QUOTED = re.compile(r"“[^”]{0,40}”|《[^》]{0,60}》")
_STRAY = re.compile(
    r"[-—_][，,。；;、）)]|[，,、；;]{2,}|。{2}(?!。)|[，,、][。；;]|。[，、；]"
)
_PAIRS = {"”": "“", "》": "《", "）": "（", ")": "(", "〕": "〔", "】": "【"}
_OPENERS = set(_PAIRS.values())
_SIMILAR = {"(": "（", "（": "("}

Find = Callable[[str], Iterable[re.Match[str]]]


def check_wording(sheet: Sheet, pieces: list[Piece], title: str) -> None:
    texts = [(piece.own, piece.line) for piece in pieces]
    headed = [(title, _line_of(sheet, title)), *texts] if title else texts
    if _report(sheet, "lost_characters", headed, _lost):
        _report(sheet, "lost_area", headed, _LOST_AREA.finditer)
    _report(sheet, "replaced_characters", headed, _REPLACED.finditer)
    _report(sheet, "placeholder", headed, _PLACEHOLDER.finditer)
    _report(sheet, "broken_words", texts, _spaces)
    _report(sheet, "stray_mark", texts, _STRAY.finditer)
    _report_pairs(sheet, pieces)
    _report_ends(sheet, pieces)


def _line_of(sheet: Sheet, text: str) -> int:
    return next((line.number for line in sheet.lines if text in line.raw), 0)


def _report(sheet: Sheet, code: str, texts: list[tuple[str, int]], find: Find) -> bool:
    places = []
    for text, line in texts:
        places += [Place(line, excerpt(text, *match.span())) for match in find(text)]
    if places:
        sheet.add(code, *places)
    return bool(places)


def _lost(text: str) -> Iterator[re.Match[str]]:
    """Matches that overlap are one gap."""
    end = -_SAME_GAP
    found = sorted(
        (match for pattern in _LOST for match in pattern.finditer(text)),
        key=lambda match: match.start(),
    )
    for match in found:
        if match.start() >= end + _SAME_GAP:
            yield match
        end = max(end, match.end())


def _spaces(text: str) -> Iterator[re.Match[str]]:
    """One space between the halves of a slogan or a title in marks is meant."""
    quoted = [
        match.span()
        for match in _QUOTED.finditer(text)
        if len(_SPACE_INSIDE.findall(match[0])) == 1
    ]
    position = 0
    for match in _SPACE_INSIDE.finditer(text):
        while position < len(quoted) and quoted[position][1] <= match.start():
            position += 1
        if position == len(quoted) or match.start() < quoted[position][0]:
            yield match


def _report_pairs(sheet: Sheet, pieces: list[Piece]) -> None:
    """Marks that close what nothing opened, or are never closed in their paragraph.

    A sentence that a page number cut in two may close on the next line.
    """
    places = []
    open_marks: list[tuple[str, int, str]] = []
    for piece in pieces:
        if piece.rows:
            continue
        text = piece.text
        for index, sign in enumerate(text):
            if sign in _OPENERS:
                open_marks.append((sign, piece.line, excerpt(text, index)))
            elif sign in _PAIRS and not _close(open_marks, _PAIRS[sign]):
                if not _is_list_number(text, index):
                    places.append(Place(piece.line, excerpt(text, index)))
        if ends_sentence(text) or len(text) < 40:
            places += [Place(line, shown) for _sign, line, shown in open_marks]
            open_marks = []
    places += [Place(line, shown) for _sign, line, shown in open_marks]
    if places:
        sheet.add("unbalanced_marks", *places)


def _close(open_marks: list[tuple[str, int, str]], opener: str) -> bool:
    for index in range(len(open_marks) - 1, -1, -1):
        if open_marks[index][0] in (opener, _SIMILAR.get(opener)):
            del open_marks[index]
            return True
    return False


def _is_list_number(text: str, index: int) -> bool:
    """ "1)" and "一）" at the beginning of a paragraph."""
    return index <= 2 and text[:index].strip(_DIGIT + "0123456789" + SPACE) == ""


def _report_ends(sheet: Sheet, pieces: list[Piece]) -> None:
    """Sentences cut by the end of a line or of the file."""
    texts = [piece for piece in pieces if not piece.rows]
    broken = []
    for piece, following in zip(texts, texts[1:], strict=False):
        if (
            len(piece.text) >= 40
            and not ends_sentence(piece.text)
            and (following.page_number or piece.text[-1] in "，,、")
        ):
            beginning = following.text[: 8 + len(following.page_number)]
            broken.append(Place(piece.line, f"{piece.text[-10:]}/{beginning}"))
    if broken:
        sheet.add("sentence_broken", *broken)
    if texts and len(texts[-1].text) >= 40 and not ends_sentence(texts[-1].text):
        last = texts[-1]
        sheet.add("truncated", Place(last.last_line, f"…{last.text[-20:]}"))
