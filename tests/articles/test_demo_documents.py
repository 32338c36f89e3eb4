"""The demo's documents look like real ones, and their interpretations explain them."""

from __future__ import annotations

import re
from datetime import date

from home.workdays import Calendar
from tests.articles.demo_files import EVERY, PORTALS, ROWS, blocks, day_of, each, words


def test_documents_show_every_state() -> None:
    """Valid, expired by its own date, repealed by another, amended, of several parts."""
    documents = ROWS["documents"].values()
    last = max(EVERY.values(), key=lambda row: str(row["published"]))
    parts = [sum(kind == "part" for kind, _value in blocks(row)) for row in documents]

    assert {row["validity"] for row in documents} == {"valid", "repealed", "amended"}
    assert any(row.get("valid_until", date.max) < day_of(last) for row in documents)
    assert max(parts) == 3


@each("documents")
def test_head_of_document_is_complete(name: str) -> None:
    row = EVERY[name]
    (portal,) = row["portals"]
    year = row["written_on"].year

    assert row["index_number"].startswith(f"{PORTALS[portal]['region_code']}/{year}-")
    assert re.fullmatch(rf"[\u4e00-\u9fff]+〔{year}〕\d+号", row["document_number"])
    assert len(row["summary"]) <= 100
    assert row["issuer"].endswith("（演示）")
    assert row["written_on"] <= row["issued_on"] <= day_of(row)
    assert row["written_on"] <= row["secrecy_reviewed_on"] <= day_of(row)


def test_index_numbers_are_unique() -> None:
    numbers = [row["index_number"] for row in ROWS["documents"].values()]

    assert len(set(numbers)) == len(numbers)


@each("documents")
def test_replaced_document_names_a_later_one_of_its_portal(name: str) -> None:
    row = EVERY[name]
    if "replaced_by" not in row:
        assert row["validity"] != "repealed"
        return
    newer = ROWS["documents"][row["replaced_by"]]

    assert row["validity"] == "repealed"
    assert newer["portals"] == row["portals"]
    assert newer["written_on"] > row["written_on"]
    assert row["document_number"] in words(newer["body"])


@each("interpretations")
def test_interpretation_follows_its_document_within_three_working_days(
    name: str,
) -> None:
    row = EVERY[name]
    document = ROWS["documents"][row["document"]]
    days = Calendar().between(day_of(document), day_of(row))

    assert document["portals"] == row["portals"]
    assert row["published"] > document["published"]
    assert days <= 3
    assert row["interpreter"]


@each("interpretations")
def test_interpretation_is_no_copy(name: str) -> None:
    row = EVERY[name]
    own, original = (
        re.sub(r"[^\u4e00-\u9fff]", "", words(text["body"]))
        for text in (row, ROWS["documents"][row["document"]])
    )
    copied = sum(own[at : at + 10] in original for at in range(len(own) - 9))

    assert copied <= 0.1 * len(own)


def test_interpretations_have_many_forms_and_parts() -> None:
    parts = {
        value["part"]
        for row in ROWS["interpretations"].values()
        for kind, value in blocks(row)
        if kind == "section"
    }

    assert len({row["form"] for row in ROWS["interpretations"].values()}) >= 4
    assert parts == set(
        "background purpose targets main scope standards time_limits terms"
        " changes".split()
    )
