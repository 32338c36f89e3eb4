"""The check of links before pages go out, and old addresses."""

from __future__ import annotations

import pytest

from home.presentation import MovedView
from publishing.moves import map_line
from tests.publishing.links import broken_links

FILES = {
    "index.html": b"",
    "zixun/index.html": b'<h2 id="s1">x</h2><p id="t17-1">',
    "media/\xe8\xa1\xa8 1.pdf".encode("latin-1").decode(): b"",
    "static/site.css": b"",
}


def faults(html: str, source: str = "en/index.html") -> list[tuple[str, str]]:
    found = broken_links({**FILES, source: html.encode()})
    assert all(name == source for name, _fault in found)
    return [(fault.link, fault.reason) for _name, fault in found]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../zixun/index.html">',
        '<a href="../zixun/index.html#s1">',
        '<a href="../zixun/index.html#t17-1">',
        '<a href="index.html">',
        '<p id="s2"><a href="#s2">',
        '<a href="#">',
        '<a href="../media/%E8%A1%A8%201.pdf">',
        '<a href="tel:12348"><a href="https://www.moj.gov.cn/"><a href="mailto:a@b">',
        '<img srcset="../media/%E8%A1%A8%201.pdf 360w, ../index.html 2x">',
        '<link rel="stylesheet"\n href="../static/site.css">',
        # Words of a page, not its markup.
        '<p>写法：&lt;a href="nowhere/"&gt; 和 id="x" href="there/"</p>',
    ],
)
def test_a_link_that_leads_somewhere_is_no_fault(html: str) -> None:
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="missing.html">', ("en/missing.html", "file")),
        ('<a href="../zixun/">', ("zixun", "file")),
        ('<a href="../zixun/index.html#s9">', ("zixun/index.html#s9", "fragment")),
        ('<a href="#s9">', ("#s9", "fragment")),
        ('<a href="../../up.html">', ("../../up.html", "outside")),
        ('<a href="/zixun/">', ("/zixun/", "absolute")),
        ('<a href="//example.com/">', ("//example.com/", "absolute")),
        ('<img src="../no.png">', ("no.png", "file")),
        ('<script src="../no.js">', ("no.js", "file")),
        ('<form action="../no/">', ("no", "file")),
        ('<img srcset="../index.html 1x, no.webp 2x">', ("en/no.webp", "file")),
        ('<a href="a&amp;b.html">', ("en/a&b.html", "file")),
        # An id in the words of the page is no anchor.
        ('<a href="#s2">写法： id="s2"</a>', ("#s2", "fragment")),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_reason(
    html: str, expected: tuple[str, str]
) -> None:
    assert faults(html) == [expected]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (MovedView("/xin/"), '"/jiu/" "/xin/";'),
        (MovedView("", "https://a.cn/b;c d"), '"/jiu/" "https://a.cn/b;c d";'),
        (MovedView("", 'https://a.cn/"$x\\'), '"/jiu/" "https://a.cn/\\"%24x\\\\";'),
    ],
)
def test_a_line_of_the_redirect_map_is_one_pair_for_nginx(
    view: MovedView, expected: str
) -> None:
    assert map_line("/jiu/", view) == expected


@pytest.mark.parametrize("source", ["404.html", "en/404.html"])
def test_links_of_an_error_page_are_checked_below_the_path_of_the_site(
    source: str,
) -> None:
    # The page of another language lies in a folder of its own.
    links = '<a href="/sfj/"><a href="/sfj/zixun/#s1"><a href="/sfj/nichts/">'
    links += '<a href="/zixun/"><a href="/sfj/zixun/#s9">'
    files = {**FILES, source: links.encode()}
    found = broken_links(files, {source: "/sfj"})
    assert {(fault.link, fault.reason) for _name, fault in found} == {
        ("nichts/index.html", "file"),
        ("/zixun/", "absolute"),
        ("zixun/index.html#s9", "fragment"),
    }
