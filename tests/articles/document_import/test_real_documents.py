"""What the README of ../shared/data/documents says of its five files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from articles.document_import import (
    BlockKind,
    DocumentKind,
    ParsedDocument,
    read_document,
)
from tests.articles.document_import.corpus import REAL, lines_of

pytestmark = pytest.mark.shared_data


def real(shared_data: Path, number: int) -> ParsedDocument:
    name = REAL[number]
    return read_document((shared_data / "documents" / name).read_bytes(), name)


def text_of(document: ParsedDocument) -> str:
    return "\n".join(block.text for block in document.blocks)


def test_opinion_with_lost_characters(shared_data: Path) -> None:
    document = real(shared_data, 0)
    header = document.header
    assert header.title == "关于印发《张店区司法局关于开展 法治扶贫的实施意见》的通知"
    assert header.index_number == "113703030042173115/2020-5114104"
    assert header.document_number == ""
    assert header.issuer == "张店区司法局"
    assert header.issued_on == header.written_on == date(2020, 2, 1)
    assert lines_of(document, "lost_characters") == [69, 73, 101]
    assert lines_of(document, "lost_area") == [65, 69, 73]
    headings = [b.number for b in document.blocks if b.kind == BlockKind.HEADING]
    assert headings == ["一、", "二、", "三、", "四、", "五、"]
    assert [b.number for b in document.outline() if b.level == 2][:3] == [
        "(一)",
        "(二)",
        "(三)",
    ]


def test_notice_with_three_plans(shared_data: Path) -> None:
    document = real(shared_data, 1)
    header = document.header
    assert header.index_number == "640323008/2018-83315"
    assert (header.disclosure, header.validity) == ("主动公开", "有效")
    assert header.issued_on == date(2018, 3, 30)
    assert header.issuer == "盐池县司法局"
    assert header.host_organizer == "盐池县人民政府"
    assert header.host_site_code == "6403230007"
    assert [part.line for part in document.parts] == [21, 63, 113]
    assert lines_of(document, "irregular_indent") == [35, 55, 61, 81, 101, 109]
    assert lines_of(document, "attachment_unnamed") == [155]
    assert lines_of(document, "site_footer") == [163, 165]
    assert lines_of(document, "page_tools") == [157, 159]
    assert document.blocks[-1].line == 153
    assert not lines_of(document, "numbering_order")
    assert not lines_of(document, "lead_differs")


def test_plan_from_a_sharing_site(shared_data: Path) -> None:
    document = real(shared_data, 2)
    assert len(document.measures) == 16
    assert [m.number.rstrip(" .") for m in document.measures] == [
        *map(str, range(1, 10)),
        "1。",
        *map(str, range(11, 17)),
    ]
    assert all(measure.lead_unit.endswith("科") for measure in document.measures)
    assert document.measures[2].support_units[0] == "人民参与和促进法治科"
    assert lines_of(document, "page_numbers") == list(range(2, 23))
    assert lines_of(document, "promotion") == [1]
    assert lines_of(document, "numbering_broken") == [16]
    assert lines_of(document, "numbering_order") == [5]
    assert lines_of(document, "section_elsewhere") == [5, 6, 22]
    assert lines_of(document, "truncated") == [22]
    assert len(lines_of(document, "broken_words")) > 150


def test_notice_from_a_forum(shared_data: Path) -> None:
    document = real(shared_data, 3)
    header = document.header
    assert header.issuer == header.source == "司法部办公厅"
    assert header.written_on == date(2020, 5, 6)
    assert header.published_on == date(2020, 5, 12)
    assert (header.copied_from, header.copied_on) == ("农民互联网", date(2020, 5, 13))
    assert document.blocks[0].line == 54
    assert document.blocks[-1].line == 110
    assert "登录次数" not in text_of(document)


def test_interpretation(shared_data: Path) -> None:
    document = real(shared_data, 4)
    header = document.header
    assert document.kind == DocumentKind.INTERPRETATION
    assert header.index_number == "53040020191102797"
    assert header.document_number == ""
    assert header.source == "玉溪市人民政府网"
    assert header.published_on == date(2019, 4, 2)
    assert (header.office, header.interpreter) == ("玉溪市司法局", "师文")
    assert len([b for b in document.blocks if b.kind == BlockKind.HEADING]) == 6
    shown = text_of(document)
    for words in ("70个乡镇", "700个村居", "700场次", "8000件", "80000人次"):
        assert words in shown
    assert "第一季度10%,第二季度50%,第三季度40%" in shown
    assert lines_of(document, "original_link") == [23]
    assert document.findings_of("related_reading")[0].params == {
        "count": 10,
        "unrelated": 10,
    }
