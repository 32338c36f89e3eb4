"""The demo is true: what its answers say is listed, and what is listed is the law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from articles.demo import laws, sources
from articles.demo.figures import is_in_law, unlisted_figures
from articles.demo.makers import all_rows, articles, questions
from articles.demo.sources import DemoError, Row, strings_of
from articles.models.question import MAX_RELATED
from statutes.citations import CitationMatch, find_citations
from statutes.importing import ImportOptions, ImportSummary, collect_statutes
from statutes.register import load_register
from statutes.sources import read_sources

QUESTIONS = {row["slug"]: row for row in questions.MAKER.rows()}
each_question = pytest.mark.parametrize("slug", sorted(QUESTIONS))
Texts = Mapping[str, Mapping[tuple[int, int], str]]  # slug → (number, suffix) → text


def citations_of(row: Row) -> list[CitationMatch]:
    names = load_register().names
    return [match for text in strings_of(row) for match in find_citations(text, names)]


# --- the files fit together ------------------------------------------------------------


def test_there_is_as_much_as_promised() -> None:
    assert len(articles.MAKER.rows()) >= 20
    assert len(questions.MAKER.rows()) >= 60
    topics = {topic for row in questions.MAKER.rows() for topic in row["topics"]}
    assert len(topics) >= 10


def test_every_topic_of_the_lowest_level_has_a_question() -> None:
    asked = {topic for row in questions.MAKER.rows() for topic in row["topics"]}
    parents = {row["parent"] for row in sources.topics()}

    leaves = {row["slug"] for row in sources.topics()} - parents
    assert leaves <= asked


@each_question
def test_related_questions_exist(slug: str) -> None:
    related = QUESTIONS[slug]["related"]

    assert set(related) <= QUESTIONS.keys() - {slug}
    assert len(related) <= MAX_RELATED


@each_question
def test_questions_in_explanation_are_in_every_portal_of_it(slug: str) -> None:
    row = QUESTIONS[slug]
    versions = (row, *row.translations().values())

    for block in (block for version in versions for block in version["explanation"]):
        if block["type"] == "question_link":
            assert set(row["portals"]) <= set(QUESTIONS[block["value"]]["portals"])


@each_question
def test_question_has_other_wordings_and_a_next_step(slug: str) -> None:
    row = QUESTIONS[slug]

    assert len(set(row["wordings"])) >= 3
    for key in ("answer", "whom", "bring", "legal_basis"):
        assert row[key]
    assert len(row["answer"]) <= 200
    assert row["reviewed_on"] < row["review_due"]


# --- citations -------------------------------------------------------------------------


@each_question
def test_every_line_of_the_legal_basis_is_one_citation(slug: str) -> None:
    names = load_register().names

    for text in QUESTIONS[slug]["legal_basis"]:
        (match,) = find_citations(text, names)
        assert (match.start, match.end) == (0, len(text))
        assert match.pinpoints


@each_question
def test_cited_provisions_are_in_the_register(slug: str) -> None:
    register = load_register()

    for match in citations_of(QUESTIONS[slug]):
        for place in match.pinpoints:
            assert register.exists(match.statute_slug, place.number, place.suffix), (
                match.raw
            )


@each_question
def test_answer_on_a_text_that_changed_says_so(slug: str) -> None:
    register = load_register()
    row = QUESTIONS[slug]

    changed = {
        statute.title
        for match in citations_of(row)
        if (statute := register.statute(match.statute_slug)) and statute.changes
    }
    assert row["needs_check"] or not changed


# --- figures ---------------------------------------------------------------------------


@each_question
def test_every_figure_of_the_answer_is_listed(slug: str) -> None:
    assert unlisted_figures(QUESTIONS[slug], load_register().names) == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("1年内申请仲裁。", ["1年内申请仲裁"]),
        ("要满十八周岁。", ["要满十八周岁。"]),
        ("赔百分之三十。", ["赔百分之三十。"]),
        ("见《民法典》第一百八十八条。", []),
        ("先说一次，一户一宅，打12348。", []),
        ("三年内起诉。", []),  # listed
    ],
)
def test_figures_are_recognized(answer: str, expected: list[str]) -> None:
    figures = [{"stated_as": "三年内"}]
    row = Row({"answer": answer, "figures": figures}, Path("x.yaml"), "")

    assert unlisted_figures(row, load_register().names) == expected


def figure_problems(rows: list[Row], texts: Texts) -> list[str]:
    """Entries whose words do not occur in the provision that they name."""
    names = load_register().names
    problems = []
    for row in rows:
        for entry in row.rows("figures"):
            (match,) = find_citations(entry["citation"], names)
            statute = texts.get(match.statute_slug)
            if statute is None:
                problems.append(f"{row['slug']}: no text of {entry['citation']}")
                continue
            cited = [statute.get((p.number, p.suffix), "") for p in match.pinpoints]
            if not is_in_law(entry, cited):
                problems.append(f"{row['slug']}: {entry['citation']} {entry['in_law']}")
    return problems


@lru_cache(maxsize=1)
def cited_texts(shared_data: Path) -> Texts:
    wanted = laws.cited_titles(all_rows())
    register = load_register()
    files = read_sources([shared_data / laws.ARCHIVE])
    found = collect_statutes(files, ImportOptions(only=wanted), ImportSummary())
    return {
        register.statute(texts.title).slug: {  # type: ignore[union-attr]  # it is cited
            (provision.number, provision.suffix): provision.text
            for provision in texts.latest.provisions
        }
        for texts in found
    }


@pytest.mark.shared_data
def test_every_listed_figure_stands_in_the_law(shared_data: Path) -> None:
    rows = all_rows()

    assert figure_problems(rows, cited_texts(shared_data)) == []


def test_wrong_figure_is_found_without_the_law_texts() -> None:
    """The twin of the test above, on words of our own."""
    slug = load_register().names.slug("民法典")
    assert slug is not None
    texts: Texts = {slug: {(188, 0): "诉讼时效期间为\n三年。"}}

    def problems(in_law: str) -> list[str]:
        entry = {
            "figure": "三年",
            "stated_as": "3年",
            "citation": "《民法典》第一百八十八条第一款",
            "in_law": in_law,
        }
        row = Row({"slug": "x", "figures": [entry]}, Path("x.yaml"), "")
        return figure_problems([row], texts)

    assert problems("期间为三年") == []
    assert problems("二年") == ["x: 《民法典》第一百八十八条第一款 二年"]


# --- mistakes in the files -------------------------------------------------------------


def make_row(**values: Any) -> Row:
    return Row(values, sources.FOLDER / "questions" / "x.yaml", "")


def test_missing_key_is_named_with_its_file() -> None:
    with pytest.raises(DemoError, match=r"questions/x\.yaml: name: is missing"):
        make_row(slug="x").demand(frozenset({"slug", "name"}))


def test_unknown_key_is_named_with_its_file() -> None:
    row = make_row(slug="x", naem="y")

    with pytest.raises(DemoError, match=r"questions/x\.yaml: naem: is not a key"):
        row.demand(frozenset({"slug"}))


def test_translation_of_a_known_key_is_no_mistake() -> None:
    row = make_row(slug="x", name="名", name_en="name", name_zh_hant="名")

    assert row.demand(frozenset({"slug", "name"})) == row


def test_broken_yaml_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "FOLDER", tmp_path)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bad.yaml").write_text("slug: [", encoding="utf-8")

    with pytest.raises(DemoError, match=r"questions/bad\.yaml: YAML"):
        list(sources._folder("questions"))


def test_slug_must_be_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "FOLDER", tmp_path)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "a.yaml").write_text("slug: b", encoding="utf-8")

    with pytest.raises(DemoError, match=r"questions/a\.yaml: slug: must be"):
        list(sources._folder("questions"))
