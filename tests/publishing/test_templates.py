"""Every template renders with all its parts, and keeps the rules of public pages."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from home.links import AddressForm
from home.presentation import HostingData
from tests.publishing.rendering import (
    RELATIVE,
    STATIC,
    TEMPLATES,
    public_environment,
    render,
    render_sample,
)
from tests.publishing.sample_frame import FRAME
from tests.publishing.samples import BODY, CARDS, LONG_STATUTE, MOMENT, Sample, samples

SAMPLES = list(samples())
EVERY_SAMPLE = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
# Of one page. Heavier style sheets would cost a village line a second.
CSS_BUDGET = 40_000
BY_NAME = {sample.name: sample for sample in SAMPLES}


class Page(HTMLParser):
    """What the tests ask about a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def meta(self) -> dict[str, str]:
        return {
            str(attrs["name"]): str(attrs["content"])
            for attrs in self.all("meta")
            if "name" in attrs
        }


def page_of(name: str) -> Page:
    return Page(render_sample(BY_NAME[name]))


@EVERY_SAMPLE
def test_every_page_holds_no_inline_script_style_or_handler(sample: Sample) -> None:
    page = Page(render_sample(sample))
    assert all(attrs.get("src") for attrs in page.all("script"))
    assert page.all("style") == []
    for _tag, attrs in page.elements:
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs)


@EVERY_SAMPLE
def test_every_page_uses_an_id_once(sample: Sample) -> None:
    ids = [
        attrs["id"]
        for _tag, attrs in Page(render_sample(sample)).elements
        if "id" in attrs
    ]
    assert len(ids) == len(set(ids))


@EVERY_SAMPLE
def test_every_page_shows_the_hotline_and_one_main_heading(sample: Sample) -> None:
    page = Page(render_sample(sample))
    assert {"tel:12348"} <= {attrs.get("href") for attrs in page.all("a")}
    assert len(page.all("h1")) == 1


def test_all_page_templates_have_a_sample() -> None:
    folders = ("home", "articles", "statutes", "search")
    pages = {
        str(file.relative_to(TEMPLATES))
        for folder in folders
        for file in (TEMPLATES / folder).glob("*.html")
    }
    without = {"home/offline.html", "home/portal_list.html", "statutes/components.html"}
    assert pages - without == {sample.template for sample in SAMPLES}


def test_all_block_templates_have_a_sample() -> None:
    shown = {
        block.type
        for sample in SAMPLES
        for name in ("blocks", "explanation")
        for block in getattr(sample.page, name, ())
    }
    files = {file.stem for file in (TEMPLATES / "components" / "blocks").glob("*.html")}
    assert files == shown


def test_head_tags_are_spelled_as_the_standard_prints_them() -> None:
    meta = page_of("question").meta()
    assert meta["SiteName"] == "青山县人民政府"
    assert meta["SiteIDCode"] == "0000000001"
    assert meta["ColumnType"] == "政策解读"
    assert meta["PubDate"] == "2026-03-01 09:30"


def test_empty_head_tags_are_left_out() -> None:
    bare = replace(BY_NAME["question"], frame={"hosting": HostingData()})
    meta = Page(render_sample(bare)).meta()
    assert "SiteName" not in meta
    assert "" not in meta.values()


def test_footer_leaves_out_what_is_not_known() -> None:
    bare = replace(BY_NAME["question"], frame={"hosting": HostingData()})
    assert "网站标识码" in render_sample(BY_NAME["question"])
    assert "网站标识码" not in render_sample(bare)


def test_leaving_page_does_not_link_an_address_that_is_not_of_the_web() -> None:
    leave = BY_NAME["leave"]
    harmful = replace(leave, page=replace(leave.page, url="javascript:alert(1)"))
    assert "javascript:" not in {
        str(attrs.get("href"))[:11] for attrs in Page(render_sample(harmful)).all("a")
    }


def test_moved_page_leads_on_without_script() -> None:
    refresh = next(m for m in page_of("moved").all("meta") if "http-equiv" in m)
    assert refresh["content"] == "0; url=../wenda/index.html#s1"


def test_offline_search_leads_to_itself_and_says_where_else_to_look() -> None:
    page = page_of("offline search")
    assert [form["action"] for form in page.all("form")] == ["index.html"]
    links = {attrs.get("href") for attrs in page.all("a")}
    assert {"tel:12348", "../topics/index.html", "../sitemap/index.html"} <= links
    assert any("data-offline-unable" in attrs for attrs in page.all("div"))
    served = page_of("search")
    assert len(served.all("form")) == 1
    assert not any("data-offline-unable" in attrs for attrs in served.all("div"))


