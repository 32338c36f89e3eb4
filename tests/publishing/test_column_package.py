"""The column package: our part of a page whose header and footer are the host's."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from home.channels import SITE, Channel
from home.models import Portal
from publishing.assets import read_asset
from publishing.scoped_css import scoped
from tests.factories import TwoPortals
from tests.publishing.asking import names, pages
from tests.publishing.markup import Markup
from tests.publishing.rendering import STATIC, render_sample
from tests.publishing.sample_frame import FRAME
from tests.publishing.samples import samples

BY_NAME = {sample.name: sample for sample in samples()}
MARKED = Channel("column")
INCLUDED = Channel("column", host_parts="/sfj-parts/")
EVERY_SHEET = sorted(file.name for file in (STATIC / "css").glob("*.css"))


@cache
def html(name: str, channel: Channel) -> str:
    found = BY_NAME[name]
    frame = {**found.frame, "channel": channel}
    return render_sample(replace(found, frame=frame))


def outer(page: Markup) -> set[str]:
    """What stands around a page; headers of its parts have other classes."""
    found = [(tag, attrs.get("class", "")) for tag, attrs in page.elements]
    return {
        tag for tag, own in found if tag in {"header", "footer"} and tag in own.split()
    }


# --- what is left out and what stays -----------------------------------------------------


@pytest.mark.parametrize("name", ["home", "column", "question", "statute", "error"])
def test_a_page_has_neither_our_header_nor_our_footer(name: str) -> None:
    column = Markup(html(name, MARKED))
    site = Markup(html(name, SITE))
    assert outer(site) == {"header", "footer"}
    assert outer(column) == set()
    for words in (
        FRAME.hosting.icp_number,
        FRAME.hosting.police_number,
        FRAME.hosting.organizer,
        "我为政府网站找错",
        "党政机关网站标识",
    ):
        assert words in site.text
        assert words not in column.text


def test_menu_languages_way_and_help_stay() -> None:
    found = Markup(html("question", MARKED))
    labels = {attrs.get("aria-label") for attrs in found.all("nav")}
    assert {"栏目导航", "语言文字", "您现在的位置"} <= labels
    assert "tel:12348" in found.links()
    assert "本栏目由青山县司法局承办。" in found.text
    assert "../../guanyu/yinsi/index.html" in found.links()


@pytest.mark.parametrize("name", ["home", "article", "part"])
def test_the_main_part_is_the_same_as_on_a_site_of_its_own(name: str) -> None:
    main = re.compile(r"<main.*</main>", re.DOTALL)
    site, column = (main.search(html(name, channel)) for channel in (SITE, MARKED))
    assert site and column and site[0] == column[0]


def test_the_host_is_named_in_the_head_tags() -> None:
    # Its header and footer bring none: the standard asks for them on every page.
    meta = Markup(html("article", MARKED)).meta()
    assert meta["SiteName"] == FRAME.hosting.site_name
    assert meta["SiteIDCode"] == FRAME.hosting.site_id_code


# --- where the host's parts come in --------------------------------------------------------


def test_places_for_the_hosts_parts_are_marked_in_order() -> None:
    text = html("article", MARKED)
    places = [
        text.index(mark)
        for mark in (
            "<!-- host:head -->",
            '<link rel="stylesheet"',  # after the host's: ours win over equals
            "<body>",
            "<!-- host:header -->",
            '<div class="xiangfatong">',
            "<main",
            "</main>",
            "<!-- host:footer -->",
            "</body>",
        )
    ]
    assert places == sorted(places)
    assert "#include" not in text


def test_a_server_with_includes_finds_the_hosts_parts() -> None:
    found = re.findall(r'<!--#include virtual="([^"]+)" -->', html("home", INCLUDED))
    assert found == [f"/sfj-parts/{name}.html" for name in ("head", "header", "footer")]


def test_a_site_of_its_own_has_no_marks() -> None:
    text = html("home", SITE)
    assert "host:" not in text and "xiangfatong" not in text


def test_where_the_parts_are_must_be_a_path(two_portals: TwoPortals) -> None:
    portal = two_portals.qingshan.portal
    for path in ("sfj-parts/", "/sfj", '/"/', "/a b/", "/页头/"):
        portal.host_parts = path
        with pytest.raises(ValidationError) as refused:
            portal.full_clean()
        assert set(refused.value.message_dict) == {"host_parts"}, path
    portal.host_parts = "/common/sfj-parts/"
    portal.full_clean()


# --- style sheets keep to our part -----------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { x: y }", ".xiangfatong a { x: y }"),
        ("a,\nb > c { x: y }", ".xiangfatong a,\n.xiangfatong b > c { x: y }"),
        ("*::before { x: y }", ".xiangfatong *::before { x: y }"),
        (":root { --a: b }", ":root { --a: b }"),
        ("html[data-size] { x: y }", "html[data-size] { x: y }"),
        (
            'html[data-size="elder"] .a b { x: y }',
            'html[data-size="elder"] .xiangfatong .a b { x: y }',
        ),
        ("body { x: y }", ".xiangfatong { x: y }"),
        ("body .a { x: y }", ".xiangfatong .a { x: y }"),
        (
            ":lang(en) { x: y }",
            ".xiangfatong:lang(en),\n.xiangfatong :lang(en) { x: y }",
        ),
        (":is(a, b) i { x: y }", ".xiangfatong :is(a, b) i { x: y }"),
        ("@page { x: y }", "@page { x: y }"),
        (
            "@media print { a { x: y } } b { x: y }",
            "@media print { .xiangfatong a { x: y } } .xiangfatong b { x: y }",
        ),
        ("/* a { } */ b { x: y }", " .xiangfatong b { x: y }"),
        (".html-note { x: y }", ".xiangfatong .html-note { x: y }"),
    ],
)
def test_a_rule_is_put_below_the_scope(css: str, expected: str) -> None:
    assert scoped(css) == expected


@pytest.mark.parametrize("name", EVERY_SHEET)
def test_no_rule_of_ours_reaches_the_host(name: str) -> None:
    own = (STATIC / "css" / name).read_text()
    text = read_asset(f"css/{name}", MARKED).decode()
    assert text.count("{") == re.sub(r"/\*.*?\*/", "", own, flags=re.DOTALL).count("{")
    for prelude in re.findall(r"([^{};]+)\{", text):
        for selector in re.split(r",(?![^(]*\))", prelude):
            reaches_root_only = re.fullmatch(
                r"(html|:root)(\[[^\]]+\])?", selector.strip()
            )
            is_rule_of_page = selector.strip().startswith("@")
            assert ".xiangfatong" in selector or reaches_root_only or is_rule_of_page, (
                selector
            )


def test_on_a_site_of_its_own_the_style_sheets_are_as_written() -> None:
    body = read_asset("css/base.css")
    assert body == (STATIC / "css" / "base.css").read_bytes()


# --- the command ---------------------------------------------------------------------------------


def test_the_form_is_the_portals_or_as_asked(
    two_portals: TwoPortals, tmp_path: Path
) -> None:
    column, site = two_portals.qingshan, two_portals.baihe
    column.portal.layout = Portal.Layout.COLUMN
    column.portal.save()
    call_command("export_site", output=tmp_path / "own")
    for county, expected in ((column, True), (site, False)):
        text = (tmp_path / "own" / county.host / "index.html").read_text()
        assert ("<!-- host:header -->" in text) is expected
    asked = {"portal": [site.host], "form": "column", "output": tmp_path / "asked"}
    call_command("export_site", **asked)
    folder = tmp_path / "asked" / site.host
    for name, page in pages(folder).items():
        assert outer(page) == set(), name
    assert ".xiangfatong a" in (folder / "static/css/base.css").read_text()
    assert "404.html" in names(folder)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"form": "usb", "output": Path("x")}, "site、column"),
        ({"form": "column"}, "--output"),
    ],
)
def test_a_form_that_cannot_be_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, object],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=told):
        call_command("export_site", **options)
    assert list(tmp_path.iterdir()) == []
