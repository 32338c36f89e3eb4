"""Reading a file, step by step; each step takes its lines out of the body."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from articles.document_import.catalog import CATALOG, Severity
from articles.document_import.chrome import (
    Chrome,
    find_zones,
    is_promotion,
    leave_out_chrome,
)
from articles.document_import.decoding import (
    ImportRefusedError,
    decode,
    remove_controls,
)
from articles.document_import.labels import (
    DATE_FIELDS,
    LABELS,
    LabeledValue,
    merge_values,
    read_labels,
)
from articles.document_import.lines import Role, Sheet, text_lines
from articles.document_import.markup import Page, read_markup
from articles.document_import.measures import read_measures
from articles.document_import.numbering import check_numbering
from articles.document_import.outline import (
    Piece,
    blocks_of,
    mark_page_numbers,
    pieces_of,
)
from articles.document_import.parsed import (
    Attachment,
    Block,
    BlockKind,
    DocumentKind,
    Finding,
    Header,
    ParsedDocument,
    Place,
)
from articles.document_import.patterns import (
    ENDS_AS_DOCUMENT,
    SPACE,
    UNIT,
    is_date_line,
    read_date,
    without_space,
)
from articles.document_import.titles import (
    Interpreter,
    find_interpreter,
    find_original,
    find_title,
    leave_out_issuer,
)
from articles.document_import.wording import check_wording

# Tags that a government page has to carry (checklist, section 2), lower case.
_META = {
    "articletitle": "title",
    "pubdate": "published_on",
    "contentsource": "source",
    "author": "author",
    "keywords": "keywords",
    "description": "summary",
}
_INTERPRETATION = re.compile(
    r"(?:政策|文件)?(?:解读|图解|问答)(?:[（(].{1,20}[）)])?$|^(?:一图|图文)?读懂"
)
_NAMED_FILE = re.compile(
    rf"^附件[{SPACE}]*[0-9一二三四五六七八九十]*[{SPACE}]*[:：][{SPACE}]*(?P<name>\S.{{1,100}})$"
)
_NEXT_FILE = re.compile(
    rf"^[{SPACE}]*\d{{1,2}}[.．、][{SPACE}]*(?P<name>[^。；]{{2,80}})$"
)
_PLACE_NAME = re.compile(r"^.{2,6}?[省市县区州]")
MOST_LINES = 5_000
_COMMON = 4  # so many characters in common make two titles related


def read_document(content: bytes, name: str) -> ParsedDocument:
    """Raises ``ImportRefusedError`` where the bytes are no text."""
    decoded = decode(content, name)
    text, controls = remove_controls(decoded.text)
    page = _page(text, name)
    sheet = page.sheet
    _refuse_what_is_too_long(sheet)
    if controls:
        sheet.add("control_characters", Place(0, str(controls)))
    zones = find_zones(sheet.body())
    values = read_labels(sheet, [*zones.head, *zones.tail])
    chrome = leave_out_chrome(sheet, zones)
    merged = merge_values(sheet, [*values, *_meta_values(page, values)])
    title = find_title(sheet, zones.head, merged.get("title") or chrome.title)
    leave_out_issuer(sheet, zones.head, merged.get("issuer", ""))
    interpreter = find_interpreter(zones.head, zones.tail)
    reference = find_original(sheet, zones.tail)
    mark_page_numbers(sheet)
    pieces = pieces_of(sheet, title)
    blocks = blocks_of(pieces)
    header = _header(sheet, merged, title, chrome, interpreter, reference, pieces)
    _check(sheet, pieces, blocks, header)
    if not page.is_markup:  # where the style sheet indents
        _report_indents(sheet)
    _note_named_files(sheet)
    _report_left_out(sheet, header)
    return ParsedDocument(
        name=name,
        encoding=decoded.encoding,
        kind=_kind(header),
        header=header,
        blocks=blocks,
        attachments=tuple(sheet.attachments),
        measures=read_measures(pieces),
        findings=_in_order(sheet.findings),
        header_lines=tuple(
            line.number for line in sheet.lines if line.role == Role.HEADER
        ),
    )


def _refuse_what_is_too_long(sheet: Sheet) -> None:
    if len(sheet.lines) > MOST_LINES:
        raise ImportRefusedError(
            _("文件超过 %(limit)d 段，不像一份公文；请分成几个文件导入。")
            % {"limit": MOST_LINES}
        )


def _page(text: str, name: str) -> Page:
    if name.lower().endswith((".html", ".htm")):
        return read_markup(text)
    return Page(Sheet(text_lines(text)), is_markup=False)


def _meta_values(page: Page, values: list[LabeledValue]) -> list[LabeledValue]:
    """What the tags say where the text itself says nothing."""
    known = {value.field for value in values if value.value}
    found = [
        LabeledValue(_META[name], name, content, 0)
        for name, content in page.meta.items()
        if name in _META and _META[name] not in known
    ]
    has_title = "title" in known or any(value.field == "title" for value in found)
    if not has_title and page.title:
        found.append(LabeledValue("title", "title", _window_title(page.title), 0))
    return found


def _window_title(title: str) -> str:
    """The window also names the column and the site: "…的通知_通知公告_某某县人民政府"."""
    return re.split(r"\s*(?:[_|｜]|\s[-–—]\s|-{2,})\s*", title)[0].strip(SPACE)


def _header(
    sheet: Sheet,
    merged: dict[str, str],
    title: str,
    chrome: Chrome,
    interpreter: Interpreter,
    reference: str,
    pieces: list[Piece],
) -> Header:
    dates = _dates(sheet, merged)
    unit, signed_on = _signature(pieces)
    texts = {
        name: value
        for name, value in merged.items()
        if name not in DATE_FIELDS and name != "title"
    }
    texts["issuer"] = texts.get("issuer") or unit
    for name, value in (
        ("interpreter", interpreter.name),
        ("office", interpreter.office),
    ):
        texts[name] = texts.get(name) or value
    return Header(
        title=title,
        written_on=dates.pop("written_on", None) or signed_on,
        **texts,  # type: ignore[arg-type]  # names are those of LABELS, all texts
        **dates,  # type: ignore[arg-type]  # the same, all dates
        interpreter_title=interpreter.title,
        original_reference=reference,
        copied_from=chrome.copied_from,
        copied_on=read_date(chrome.copied_on),
        host_organizer=chrome.organizer,
        host_site_code=chrome.site_code,
    )


def _dates(sheet: Sheet, merged: dict[str, str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for name in DATE_FIELDS & merged.keys():
        day = read_date(merged[name])
        if day is not None:
            found[name] = day
        elif name == "valid_until":  # "长期有效" is an answer as well
            place = Place(0, merged[name])
            sheet.add("unknown_value", place, label=LABELS[name][0], value=merged[name])
        else:
            sheet.add("bad_date", Place(0, merged[name]), label=LABELS[name][0])
    return found


def _signature(pieces: list[Piece]) -> tuple[str, date | None]:
    """The first unit with a date below it: who signed, and when."""
    for piece, following in zip(pieces, pieces[1:], strict=False):
        unit = without_space(piece.text)
        if UNIT.match(unit) and is_date_line(without_space(following.text)):
            return unit, read_date(without_space(following.text))
    return "", None


def _kind(header: Header) -> DocumentKind:
    title = header.title
    if _INTERPRETATION.search(title) or header.interpreter or header.original_reference:
        return DocumentKind.INTERPRETATION
    if header.index_number or header.document_number or ENDS_AS_DOCUMENT.search(title):
        return DocumentKind.DOCUMENT
    return DocumentKind.ARTICLE


# --- findings -----------------------------------------------------------------------------------


def _check(
    sheet: Sheet, pieces: list[Piece], blocks: tuple[Block, ...], header: Header
) -> None:
    check_wording(sheet, pieces, header.title)
    check_numbering(sheet, pieces, blocks)
    parts = [block for block in blocks if block.kind == BlockKind.PART]
    if len(parts) > 1:
        places = (Place(block.line, block.text) for block in parts)
        sheet.add("several_parts", *places, count=len(parts))
    if not blocks:
        sheet.add("no_body", Place(0, ""))
    if any(is_promotion(line.text) for line in sheet.left_out.get("promotion", [])):
        sheet.add("sharing_site", *sheet.left_out_places("promotion"))


def _report_indents(sheet: Sheet) -> None:
    """Long paragraphs whose indent is not that of most others."""
    lines = [line for line in sheet.body() if len(line.text) >= 25 and not line.rows]
    lines += [
        line
        for line in sheet.body()
        if len(line.text) < 25 and re.match(r"[一二三四五六七八九十]{1,3}、", line.text)
    ]
    widths = [line.indent for line in lines]
    if len(widths) < 5:
        return
    usual = max(set(widths), key=widths.count)
    odd = sorted(
        (line for line in lines if line.indent != usual), key=lambda line: line.number
    )
    if odd and widths.count(usual) * 2 > len(widths):
        sheet.add(
            "irregular_indent", *(Place(line.number, line.text[:16]) for line in odd)
        )


def _note_named_files(sheet: Sheet) -> None:
    """ "附件：1.申请表" and the numbered lines below it stay in the text as well."""
    inside = False
    known = {without_space(attachment.name) for attachment in sheet.attachments}
    for line in sheet.body():
        match = _NAMED_FILE.match(line.text) or (inside and _NEXT_FILE.match(line.text))
        inside = bool(match)
        if not match:
            continue
        name = re.sub(r"^\d{1,2}[.．、]\s*", "", match["name"])
        if without_space(name) not in known:
            sheet.attachments.append(Attachment(name, "", line.number))
    for attachment in sheet.attachments:
        place = Place(attachment.line, attachment.href or attachment.name)
        if attachment.name:
            sheet.add("attachment", place, name=attachment.name)


def _report_left_out(sheet: Sheet, header: Header) -> None:
    for code in sheet.left_out:
        places = tuple(sheet.left_out_places(code))
        if code == "related_reading":
            items = [place.excerpt for place in places[1:]]
            alien = [item for item in items if not _is_related(item, header.title)]
            sheet.add(code, *places, count=len(items), unrelated=len(alien))
        else:
            sheet.add(code, *places)
    if header.host_organizer and header.host_organizer != header.issuer:
        places = tuple(
            place
            for place in sheet.left_out_places("site_footer")
            if header.host_organizer in place.excerpt
        )
        sheet.add("footer_organizer", *places, organizer=header.host_organizer)
    if header.copied_from:
        places = tuple(
            place
            for place in sheet.left_out_places("navigation")
            if header.copied_from in place.excerpt
        )
        sheet.add("copied_from", *places, site=header.copied_from)


def _is_related(item: str, title: str) -> bool:
    """Whether two titles share some words that are not the name of a place."""
    wanted = _PLACE_NAME.sub("", re.sub(r"[《》“”\s]", "", title))
    return any(
        wanted[index : index + _COMMON] in item
        for index in range(len(wanted) - _COMMON + 1)
    )


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Severe ones first, each kind in the order of the source."""

    def key(finding: Finding) -> tuple[bool, int]:
        is_hint = CATALOG[finding.code].severity == Severity.HINT
        return is_hint, finding.places[0].line if finding.places else 0

    return tuple(sorted(findings, key=key))
