"""How much of an interpretation is copied: on own content, and on real documents."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from articles.demo import sources
from articles.demo.makers import documents, interpretations
from articles.demo.sources import Row, strings_of
from articles.policy.overlap import MOSTLY_COPIED, copied_share

DOCUMENTS = {row["slug"]: row for row in documents.MAKER.rows()}
HONEST = 0.05


def words(row: Row) -> str:
    return "\n".join(
        text for block in row["body"] for text in strings_of(block["value"])
    )


def sentences(text: str) -> list[str]:
    return [part + "。" for part in text.split("。") if part.strip()]


@pytest.mark.parametrize(
    "row", interpretations.MAKER.rows(), ids=lambda row: row["slug"]
)
def test_interpretation_in_own_words_is_far_below_the_threshold(row: Row) -> None:
    document = DOCUMENTS[row["document"]]
    assert copied_share(words(row), words(document)) < HONEST < MOSTLY_COPIED


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_list_of_copied_points_is_above_the_threshold(slug: str) -> None:
    """Every second sentence of the document, with a line of one's own before it."""
    text = words(DOCUMENTS[slug])
    points = "为了便于大家理解，现将要点摘录如下。" + "".join(sentences(text)[::2])
    assert copied_share(points, text) > MOSTLY_COPIED


def test_punctuation_and_width_hide_no_copy() -> None:
    text = "各乡镇司法所应当在十五个工作日内完成人民调解员登记。"
    disguised = "各乡镇司法所，应当 在十五个工作日内；完成人民调解员登记"
    assert copied_share(disguised, text) == 1


@pytest.mark.parametrize(
    ("text", "document"), [("", "x"), ("短", "短"), ("a" * 50, "")]
)
def test_nothing_to_compare_is_nothing_copied(text: str, document: str) -> None:
    assert copied_share(text, document) == 0


@pytest.mark.shared_data
def test_real_documents_of_different_places_share_next_to_nothing(
    shared_data: Path,
) -> None:
    texts = [
        file.read_text() for file in sorted((shared_data / "documents").glob("*.txt"))
    ]
    assert len(texts) == 5
    shares = [copied_share(one, other) for one, other in permutations(texts, 2)]
    assert max(shares) < HONEST


def test_folders_of_the_demo_hold_what_is_measured() -> None:
    assert len(DOCUMENTS) >= 6
    assert len(list((sources.FOLDER / "interpretations").glob("*.yaml"))) >= 6
