"""What is read from a document, on our own corpus."""

from __future__ import annotations

from datetime import date

import pytest

from articles.document_import import (
    BlockKind,
    DocumentKind,
    ImportRefusedError,
    Severity,
    kind_of,
    read_document,
)
from articles.document_import.catalog import CATALOG
from tests.articles.document_import.corpus import (
    codes,
    content,
    lines_of,
    read,
    read_text,
)


def test_fields_with_colons_and_an_empty_number() -> None:
    header = read("lost_characters.txt").header
    assert header.title == "关于印发《青山县司法局关于开展 送法进山的实施意见》的通知"
    assert header.index_number == "900001030042/2026-0051"
    assert header.document_number == ""
    assert header.issuer == "青山县司法局"
    assert (header.written_on, header.issued_on) == (date(2026, 3, 2), date(2026, 3, 2))
    assert header.published_on == date(2026, 3, 5)


def test_characters_lost_from_the_name_of_a_meeting_are_severe() -> None:
    document = read("lost_characters.txt")
    assert lines_of(document, "lost_characters") == [31]
    assert kind_of("lost_characters").severity == Severity.SEVERE
    assert "党的十大和十中、中全会" in next(
        b.text for b in document.blocks if b.line == 31
    )
    assert lines_of(document, "lost_area") == [27]
    assert lines_of(document, "lead_differs") == [39]


@pytest.mark.parametrize(
    "sentence",
    [
        "深入学习贯彻党的十九大和十九届二中、三中、四中、五中、六中全会精神。",
        "全面贯彻党的二十大和二十届二中、三中全会精神，认真落实党中央的决定。",
        "在党的领导下，办好中心小学的事，参加中央全会精神宣讲，完善大调解格局。",
        "自2026年5月1日起至12月31日，按照司发〔2026〕7号第三条第二款办理。",
        "健全特别是基层的制度，完全可以做到，安全第一，全县全力以赴。",
    ],
)
def test_whole_names_of_meetings_are_no_fault(sentence: str) -> None:
    assert "lost_characters" not in codes(read_text(f"标题: 通知\n\n{sentence}\n"))


@pytest.mark.parametrize(
    "sentence",
    [
        "深入学习贯彻党的大精神和十九届中全会精神，推进各项工作。",
        "贯彻党的二十届中、三中全会精神，推进各项工作。",
        "依照法律第条的规定办理，当事人应当提交材料。",
        "根据司发〔〕9号文件的要求，开展活动。",
        "局成立由党书记任组长的领导小组。",
        "自2026年月起执行本办法，请各单位遵照。",
    ],
)
def test_lost_characters_are_found(sentence: str) -> None:
    assert lines_of(read_text(f"标题: 通知\n\n{sentence}\n"), "lost_characters") == [3]


def test_three_plans_become_three_parts_with_outlines_of_their_own() -> None:
    document = read("three_plans.txt")
    assert [(part.anchor, part.line) for part in document.parts] == [
        ("p1", 17),
        ("p2", 31),
        ("p3", 41),
    ]
    numbers = [(b.kind, b.number) for b in document.outline()]
    assert numbers == [
        (BlockKind.PART, ""),
        (BlockKind.HEADING, "一、"),
        (BlockKind.HEADING, "二、"),
        (BlockKind.TEXT, "(一)"),
        (BlockKind.TEXT, "(二)"),
        (BlockKind.PART, ""),
        (BlockKind.HEADING, "一、"),
        (BlockKind.TEXT, "(一)"),
        (BlockKind.TEXT, "(二)"),
        (BlockKind.PART, ""),
        (BlockKind.HEADING, "一、"),
        (BlockKind.TEXT, "(一)"),
        (BlockKind.TEXT, "(二)"),
    ]
    assert "numbering_order" not in codes(document)
    assert lines_of(document, "several_parts") == [17, 31, 41]


def test_fields_without_colons_and_the_footer_of_the_host_site() -> None:
    document = read("three_plans.txt")
    header = document.header
    assert header.index_number == "900002008/2026-8331"
    assert (header.disclosure, header.validity) == ("主动公开", "有效")
    assert header.issued_on == date(2026, 4, 10)
    assert header.issuer == "白河县司法局"
    assert header.host_organizer == "白河县人民政府"
    assert header.host_site_code == "9000020007"
    assert lines_of(document, "site_footer") == [59, 61]
    assert lines_of(document, "page_tools") == [53, 55]
    assert lines_of(document, "attachment_unnamed") == [51]
    assert lines_of(document, "irregular_indent") == [25, 29]
    shown = "".join(block.text for block in document.blocks)
    assert "ICP" not in shown
    assert "扫一扫" not in shown
    assert "打印" not in shown


