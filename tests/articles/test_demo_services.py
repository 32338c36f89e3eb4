"""Guides, cases and the bureau's own pages of the demo: true and complete.

The rules for all pages hold for documents and interpretations as well.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from articles.demo import forms, pictures, sources
from articles.demo.figures import is_in_law, unlisted_figures
from articles.demo.sources import strings_of
from statutes.citations import find_citations
from statutes.importing import ImportOptions, ImportSummary, collect_statutes
from statutes.register import known_changes, load_register
from statutes.sources import read_sources
from tests.articles.demo_files import (
    EVERY,
    FOLDERS,
    PORTALS,
    QUESTIONS,
    ROWS,
    blocks,
    day_of,
    each,
    words,
)

GUIDE_TEXTS = "conditions materials steps place hours time_limit fee".split()
# What a page says itself; amounts in the facts of a case are not the law's.
SAID = {
    "guides": ["summary", *GUIDE_TEXTS, "body"],
    "cases": ["meaning"],
    "information": ["summary", "body"],
}
# An identity card, a bank card, a mobile telephone. 0000-1234802 is nobody's number.
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{16,19}|1[3-9]\d{9})(?!\d)")
LEGAL_BASIS = [name for name, row in EVERY.items() if row.get("legal_basis")]


each_page = each(*FOLDERS)


# --- how much there is -------------------------------------------------------------------


def test_there_is_as_much_as_promised() -> None:
    explained = {row["document"] for row in ROWS["interpretations"].values()}

    assert len(ROWS["guides"]) >= 5
    assert len(ROWS["cases"]) >= 12
    assert len(explained & ROWS["documents"].keys()) >= 6


def test_cases_vary() -> None:
    cases = ROWS["cases"].values()

    assert len({row["case_type"] for row in cases}) >= 5
    assert {row["year"] for row in cases} == {2024, 2025, 2026}
    assert len({topic for row in cases for topic in row["topics"]}) >= 12


def test_translations_are_where_they_were_promised() -> None:
    def count(folder: str, code: str) -> int:
        return sum(code in row.translations() for row in ROWS[folder].values())

    for code in ("en", "zh-hant"):
        assert count("guides", code) == len(ROWS["guides"])
        assert count("cases", code) >= 4
        assert count("documents", code) >= 2
        assert count("interpretations", code) >= 2
        assert count("information", code) >= 2
    assert count("guides", "za") >= 2
    assert count("guides", "ug") == 1


@pytest.mark.parametrize("code", ["za", "ug"])
def test_translation_that_no_speaker_has_read_says_so(code: str) -> None:
    rows = [*EVERY.values(), *QUESTIONS.values()]
    texts = [
        words(row.translations()[code]) for row in rows if code in row.translations()
    ]

    assert texts
    assert all("演示译文，未经审校" in text for text in texts)


# --- everything leads somewhere ----------------------------------------------------------


@each_page
def test_names_in_page_lead_somewhere(name: str) -> None:
    row = EVERY[name]
    topics = {topic["slug"] for topic in sources.topics()}

    assert set(row["topics"]) <= topics
    assert set(row["audiences"]) <= {one["name"] for one in sources.audiences()}
    assert set(row.get("local", {})) <= set(row["portals"]) <= PORTALS.keys()
    for portal in row["portals"]:
        columns = {column["slug"] for column in PORTALS[portal].rows("columns")}
        assert row["column"] in columns
    for code in row.translations():
        assert any(code in PORTALS[portal]["languages"] for portal in row["portals"])


@each_page
def test_blocks_refer_to_what_is_there(name: str) -> None:
    row = EVERY[name]

    for kind, value in blocks(row):
        if kind == "question_link":
            assert set(row["portals"]) <= set(QUESTIONS[value]["portals"]), value
        elif kind == "picture":
            assert value["image"] in pictures.PICTURES
        elif kind == "attachment":
            assert value["document"] in forms.attachments()
        elif kind == "table":
            assert value["caption"]
            assert len({len(cells) for cells in value["rows"]}) == 1
            assert all(isinstance(cell, str) for line in value["rows"] for cell in line)


@each_page
def test_page_names_a_demo_source_and_nobody_by_number(name: str) -> None:
    row = EVERY[name]

    assert row["source"].endswith("（演示）")
    assert datetime.fromisoformat(row["published"]).utcoffset() is not None
    assert [text for text in strings_of(row) if PERSONAL_NUMBER.search(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证 11010119900101123X", True),
        ("手机13800138000", True),
        ("卡号6222020200112233445", True),
        ("打 12348 或者 0000-1234802", False),
    ],
)
def test_personal_numbers_are_recognized(text: str, found: bool) -> None:
    assert bool(PERSONAL_NUMBER.search(text)) is found


# --- the law -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(LEGAL_BASIS))
def test_every_line_of_the_legal_basis_is_one_citation(name: str) -> None:
    for text in EVERY[name]["legal_basis"]:
        (match,) = find_citations(text, load_register().names)
        assert (match.start, match.end) == (0, len(text))
        assert match.pinpoints


@each_page
def test_cited_provisions_exist_and_have_not_changed_since(name: str) -> None:
    register = load_register()
    for text in strings_of(EVERY[name]):
        for match in find_citations(text, register.names):
            statute = register.statute(match.statute_slug)
            assert statute is not None
            assert statute.title not in known_changes()
            for place in match.pinpoints:
                assert register.exists(statute.slug, place.number, place.suffix), (
                    match.raw
                )


@each("guides", "cases", "information")
def test_every_figure_is_listed(name: str) -> None:
    row = EVERY[name]
    if row.get("purpose") == "disclosure_report":
        return  # counts and days of the bureau's own year
    keys = SAID[name.split("/")[0]]

    assert unlisted_figures(row, load_register().names, keys) == []


@each_page
def test_listed_figure_is_said_on_the_page(name: str) -> None:
    text = words({key: EVERY[name].get(key) for key in (*SAID["guides"], "meaning")})

    for entry in EVERY[name].rows("figures"):
        assert entry["stated_as"] in text


@lru_cache(maxsize=1)
def law_texts(shared_data: Path) -> dict[str, dict[tuple[int, int], str]]:
    register = load_register()
    cited = {entry["citation"] for row in EVERY.values() for entry in row["figures"]}
    wanted = frozenset(
        register.names.title(match.statute_slug)
        for text in cited
        for match in find_citations(text, register.names)
    )
    files = read_sources([shared_data / "laws_national.tar.xz"])
    found = collect_statutes(files, ImportOptions(only=wanted), ImportSummary())
    return {
        texts.title: {
            (one.number, one.suffix): one.text for one in texts.latest.provisions
        }
        for texts in found
    }


@pytest.mark.shared_data
@each_page
def test_listed_figures_stand_in_the_law(name: str, shared_data: Path) -> None:
    names = load_register().names
    for entry in EVERY[name].rows("figures"):
        (match,) = find_citations(entry["citation"], names)
        provisions = law_texts(shared_data)[names.title(match.statute_slug)]
        cited = [provisions[place.number, place.suffix] for place in match.pinpoints]
        assert is_in_law(entry, cited), entry["citation"]


# --- guides and cases --------------------------------------------------------------------


@each("guides")
def test_guide_is_complete_in_every_portal_and_translation(name: str) -> None:
    row = EVERY[name]

    assert row["legal_basis"]
    for portal in row["portals"]:
        shown = row.in_portal(portal)
        assert shown is not None
        assert all(shown[key].strip() for key in GUIDE_TEXTS)
        assert shown["phone"]
    for texts in row.translations().values():
        assert all(texts[key].strip() for key in GUIDE_TEXTS)


@each("guides")
def test_guide_leads_to_official_systems_only(name: str) -> None:
    for key in ("online_url", "booking_url"):
        address = EVERY[name][key]
        assert address == "" or re.match(r"https://[\w.]+\.gov\.cn/", address)


@each("cases")
def test_case_was_checked_by_a_second_person_before_publication(name: str) -> None:
    row = EVERY[name]

    assert all(row[key].strip() for key in ("facts", "dispute", "outcome", "meaning"))
    assert row["legal_basis"]
    assert row["anonymity_checked_by"]
    assert row["anonymity_checked_on"] <= day_of(row)
    assert row["year"] <= day_of(row).year


@each("cases")
def test_case_names_people_by_surname_only(name: str) -> None:
    text = words([EVERY[name][key] for key in ("facts", "dispute", "outcome")])

    assert re.search(r"[\u4e00-\u9fff]某", text)
    assert not re.search(r"某[某甲乙丙丁]|身份证号|先生|女士", text)


# --- the bureau's own pages ----------------------------------------------------------------


@pytest.mark.parametrize("portal", sorted(PORTALS))
def test_portal_has_every_page_about_the_bureau_once(portal: str) -> None:
    purposes = [
        row["purpose"]
        for row in ROWS["information"].values()
        if portal in row["portals"]
    ]

    assert sorted(purposes) == sorted(
        "duties leaders disclosure_guide disclosure_request disclosure_report privacy"
        " accessibility errors".split()
    )


@each("information")
def test_annual_report_came_out_in_january_and_adds_up(name: str) -> None:
    row = EVERY[name]
    if row["purpose"] != "disclosure_report":
        assert "year" not in row
        return
    (table,) = (
        value["rows"]
        for kind, value in blocks(row)
        if kind == "table" and "申请" in value["caption"]
    )
    numbers = [int(number) for _label, number in table[1:]]

    assert date(row["year"] + 1, 1, 1) <= day_of(row) < date(row["year"] + 1, 1, 31)
    assert sum(numbers[:2]) == sum(numbers[2:])
