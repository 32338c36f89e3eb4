"""The demo portals and articles fit together: every name in them leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.html import strip_tags

from articles.demo import forms, pictures
from articles.demo.drawing.emblems import EMBLEMS
from home.colors import contrast_with_white
from statutes.citations import find_citations
from statutes.register import known_changes, load_register

DEMO = Path(forms.__file__).resolve().parent
BLOCK_TYPES = {
    "text", "heading", "picture", "attachment", "quote",
    "table", "alert", "citation", "question_link",
}  # fmt: skip
FOLDERS = (
    "questions", "articles", "guides", "cases", "documents", "interpretations",
    "information", "campaigns", "events",
)  # fmt: skip
# Languages of which a portal shows a few pages only, as proof.
SAMPLE_LANGUAGES = {"za", "ug"}
AUDIENCES = {
    "村民", "农民工", "妇女", "老年人", "未成年人", "残疾人", "村干部", "企业",
}  # fmt: skip
Record = dict[str, Any]


@cache
def load(name: str) -> Any:
    return yaml.safe_load((DEMO / name).read_text(encoding="utf-8"))


@cache
def folder(name: str) -> dict[str, Record]:
    return {path.stem: load(f"{name}/{path.name}") for path in DEMO.glob(f"{name}/*")}


PORTALS = {portal["slug"]: portal for portal in load("portals.yaml")}
ARTICLES = folder("articles")
each_article = pytest.mark.parametrize("slug", sorted(ARTICLES))
each_portal = pytest.mark.parametrize("slug", sorted(PORTALS))


def columns(portal: Record) -> dict[str, Record]:
    """Every column of a portal by its address below the home page."""
    found: dict[str, Record] = {}
    for column in portal["columns"]:
        found[column["slug"]] = column
        for child in column.get("children", ()):
            found[f"{column['slug']}/{child['slug']}"] = child
    return found


def pages(portal: str) -> set[str]:
    """The addresses of a portal's columns and of the pages in them."""
    found = set(columns(PORTALS[portal]))
    for kind in FOLDERS:
        for name, page in folder(kind).items():
            if portal in page["portals"]:
                found.add(f"{page.get('column', 'wenda')}/{name}")
    directory = load(f"directory/{portal}.yaml")
    return found | {
        f"{directory['column']}/{page['slug']}" for page in directory["directories"]
    }


def campaigns(portal: str) -> set[str]:
    """The addresses of a portal's campaigns, below which reports stand."""
    return {
        f"{page['column']}/{name}"
        for name, page in folder("campaigns").items()
        if portal in page["portals"]
    }


def bodies(article: Record) -> Iterator[list[Record]]:
    yield article["body"]
    for translation in article.get("translations", {}).values():
        yield translation["body"]


def blocks(article: Record, kind: str) -> Iterator[Any]:
    for body in bodies(article):
        yield from (block["value"] for block in body if block["type"] == kind)


