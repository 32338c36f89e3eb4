"""The shipped register and the data beside it."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from statutes.importing import import_files
from statutes.models import StatuteName
from statutes.naming import name_index
from statutes.register import (
    REGISTER_FILE,
    exists,
    known_changes,
    load_register,
    read_aliases,
)
from statutes.slugs import statute_slug
from tests.statutes.conftest import law_file


@pytest.mark.parametrize(
    ("name", "number", "suffix", "expected"),
    [
        ("民法典", 1, 0, True),
        ("民法典", 1260, 0, True),
        ("民法典", 1261, 0, False),
        ("minfadian", 1046, 0, True),
        ("中华人民共和国刑法", 133, 1, True),
        ("刑法", 133, 2, True),
        ("刑法", 133, 3, False),
        ("刑法", 453, 0, False),
        ("道交法", 76, 0, True),
        ("民间借贷司法解释", 25, 0, True),
        ("没有的法", 1, 0, False),
    ],
)
def test_register_knows_which_provisions_there_are(
    name: str, number: int, suffix: int, expected: bool
) -> None:
    assert exists(name, number, suffix) is expected


def test_register_holds_every_title_once_with_an_ascii_slug() -> None:
    statutes = load_register().statutes

    assert len(statutes) == 1390
    assert len({item.slug for item in statutes}) == len(statutes)
    assert len({item.title for item in statutes}) == len(statutes)
    assert all(item.slug.isascii() and len(item.slug) <= 100 for item in statutes)


def test_register_holds_facts_and_no_text() -> None:
    assert REGISTER_FILE.stat().st_size < 420_000
    head, *lines = REGISTER_FILE.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    facts = {"title", "slug", "category", "branch", "issuer", "versions"}
    assert set(json.loads(head)) == {"collected_on", "source", "source_url"}
    assert all(set(row) <= facts for row in rows)
    for row in rows:
        for *days, provisions, sha256 in row["versions"]:
            assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", day) for day in days)
            assert re.fullmatch(r"[0-9.,-]*", provisions)
            assert re.fullmatch(r"[0-9a-f]{64}", sha256)


def test_every_alias_and_known_change_names_a_registered_statute() -> None:
    register = load_register()
    titles = {item.title for item in register.statutes}

    assert {alias.title for alias in read_aliases()} <= titles
    assert set(known_changes()) <= titles
    assert all(alias.reason for alias in read_aliases())
    for alias in read_aliases():
        found = register.statute(alias.name)
        assert found is not None and found.title == alias.title, alias.name


def test_texts_that_the_source_marks_as_changed_are_flagged() -> None:
    register = load_register()
    for name in ("治安管理处罚法", "食品安全法"):
        statute = register.statute(name)
        assert statute is not None
        assert statute.changes[0].effective_on <= date(2026, 11, 22)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("中华人民共和国民法典", "minfadian"),
        (
            "最高人民法院关于审理民间借贷案件的规定",
            "shenliminjianjiedaianjiandeguiding",
        ),
        ("中华人民共和国刑法修正案（十一）", "xingfaxiuzhenganshiyi"),
    ],
)
def test_slug_is_the_pinyin_of_the_title(title: str, slug: str) -> None:
    assert statute_slug(title) == slug


def test_slug_that_is_taken_gets_a_number() -> None:
    assert statute_slug("甲法", {"jiafa", "jiafa-2"}) == "jiafa-3"


@pytest.mark.django_db
def test_alias_entered_in_the_database_is_recognized_at_once(
    django_assert_num_queries: object,
) -> None:
    import_files([law_file("中华人民共和国梯田法", "第一条 甲。")])
    assert name_index().slug("梯田法") == "titianfa"
    assert name_index().slug("护田法") is None

    from statutes.models import Statute

    StatuteName.objects.create(statute=Statute.objects.get(), name="护田法")

    assert name_index().slug("护田法") == "titianfa"
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        name_index()


@pytest.mark.long
@pytest.mark.shared_data
def test_register_is_what_the_archive_gives(shared_data: Path, tmp_path: Path) -> None:
    output = tmp_path / "register.jsonl"
    call_command(
        "build_register",
        str(shared_data / "laws_national.tar.xz"),
        output=output,
        stdout=io.StringIO(),
    )

    assert output.read_bytes() == REGISTER_FILE.read_bytes()