def test_scrambled_text_is_reported_and_kept_as_it_is() -> None:
    document = read("scrambled_plan.txt")
    assert lines_of(document, "page_numbers") == [2, 3, 4, 5, 6]
    assert lines_of(document, "promotion") == [1]
    assert lines_of(document, "numbering_broken") == [5]
    assert lines_of(document, "numbering_order") == [4]
    assert lines_of(document, "section_elsewhere") == [4, 4, 6]
    assert (
        document.findings_of("section_elsewhere")[0].params["section"] == "三、组织实施"
    )
    assert lines_of(document, "truncated") == [6]
    assert lines_of(document, "placeholder") == [2, 2]
    assert lines_of(document, "sentence_broken") == [2, 3, 4, 5]
    assert set(lines_of(document, "broken_words")) == {2, 3, 4}
    assert lines_of(document, "unbalanced_marks") == [5]
    assert any(block.text.startswith("2、找法") for block in document.blocks)


def test_measures_have_their_units_across_broken_lines() -> None:
    measures = read("scrambled_plan.txt").measures
    assert [measure.number for measure in measures] == ["1 .", "2 .", "3。.", "4 ."]
    assert measures[0].lead_unit == "公共法律服务科"
    assert measures[0].support_units == ("普法科", "律师科", "各县区司法局")
    assert measures[3].lead_unit == "普法科"


def test_a_repost_keeps_its_first_issuer_and_date_and_loses_the_forum() -> None:
    document = read("forum_repost.txt")
    header = document.header
    assert header.title == "青山市司法局关于印发《“送法下乡 法暖民心”活动方案》的通知"
    assert (header.issuer, header.source) == ("青山市司法局", "青山市司法局")
    assert (header.written_on, header.published_on) == (
        date(2026, 2, 10),
        date(2026, 2, 12),
    )
    assert (header.copied_from, header.copied_on) == ("乡亲论坛", date(2026, 2, 14))
    shown = "".join(block.text for block in document.blocks)
    assert "论坛" not in shown
    assert document.blocks[0].text == "各县(区)司法局:"
    assert document.blocks[-1].text.startswith("3.现场受理申请")
    assert "title_space" not in codes(document)


def test_an_interpretation_with_its_author_and_a_bare_link() -> None:
    document = read("interpretation.txt")
    header = document.header
    assert document.kind == DocumentKind.INTERPRETATION
    assert (header.office, header.interpreter_title, header.interpreter) == (
        "柳溪县司法局",
        "局长",
        "韦 兰",
    )
    assert header.original_reference == "/xxgk/fggw/20260402/5512.html"
    assert lines_of(document, "original_link") == [19]
    related = document.findings_of("related_reading")[0]
    assert (related.params["count"], related.params["unrelated"]) == (4, 3)
    headings = [b.text for b in document.blocks if b.kind == BlockKind.HEADING]
    assert len(headings) == 6
    assert headings[0] == "一、政策出台的背景依据"


def test_a_web_page_without_what_is_around_its_text() -> None:
    document = read("notice.html")
    header = document.header
    assert header.title == "柳溪县司法局关于公布村居法律顾问名单的通知"
    assert header.document_number == "柳司发〔2026〕7号"
    assert header.index_number == "900003007/2026-00121"
    assert header.published_on == date(2026, 5, 18)
    tables = [block for block in document.blocks if block.kind == BlockKind.TABLE]
    assert tables[0].rows[1] == ("柳树村", "韦律师", "0000-1234567")
    assert document.attachments[0].href == "/upload/2026/05/mingdan.xlsx"
    assert lines_of(document, "picture") == [34]
    assert lines_of(document, "hidden_text") == [14, 35, 40]
    shown = "".join(block.text for block in document.blocks)
    for word in ("首页", "channel", "测试内容", "margin", "字号"):
        assert word not in shown


def test_lines_of_a_fixed_width_are_joined_and_reported() -> None:
    document = read("wrapped.txt")
    assert document.header.title.endswith("支付法律服务工作的通知")
    assert lines_of(document, "lines_joined") == [6, 7, 12, 17]
    assert [item.name for item in document.attachments] == [
        "农民工讨薪维权明白卡",
        "法律援助申请表",
    ]
    assert "numbering_order" not in codes(document)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]
)
def test_every_usual_encoding_gives_the_same(encoding: str) -> None:
    plain = read("three_plans.txt")
    other = read_document(
        content("three_plans.txt").decode().encode(encoding), "three_plans.txt"
    )
    assert other.blocks == plain.blocks
    assert other.header == plain.header


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", " \n\u3000\n".encode(), "文件是空的"),
        ("a.docx", b"PK\x03\x04", "只能导入"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"PK\x03\x04abc", "Word"),
        ("a.txt", bytes(range(256)) * 40, "看不懂文件的编码"),
        ("a.txt", b"\xe4" * 3_000_000, "不能大于"),
        ("a.html", b"<p>" * 20_000, "太复杂"),
        ("a.txt", "好\n".encode() * 6_000, "不像一份公文"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(
    name: str, data: bytes, words: str
) -> None:
    with pytest.raises(ImportRefusedError, match=words):
        read_document(data, name)


def test_every_kind_of_finding_has_a_whole_sentence() -> None:
    for code, kind in CATALOG.items():
        assert str(kind.sentence).endswith("。"), code
