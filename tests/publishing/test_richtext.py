"""Stored rich text becomes public HTML: links, citations, escaping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.presentation import Attachment, Card
from home.streams import References, refer_to_rich_text
from publishing.richtext import link_citations, render_plain_text, render_rich_text

CITATION = re.compile(r"《[^》]*》第.条")
TAG = re.compile(r"<[^>]*>")


class Targets:
    """Page 1 and document 1 are public; 《…》第…条 is a citation."""

    def __init__(self) -> None:
        self.outward: list[str] = []

    def card(self, page_id: int) -> Card | None:
        if page_id != 1:
            return None
        return Card(1, "article", "文章", "/zixun/a/", "标题", "", None, None)

    def attachment(self, document_id: int | None) -> Attachment | None:
        if document_id != 1:
            return None
        return Attachment("/media/documents/1/b.pdf", "表", "PDF", 10)

    def link(self, path: str, fragment: str = "") -> str:
        return f"..{path}"

    def absolute(self, path: str) -> str:
        return f"https://sfj.example.gov.cn{path}"

    def outward_href(self, url: str) -> str:
        self.outward.append(url)
        return f"leave?{url}"

    def citation_links(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in CITATION.finditer(text):
            yield match.start(), match.end(), '../laws/x/#t"1'


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("<p>字</p>", "<p>字</p>"),
        ('<a linktype="page" id="1">字</a>', '<a href="../zixun/a/">字</a>'),
        ('<a id="1" linktype="page">字</a>', '<a href="../zixun/a/">字</a>'),
        ('前<a linktype="page" id="2">字</a>后', "前字后"),
        (
            '<a linktype="document" id="1">字</a>',
            '<a href="../media/documents/1/b.pdf">字</a>',
        ),
        ('<a linktype="document" id="9">字</a>', "字"),
        ('<a href="tel:12348">字</a>', '<a href="tel:12348">字</a>'),
        ('<a href="#s1">字</a>', '<a href="#s1">字</a>'),
        ('<a href="javascript:alert(1)">字</a>', "字"),
        ('<a href="JAVASCRIPT:alert(1)">字</a>', "字"),
        ('<a href="data:text/html,x">字</a>', "字"),
        ('<a href="//example.com/">字</a>', "字"),
        ("<a>字</a>", "字"),
        (
            '<a href="https://example.com/?a=1&amp;b=2">字</a>',
            '<a href="leave?https://example.com/?a=1&amp;b=2">字</a>',
        ),
        # A dead link around a live one's neighbor closes only itself.
        (
            '<a linktype="page" id="2">甲</a><a linktype="page" id="1">乙</a>',
            '甲<a href="../zixun/a/">乙</a>',
        ),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<b>粗</b><br/>", "<b>粗</b><br/>"),
    ],
)
def test_links_are_resolved_or_become_text(stored: str, expected: str) -> None:
    assert render_rich_text(stored, Targets()) == expected


def test_a_citation_in_text_is_a_link() -> None:
    assert render_rich_text("<p>见《民法典》第三条。</p>", Targets()) == (
        '<p>见<a class="citation" href="../laws/x/#t&quot;1">《民法典》第三条</a>。</p>'
    )


def test_a_citation_inside_a_link_stays_text() -> None:
    html = render_rich_text(
        '<a href="tel:1">《民法典》第三条</a>《刑法》第一条', Targets()
    )
    assert html.startswith('<a href="tel:1">《民法典》第三条</a><a class="citation"')


def test_a_citation_inside_a_dead_link_is_linked() -> None:
    html = render_rich_text('<a linktype="page" id="2">《民法典》第三条</a>', Targets())
    assert html == render_rich_text("《民法典》第三条", Targets())


@pytest.mark.parametrize(
    "stored",
    [
        '<a href="https://example.com/?a=1&amp;b=2">x</a>',
        '<a href="https://example.com/it&#x27;s">x</a>',
        '<a href="https://example.com/&quot;">x</a>',
    ],
)
def test_an_address_is_read_as_it_is_noted_for_its_leaving_page(stored: str) -> None:
    # The server finds a leaving page by what home.streams noted at save: a visitor
    # who followed https://…/it's met a 404.
    noted, targets = References(), Targets()
    refer_to_rich_text(stored, noted)
    render_rich_text(stored, targets)
    assert set(targets.outward) == noted.urls


@given(
    st.text(st.sampled_from("《》第三条<>&\"' a\n;#x") | st.characters(codec="utf-8"))
)
def test_linking_citations_changes_no_word(text: str) -> None:
    assert unescape(TAG.sub("", link_citations(text, Targets()))) == text


@given(st.text())
def test_plain_text_has_no_markup_but_line_ends_and_citations(text: str) -> None:
    html = render_plain_text(text, Targets())
    assert set(TAG.findall(html)) <= {
        "<br>",
        "</a>",
        '<a class="citation" href="../laws/x/#t&quot;1">',
    }


def test_plain_text_keeps_its_lines() -> None:
    assert (
        render_plain_text(" 甲\r\n乙\n<b> ", Targets()) == "甲<br>\n乙<br>\n&lt;b&gt;"
    )
