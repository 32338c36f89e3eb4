"""The fields at the head of a document: 索引号, 发布机构, 有效性 …, in every layout.

They come as "索引号: X 文号:", "索 引 号 X 发文时间 2018-03-30", "索引号 | X | 文 号 | |".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.document_import.lines import Line, Role, Sheet
from articles.document_import.parsed import Place
from articles.document_import.patterns import SPACE, read_date, without_space

LABELS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "公文标题", "文件标题", "信息名称", "文件名称", "公文名称"),
    "index_number": ("索引号", "信息索引号", "索引编号", "公开目录号"),
    "document_number": ("文号", "发文字号", "文件编号", "发文文号", "公文编号"),
    "issuer": (
        "发布机构",
        "发文机关",
        "发文机构",
        "发布单位",
        "发文单位",
        "制发机关",
        "公开单位",
    ),
    "written_on": ("成文日期", "成文时间", "生成日期", "生成时间", "制发日期"),
    "issued_on": ("发文日期", "发文时间", "印发日期", "印发时间", "签发日期"),
    "published_on": ("发布日期", "发布时间", "公开日期", "公开时间", "发布于"),
    "valid_until": ("有效期至", "失效日期", "废止日期", "失效时间"),
    "disclosure": ("公开方式", "公开类别", "公开属性", "公开形式"),
    "validity": ("有效性", "时效性", "时效状态", "效力状态", "文件状态", "是否有效"),
    "subject_class": (
        "主题分类",
        "信息分类",
        "信息类别",
        "所属主题",
        "公文种类",
        "分类",
    ),
    "source": ("来源", "信息来源", "文章来源", "稿件来源"),
    "summary": ("内容概述", "内容概要", "信息概述", "摘要"),
    "keywords": ("关键词", "关键字", "主题词"),
    "author": ("作者", "撰稿", "撰稿人", "编辑", "责任编辑"),
    "interpreter": ("解读人",),
    "office": ("解读单位", "解读机构", "解读机关", "起草单位"),
}
DATE_FIELDS = frozenset({"written_on", "issued_on", "published_on", "valid_until"})
NAMES = {
    without_space(label): field for field, labels in LABELS.items() for label in labels
}
# What a label may hold: a paragraph that begins with such a word is no label.
_LONGEST_VALUE = {"title": 200, "summary": 600, "keywords": 200}
_BETWEEN = rf"[{SPACE}]*"
_ONE = "|".join(
    _BETWEEN.join(map(re.escape, label))
    for label in sorted(NAMES, key=len, reverse=True)
)
_LABEL = re.compile(
    rf"(?:(?<=[{SPACE}|｜\[【])|^)(?P<name>{_ONE}){_BETWEEN}(?P<sign>[:：|｜]|(?=[{SPACE}])|$)"
)


@dataclass(frozen=True, slots=True)
class LabeledValue:
    field: str
    label: str
    value: str
    line: int


def holds_labels(cells: Iterable[str]) -> bool:
    """Whether two cells of a table, or more, are labels of ours."""
    return sum(1 for cell in cells if without_space(cell).rstrip(":：") in NAMES) >= 2


def begins_with_label(text: str) -> bool:
    match = _LABEL.match(text)
    return match is not None and bool(match["sign"])


def read_labels(sheet: Sheet, head: list[Line]) -> list[LabeledValue]:
    """The labeled values among ``head``; their lines leave the body."""
    found: list[LabeledValue] = []
    for line in head:
        if line.role != Role.BODY or line.rows:
            continue
        values = list(_values(line))
        if values and _is_header(line.text, values):
            line.role = Role.HEADER
            found += values
    return found


def _values(line: Line) -> Iterator[LabeledValue]:
    text = line.text
    matches = list(_LABEL.finditer(text))
    for number, match in enumerate(matches):
        name = NAMES[without_space(match["name"])]
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        if name == "title" and match["sign"]:
            end = len(text)  # a title may hold any word
        value = text[match.end() : end].strip(SPACE + "|｜[]【】")
        yield LabeledValue(name, without_space(match["name"]), value, line.number)
        if end == len(text):
            return


def _is_header(text: str, values: list[LabeledValue]) -> bool:
    """Whether the whole line is labels with values, none of them a sentence."""
    begins = _LABEL.match(text.lstrip(SPACE + "|｜[【•·"))
    if begins is None:
        return False
    if not begins["sign"] and len(values) < 2 and not _fits(values[0]):
        return False
    return all(
        len(value.value) <= _LONGEST_VALUE.get(value.field, 60)
        and (value.field in _LONGEST_VALUE or "。" not in value.value)
        for value in values
    )


def _fits(value: LabeledValue) -> bool:
    """For a label without a colon: only what can be nothing else counts."""
    if value.field in DATE_FIELDS:
        return read_date(value.value) is not None
    if value.field == "index_number":
        return bool(re.fullmatch(r"[A-Za-z0-9/_\-]{6,60}", value.value))
    return False


def merge_values(sheet: Sheet, values: list[LabeledValue]) -> dict[str, str]:
    """The first value of each field; what is empty or contradicts is a finding."""
    merged: dict[str, str] = {}
    labels: dict[str, LabeledValue] = {}
    for value in values:
        if not value.value:
            labels.setdefault(value.field, value)
            continue
        known = merged.get(value.field)
        if known is None:
            merged[value.field] = value.value
            labels[value.field] = value
        elif not _same(value.field, known, value.value):
            place = Place(value.line, f"{value.label}: {value.value}")
            sheet.add("field_conflict", place, label=value.label, first=known)
    for name, value in labels.items():
        if name not in merged:
            sheet.add("empty_field", Place(value.line, value.label), label=value.label)
    return merged


def _same(field: str, first: str, second: str) -> bool:
    if field in DATE_FIELDS:
        return read_date(first) == read_date(second)
    return without_space(first) == without_space(second)