def words(value: Any) -> str:
    """Everything a reader sees of a block, without markup."""
    if isinstance(value, dict):
        return " ".join(words(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(words(part) for part in value)
    return str(strip_tags(str(value)))


# --- articles --------------------------------------------------------------------------


@each_article
def test_names_in_article_lead_somewhere(slug: str) -> None:
    article = ARTICLES[slug]

    assert article["slug"] == slug
    assert set(article["topics"]) <= {topic["slug"] for topic in load("topics.yaml")}
    assert set(article["audiences"]) <= AUDIENCES
    for portal in article["portals"]:
        parents = {*columns(PORTALS[portal]), *campaigns(portal)}
        assert article["column"] in parents


@each_article
def test_media_of_article_exist(slug: str) -> None:
    article = ARTICLES[slug]

    shown = {picture["image"] for picture in blocks(article, "picture")}
    for gallery in blocks(article, "gallery"):
        shown |= {picture["image"] for picture in gallery["pictures"]}
    attached = {file["document"] for file in blocks(article, "attachment")}
    cover = {article["cover"]} - {None}

    assert shown | cover <= set(pictures.PICTURES)
    assert attached <= set(forms.attachments())


@each_article
def test_linked_questions_are_in_every_portal_of_the_article(slug: str) -> None:
    article = ARTICLES[slug]

    for question in blocks(article, "question_link"):
        assert set(article["portals"]) <= set(
            folder("questions")[question]["portals"]
        ), question


@each_article
def test_tables_are_rectangles_of_text(slug: str) -> None:
    for table in blocks(ARTICLES[slug], "table"):
        assert table["caption"]
        assert len({len(row) for row in table["rows"]}) == 1
        assert all(isinstance(cell, str) for row in table["rows"] for cell in row)


@each_article
def test_figures_are_stated_in_the_article_and_quoted_from_the_law(slug: str) -> None:
    article = ARTICLES[slug]
    text = words([block["value"] for block in article["body"]])

    for figure in article["figures"]:
        assert figure["stated_as"] in text
        assert figure["figure"] in figure["in_law"]
        assert re.fullmatch(r"《.+》第.+条(第.+款)?", figure["citation"])


@each_article
def test_article_says_when_and_where_it_comes_from(slug: str) -> None:
    article = ARTICLES[slug]
    published = datetime.fromisoformat(article["published"])

    assert published.year == 2026
    assert published.utcoffset() is not None
    assert "（演示）" in article["source"] or "（虚构）" in article["source"]
    assert bool(article.get("reprint_source")) == bool(article.get("original_date"))


@each_article
def test_article_is_long_enough_to_read(slug: str) -> None:
    text = words([block["value"] for block in ARTICLES[slug]["body"]])

    assert len(re.findall(r"[\u4e00-\u9fff]", text)) >= 340
    assert 10 <= len(ARTICLES[slug]["summary"]) <= 300


@each_article
def test_citation_blocks_are_citations_from_end_to_end(slug: str) -> None:
    for citation in blocks(ARTICLES[slug], "citation"):
        (match,) = find_citations(citation, load_register().names)
        assert (match.start, match.end) == (0, len(citation))
        assert match.pinpoints, citation


@each_article
def test_cited_provisions_exist_and_have_not_changed_since(slug: str) -> None:
    register = load_register()
    changed = set(known_changes())
    figures = [figure["citation"] for figure in ARTICLES[slug]["figures"]]
    text = "。".join([words(list(bodies(ARTICLES[slug]))), *figures])

    for match in find_citations(text, register.names):
        statute = register.statute(match.statute_slug)
        assert statute is not None
        assert statute.title not in changed
        for place in match.pinpoints:
            assert register.exists(statute.slug, place.number, place.suffix), match.raw


def test_one_article_shows_every_block() -> None:
    shown = [
        {block["type"] for block in article["body"]} for article in ARTICLES.values()
    ]

    assert BLOCK_TYPES in shown


# --- portals ---------------------------------------------------------------------------


@each_portal
def test_portal_has_no_blank_column(slug: str) -> None:
    addresses = pages(slug) - set(columns(PORTALS[slug]))

    for column in columns(PORTALS[slug]):
        assert any(page.startswith(f"{column}/") for page in addresses), column
    assert sum(slug in article["portals"] for article in ARTICLES.values()) >= 5


@each_portal
def test_portal_names_every_column_in_each_of_its_languages(slug: str) -> None:
    for code in set(PORTALS[slug]["languages"]) - SAMPLE_LANGUAGES:
        suffix = "" if code == "zh-hans" else "_" + code.replace("-", "_")
        for column in columns(PORTALS[slug]).values():
            assert column["heading" + suffix]
            assert column["summary" + suffix]


def test_pages_in_a_language_of_few_pages_have_a_home_and_a_column() -> None:
    portal = PORTALS["liuxi"]

    assert set(portal["languages"]) >= SAMPLE_LANGUAGES
    for code in SAMPLE_LANGUAGES:
        assert portal[f"name_{code}"]
        assert portal[f"home_{code}"]
        assert any(
            column.get(f"heading_{code}") and column.get(f"summary_{code}")
            for column in columns(portal).values()
        )


@each_portal
def test_identity_of_portal_is_complete_and_belongs_to_nobody(slug: str) -> None:
    hosting, publisher = PORTALS[slug]["hosting"], PORTALS[slug]["publisher"]

    assert all(hosting.values())
    assert all(publisher.values())
    assert re.fullmatch(r"000000000\d", hosting["site_id_code"])
    assert hosting["site_domain"].endswith(".example")
    for name in ("police_url", "error_report_url", "party_mark_url"):
        assert ".example/" in hosting[name]
    assert "演示" in hosting["organizer"] + publisher["name"]


@each_portal
def test_colors_of_portal_can_carry_white_text(slug: str) -> None:
    publisher = PORTALS[slug]["publisher"]

    for name in ("primary_color", "accent_color"):
        assert contrast_with_white(publisher[name]) >= 4.5


def test_portals_differ_in_every_identifying_value() -> None:
    for name in ("host", "region_code", "name", "logo"):
        assert len({portal[name] for portal in PORTALS.values()}) == len(PORTALS)
    for name in ("site_id_code", "icp_number", "police_number", "site_domain"):
        values = {portal["hosting"][name] for portal in PORTALS.values()}
        assert len(values) == len(PORTALS)
    assert {portal["logo"] for portal in PORTALS.values()} == set(EMBLEMS)


@each_portal
def test_menu_is_short_and_begins_with_what_villagers_ask_for(slug: str) -> None:
    shown = [
        column["slug"] for column in PORTALS[slug]["columns"] if column["show_in_menus"]
    ]

    assert shown[:3] == ["wenda", "banshi", "fuwu"]
    assert len(shown) <= 8  # one row at 1280 px


def home_blocks(portal: str, kind: str) -> Iterator[Record]:
    for key, value in PORTALS[portal].items():
        if key == "home" or key.startswith("home_"):
            yield from (block["value"] for block in value if block["type"] == kind)


@each_portal
def test_links_of_home_page_lead_somewhere(slug: str) -> None:
    for notice in home_blocks(slug, "notice"):
        assert notice["page"] in pages(slug)
        assert len(notice["text"]) <= 120
    for latest in home_blocks(slug, "latest"):
        assert latest["column"] in columns(PORTALS[slug])
    for guides in home_blocks(slug, "guides"):
        assert set(guides["guides"]) <= pages(slug)
    directories = [block["directory"] for block in home_blocks(slug, "service_points")]
    assert set(directories) == {"fuwu/fuwudian"}
    assert set(directories) <= pages(slug)


@each_portal
def test_home_page_has_the_new_blocks_in_each_of_its_languages(slug: str) -> None:
    wanted = {"campaign", "cases", "guides", "documents", "service_points"}
    for code in set(PORTALS[slug]["languages"]) - SAMPLE_LANGUAGES:
        key = "home" if code == "zh-hans" else "home_" + code.replace("-", "_")

        assert wanted <= {block["type"] for block in PORTALS[slug][key]}, code


@each_portal
def test_topics_of_home_page_have_questions(slug: str) -> None:
    asked = {
        topic
        for question in folder("questions").values()
        if slug in question["portals"]
        for topic in question["topics"]
    }

    for block in home_blocks(slug, "questions_by_topic"):
        assert set(block["topics"]) <= asked


@each_portal
def test_tasks_of_home_page_are_short_and_lead_somewhere(slug: str) -> None:
    targets = {f"page:{page}" for page in pages(slug)}
    targets |= {f"topic:{topic['slug']}" for topic in load("topics.yaml")}
    targets |= {"path:/laws/", "path:/search/", "path:/topics/", "tel:12348"}

    for block in home_blocks(slug, "top_tasks"):
        for task in block["items"]:
            assert task["target"] in targets
            assert len(task["label"]) <= 12
            assert len(task["hint"]) <= 30


@each_portal
def test_home_page_has_a_link_that_leaves_the_government(slug: str) -> None:
    addresses = [
        link["url"] for block in home_blocks(slug, "links") for link in block["items"]
    ]

    assert any(".gov.cn/" in address for address in addresses)
    assert any(".gov.cn/" not in address for address in addresses)
