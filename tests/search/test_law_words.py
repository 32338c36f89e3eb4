"""What search knows of single laws: the shipped data, and what it does to entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search import law_words
from search.engines.documents import pack
from search.engines.embedded import EmbeddedEngine
from search.law_words import (
    WORDINGS_DIR,
    law_entries,
    prior,
    read_wordings,
    title_key,
    wordings_of,
)
from search.lexicon import LexiconError, indexed_files, read_entries
from search.ranking import ranking
from statutes.importing import import_files
from statutes.models import Status, Statute, StatuteVersion
from statutes.register import load_register
from statutes.sources import read_sources
from tests.search.builders import BAIHE, QINGSHAN, fill, find, keys, provision

OWN_LAW = Path(law_words.__file__).parents[1] / "statutes" / "data" / "demo"
FILES = sorted(WORDINGS_DIR.glob("*.yaml"))


@pytest.fixture
def statute(db: None) -> Statute:
    import_files(read_sources([OWN_LAW]))
    return Statute.objects.order_by("pk")[0]


# --- the shipped data ------------------------------------------------------------------


def test_there_are_wordings_for_thousands_of_provisions() -> None:
    numbers = {
        (title_key(wording.statute), number)
        for path in FILES
        for wording in read_wordings(path)
        for number in wording.provisions
    }
    assert len(numbers) > 6000


def test_every_wording_is_of_a_provision_that_exists() -> None:
    register = load_register()
    slugs = {title_key(each.title): each.slug for each in register.statutes}
    wrong = [
        (path.name, number)
        for path in FILES
        for wording in read_wordings(path)
        for number in wording.provisions
        if not register.exists(slugs.get(title_key(wording.statute), "?"), *number)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_wordings_are_short_many_and_different(path: Path) -> None:
    for wording in read_wordings(path):
        assert len(set(wording.words)) == len(wording.words) >= 4, wording
        assert max(map(len, wording.words)) <= 40, wording


def test_every_prior_is_of_a_statute_that_exists() -> None:
    known = {title_key(each.title) for each in load_register().statutes}
    entries = read_entries("statute_priors.yaml", ("statutes", "prior", "reason"))
    titles = [title for entry in entries for title in entry["statutes"]]
    assert [title for title in titles if title_key(title) not in known] == []
    assert all(-1 <= entry["prior"] <= 1 for entry in entries)


def test_an_index_knows_of_every_file_that_it_was_made_with() -> None:
    assert {*FILES, law_words.DATA_DIR / "statute_priors.yaml"} <= set(indexed_files())


def test_entry_without_a_part_is_named(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_text('statute: 民法典\nentries:\n- {provisions: ["1"], words: [x]}\n')
    with pytest.raises(LexiconError, match=r"law\.yaml, entry 1: reason"):
        list(read_wordings(path))


# --- what it does ----------------------------------------------------------------------


def test_two_ways_to_write_a_title_are_one() -> None:
    long = "最高人民法院关于审理《中华人民共和国民法典》案件的解释"
    assert title_key(long) == title_key("关于审理民法典案件的解释")
    assert title_key("民法典") != title_key("民法通则")


def test_every_story_of_a_provision_counts() -> None:
    """Several entries of one file may name the same provision."""
    words = wordings_of("中华人民共和国劳动合同法")[38, 0]
    assert len(words) == len(set(words)) > 16


@pytest.mark.long
def test_wordings_and_prior_go_to_the_provisions_alone(
    statute: Statute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law_words, "wordings_of", lambda _title: {(1, 0): ("牛丢了",)})
    monkeypatch.setattr(law_words, "prior", lambda _statute: 1.0)

    entries = list(law_entries(statute))

    first = next(entry for entry in entries if entry.number == 1)
    whole = next(entry for entry in entries if entry.kind == "statute")
    assert first.asked_as == ("牛丢了",)
    assert first.boost == pytest.approx(1 + ranking().statutes.weight)
    assert (whole.asked_as, whole.boost) == ((), 1.0)


def test_unknown_statute_has_no_prior_and_a_repealed_one_is_put_back(
    statute: Statute,
) -> None:
    assert prior(statute) == 0.0
    versions = StatuteVersion.objects.filter(statute=statute, is_current=True)
    versions.update(status=Status.REPEALED)
    assert prior(statute) == ranking().statutes.repealed < 0


def test_words_of_the_law_are_of_no_portal_but_found_in_each(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    law = provision(1, "动物饲养人承担责任。", asked_as=("隔壁的狗咬了娃",))
    fill(engine, law, provision(2, "其他。"))

    for portal in (QINGSHAN, BAIHE):
        assert keys(find(engine, "狗咬了娃", portals=(portal,))) == [law.key]


def test_wordings_are_searched_and_never_shown() -> None:
    packed: dict[str, Any] = pack(provision(1, "责任。", asked_as=("隔壁的狗",)))
    assert "隔壁的狗" not in str(packed)
