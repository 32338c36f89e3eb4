"""No line of a source gets lost, whatever the source is."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document_import import ImportRefusedError, read_document
from tests.articles.document_import.corpus import (
    NAMES,
    REAL,
    content,
    read,
    read_text,
    unaccounted,
)

# Pieces of documents, of the pages around them, and of neither.
PIECES = st.sampled_from(
    [
        "一、总体要求", "（二）抓好落实。各单位要认真执行，不得走过场，确保取得实效。",
        "1.宣传", "2 .讲解", "3。.", "索引号: 1/2", "文号:", "发布日期: 2026-01-02", "来源", "打印",
        "登录", "密码", "分享到", "上一主题 | 下一主题", "相关阅读:", "- 别的事 2026-01-02", "附件:", "附件：1.表",
        "主办:某县", "某ICP备1号", "2026年5月6日", "某县司法局", "实施方案", "关于印发《方案》的通知", "“", "》", " ", "\t", "\u3000",
        "为做好工作，现就有关事项通知如下，请认真贯彻执行，并及时报送有关情况和意见建议。", "原文网址:/a/b.html",
    ]
)  # fmt: skip
LINES = st.lists(st.one_of(PIECES, st.text(max_size=40)), min_size=1, max_size=25)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".txt")])
def test_no_line_of_our_documents_is_lost(name: str) -> None:
    assert unaccounted(read(name), content(name).decode()) == []


@pytest.mark.shared_data
@pytest.mark.parametrize("name", REAL)
def test_no_line_of_the_real_documents_is_lost(shared_data: Path, name: str) -> None:
    data = (shared_data / "documents" / name).read_bytes()
    assert unaccounted(read_document(data, name), data.decode()) == []


def test_a_lost_line_would_be_noticed() -> None:
    document = read("three_plans.txt")
    text = content("three_plans.txt").decode() + "\n没有人读过的一行。\n"
    assert unaccounted(document, text) == ["没有人读过的一行。"]


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(ImportRefusedError):
        read_document(data, name)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_markup_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ImportRefusedError):
        read_document(f"<p>{text}</p><table><tr><td>{text}<td>".encode(), "a.html")


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_no_line_of_anything_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = read_text(text)
    except ImportRefusedError:
        return
    assert unaccounted(document, text) == []
