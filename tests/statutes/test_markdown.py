"""The parser of the law Markdown and the joining of its files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from statutes.markdown import parse_statute
from statutes.parsed import MarkdownError, ParsedStatute
from statutes.sources import SourceError, read_sources
from statutes.splitting import PAGE_LIMIT, assign_parts
from statutes.versions import group_statutes, provision_ranges

DATA = Path(__file__).parent / "data"


def parse(name: str) -> ParsedStatute:
    (file,) = DATA.glob(f"*/{name}*.md")
    return parse_statute(file.read_bytes(), f"{file.parent.name}/{file.name}")


def law(body: str, head: str = "2020年1月1日 通过") -> ParsedStatute:
    return parse_statute(f"# 甲法\n\n{head}\n\n<!-- INFO END -->\n\n{body}\n", "甲.md")


def test_head_gives_title_category_issuer_and_dates() -> None:
    statute = parse("梯田保护法")

    assert statute.title == "中华人民共和国梯田保护法"
    assert (statute.category, statute.branch) == ("law", "社会法")
    assert statute.issuer == "全国人民代表大会常务委员会"
    assert statute.promulgated_on == date(2010, 5, 1)
    assert statute.amended_on == statute.version_on == date(2021, 3, 1)
    # Only the last provision says it.
    assert statute.effective_on == date(2010, 10, 1)
    assert statute.in_force_from == date(2021, 3, 1)


def test_line_of_the_head_gives_the_day_of_entry_into_force() -> None:
    statute = parse("最高人民法院")

    assert statute.effective_on == date(2022, 4, 1)
    assert statute.amended_on is None
    assert statute.category == "interpretation"


def test_odd_lines_do_not_hide_a_provision() -> None:
    """U+3000 after 条, a slip inside the label, zero-width lines, empty headings."""
    statute = parse("梯田保护法")

    assert provision_ranges(statute.provisions) == "1-4,4.1,5-6"
    assert statute.provisions[2].text == "梯田水源受国家保护。"
    assert statute.provisions[5].text == "违反本法的，依法处罚。"
    assert not any("\u200b" in item.text for item in statute.provisions)


def test_divisions_get_levels_headings_and_anchors() -> None:
    divisions = [
        (part.level, part.label, part.heading, part.anchor)
        for part in parse("梯田保护法").divisions
    ]

    assert divisions == [
        ("preamble", "", "序言", "preamble"),
        ("chapter", "第一章", "总则", "c1"),
        ("chapter", "第二章", "保护", "c2"),
        ("section", "第一节", "水源", "c2s1"),
        ("section", "第二节", "责任", "c2s2"),
        ("supplement", "", "附则", "supplement"),
        ("annex", "", "附件：梯田名录", "annex1"),
    ]


def test_annex_keeps_what_looks_like_a_provision() -> None:
    annex = parse("梯田保护法").divisions[-1]

    assert annex.text == ["一、大寨梯田", "第一条 名录每年更新。"]


def test_provision_keeps_items_table_and_note() -> None:
    statute = parse("梯田保护法")

    assert statute.provisions[1].text.split("\n")[1] == "（一）因地制宜："
    assert "| 修埂 | 十元 |" in statute.provisions[4].text
    assert statute.provisions[-1].text.endswith("① 施行日期依据决定确定。")


def test_provisions_inside_one_line_are_parted() -> None:
    statute = parse("最高人民法院")

    assert [item.number for item in statute.provisions] == [1, 2, 3]
    assert statute.provisions[0].text == "梯田纠纷由梯田所在地人民法院管辖。"


def test_text_before_the_first_heading_is_the_preamble() -> None:
    preamble, *chapters = parse("最高人民法院").divisions

    assert (preamble.level, preamble.heading) == ("preamble", "")
    assert [part.label for part in chapters] == ["一、", "二、"]


def test_wording_quoted_in_an_amendment_is_no_provision() -> None:
    statute = law(
        "第五十二条 增加一条，作为第一百二十三条。内容如下：\n\n"
        "第一百二十三条 监察委员会是监察机关。\n\n第五十三条 本案公布之日起施行。"
    )

    assert [item.number for item in statute.provisions] == [52, 53]
    assert "监察委员会是监察机关" in statute.provisions[0].text


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("甲法\n\n<!-- INFO END -->\n\n第一条 甲。", 1, "line 1 must be"),
        ("# 甲法\n\n第一条 甲。\n", 4, "is missing"),
        ("# 甲法\n\n## 第一章 总则\n\n<!-- INFO END -->\n", 3, "a heading before"),
        ("# 甲法\n<!-- INFO END -->\n第二条 乙。\n\n第一条 甲。", 5, "stands after"),
        ("# 甲法\n<!-- INFO END -->\n第一条 甲。\n第一条 乙。", 4, "stands after"),
        (
            "# 甲法\n<!-- INFO END -->\n第一条 甲。\n<!-- TABLE -->\n| a |",
            4,
            "TABLE END",
        ),
        ("# 甲法\n<!-- INFO END -->\n\n", 2, "no text"),
        (b"# \xff\xfe", 1, "not UTF-8"),
    ],
)
def test_broken_file_is_refused_with_file_and_line(
    source: str | bytes, line: int, message: str
) -> None:
    with pytest.raises(MarkdownError, match=re.escape(message)) as caught:
        parse_statute(source, "社会法/甲.md")

    assert (caught.value.path, caught.value.line) == ("社会法/甲.md", line)
    assert str(caught.value).startswith(f"社会法/甲.md:{line}: ")


def test_gap_in_the_numbers_is_a_warning() -> None:
    statute = law("第一条 甲。\n\n第三条 乙。")

    assert statute.warnings == ["甲.md:9: 第三条 follows 第一条"]


def test_books_of_one_statute_become_one_text() -> None:
    files = [parse(name) for name in ("附则", "合同编", "总则")]
    (texts,) = group_statutes(files)
    merged = texts.latest

    assert provision_ranges(merged.provisions) == "1-4"
    assert [(part.label, part.anchor) for part in merged.divisions] == [
        ("第一编", "b1"),
        ("第一章", "b1c1"),
        ("第二编", "b2"),
        ("第一分编", "b2p1"),
        ("第一章", "b2p1c1"),
        ("", "supplement"),
    ]


def test_missing_book_is_an_error() -> None:
    with pytest.raises(MarkdownError, match="begin with provision 1"):
        group_statutes([parse("合同编"), parse("附则")])


def test_second_copy_of_a_version_is_left_out() -> None:
    first = parse("梯田保护法")
    second = parse("梯田保护法")
    second.paths = ("行政法/梯田保护法.md",)
    (texts,) = group_statutes([second, first])

    assert len(texts.versions) == 1
    assert texts.copies == [
        "行政法/梯田保护法.md: same text as 社会法/梯田保护法(2021-03-01).md"
    ]


def test_versions_stand_in_the_order_of_their_entry_into_force() -> None:
    old = law("第一条 旧。", "2001年1月1日 通过")
    new = law("第一条 新。", "2001年1月1日 通过\n\n2020年1月1日 修正")
    (texts,) = group_statutes([new, old])

    assert [item.provisions[0].text for item in texts.versions] == ["旧。", "新。"]


def test_short_statute_stays_on_one_page() -> None:
    assert assign_parts(parse("梯田保护法")) == {}


def test_long_statute_is_cut_into_chapters_and_long_chapters_into_sections() -> None:
    filler = "甲" * 3000
    chapters = [f"## 第一章 总则\n\n第一条 {filler}\n"]
    chapters.append("## 第二章 分则\n")
    number = 1
    for section in "一二":
        chapters.append(f"### 第{section}节 节\n")
        for _count in range(6):
            number += 1
            chapters.append(
                f"第{'零一二三四五六七八九'[number] if number < 10 else '十' + '零一二三四'[number - 10].strip('零')}条 {filler}\n"
            )
    parts = assign_parts(law("\n".join(chapters)))

    assert PAGE_LIMIT < number * len(filler.encode())
    assert parts == {"c1": "c1", "c2": "c2s1", "c2s1": "c2s1", "c2s2": "c2s2"}


def test_folder_gives_its_files_in_order_and_notes_apart(tmp_path: Path) -> None:
    (tmp_path / "社会法").mkdir()
    (tmp_path / "社会法" / "_index.md").write_text("---\n", encoding="utf-8")
    (tmp_path / "社会法" / "乙.md").write_text("# 乙\n", encoding="utf-8")

    files = list(read_sources([tmp_path]))

    assert [(Path(file.path).name, file.is_text) for file in files] == [
        ("_index.md", False),
        ("乙.md", True),
    ]


@pytest.mark.parametrize("name", ["nothing", "text.txt"])
def test_path_without_law_files_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text("甲", encoding="utf-8")

    with pytest.raises(SourceError):
        list(read_sources([tmp_path / name]))


@pytest.mark.shared_data
def test_real_texts_have_the_provisions_that_their_readme_states(
    shared_data: Path,
) -> None:
    folder = shared_data / "laws"
    rows = re.findall(
        r"^\| (\S+) \| \S+ \| (\d+) \| (\S+) \|",
        (folder / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    statutes = group_statutes(
        parse_statute(file.data, file.path)
        for file in read_sources([folder])
        if file.is_text
    )
    found = {
        texts.title: (str(len(texts.latest.provisions)), str(texts.latest.version_on))
        for texts in statutes
    }

    assert len(rows) == 34
    assert found == {title: (count, day) for title, count, day in rows}