def test_every_provision_of_a_long_statute_is_an_anchor_that_leads_to_its_part() -> (
    None
):
    links = {
        attrs.get("id"): attrs["href"]
        for attrs in page_of("long statute").all("a")
        if "href" in attrs
    }
    assert links["t130"] == "b1/index.html#t130"
    on_host = Page(render_sample(BY_NAME["long statute"], AddressForm("host")))
    assert {"b1/#t130"} <= {attrs.get("href") for attrs in on_host.all("a")}
    assert len([name for name in links if name]) == len(LONG_STATUTE.index)


def test_small_heading_without_a_large_one_takes_its_level() -> None:
    small = tuple(block for block in BODY if block.data.get("level") != 2)
    question = BY_NAME["question"]
    page = Page(
        render_sample(replace(question, page=replace(question.page, explanation=small)))
    )
    assert page.all("h4") == []
    assert {"s3"} <= {attrs.get("id") for attrs in page.all("h3")}


def test_switch_to_a_missing_translation_leads_to_its_notice() -> None:
    page = Page(render_sample(BY_NAME["question"]))
    links = [attrs["href"] for attrs in page.all("a") if attrs.get("lang") == "ug"]
    assert [link.partition("#")[2] for link in links] == ["only-ug"]
    notices = [attrs["id"] for attrs in page.all("p") if attrs.get("lang") == "ug"]
    assert notices == ["only-ug"]


def test_feed_is_well_formed_and_dated_in_local_time() -> None:
    feed = render(
        "feed.xml",
        "/feed.xml",
        RELATIVE,
        heading="问答 & 解读",
        page_path="/wenda/",
        feed_path="/wenda/feed.xml",
        cards=CARDS,
        moments={card.id: MOMENT for card in CARDS},
        updated=MOMENT,
    )
    root = ElementTree.fromstring(feed)  # noqa: S314  (our own output)
    atom = "{http://www.w3.org/2005/Atom}"
    assert root.findtext(f"{atom}updated") == "2026-03-01T09:30:00+08:00"
    assert len(root.findall(f"{atom}entry")) == len(CARDS)


def test_sitemap_is_well_formed() -> None:
    entries = [("https://sfj.example.gov.cn/?a&b", MOMENT), ("https://x.gov.cn/", None)]
    text = render("sitemap.xml", "/sitemap.xml", RELATIVE, entries=entries)
    root = ElementTree.fromstring(text)  # noqa: S314  (our own output)
    assert [child[0].text for child in root] == [address for address, _ in entries]


def test_the_index_of_the_sitemap_is_well_formed() -> None:
    parts = ["https://sfj.example.gov.cn/sitemap/0.xml?a&b", "https://x.gov.cn/1.xml"]
    text = render("sitemap_index.xml", "/sitemap.xml", RELATIVE, parts=parts)
    root = ElementTree.fromstring(text)  # noqa: S314  (our own output)
    assert [child[0].text for child in root] == parts


def test_theme_darkens_a_color_that_could_not_be_read() -> None:
    yellow = replace(FRAME.publisher, primary_color="#ffcc00")
    theme = render(
        "theme.css", "/theme.css", RELATIVE, frame=replace(FRAME, publisher=yellow)
    )
    assert "--brand: #ffcc00" not in theme
    assert re.search(r"--brand: #[0-9a-f]{6};", theme)


def test_portal_list_needs_no_portal() -> None:
    template = public_environment().get_template("home/portal_list.html")
    html = template.render(portals=[FRAME.parent], asset=lambda name: f"/static/{name}")
    assert "http://b.localhost/" in html


@EVERY_SAMPLE
def test_style_sheets_of_every_page_stay_within_their_budget(sample: Sample) -> None:
    links = Page(render_sample(sample)).all("link")
    hrefs = [str(link["href"]) for link in links if link.get("rel") == "stylesheet"]
    files = [STATIC / "css" / href.rpartition("/")[2] for href in hrefs]
    sizes = [file.stat().st_size for file in files if file.is_file()]
    assert len(sizes) == len(hrefs) - 1  # theme.css is made for each portal
    assert sum(sizes) < CSS_BUDGET


def test_style_sheets_keep_their_rules() -> None:
    sheets = {file.name: file.read_text() for file in (STATIC / "css").glob("*.css")}
    for name, text in sheets.items():
        for forbidden in (
            "!important",
            "@import",
            "http:",
            "https:",
            "data:",
            "italic",
        ):
            assert forbidden not in text, f"{name}: {forbidden}"


def test_every_class_of_the_style_sheets_is_used() -> None:
    css = "".join(file.read_text() for file in (STATIC / "css").glob("*.css"))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    named = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", css)))
    sources = [*TEMPLATES.rglob("*.html"), *(STATIC / "js").glob("*.js")]
    text = "".join(file.read_text() for file in sources)
    # Written as a prefix and a value: badge--{{ status }}, level-{{ division.level }}.
    computed = re.compile(r"(badge--|alert--|step--|level-|division--)\w+")
    words = set(re.findall(r"[\w-]+", text))
    unused = {name for name in named - words if not computed.match(name)}
    assert unused == set()
