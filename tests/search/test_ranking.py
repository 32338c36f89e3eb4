from __future__ import annotations

import pytest

from search.ranking import ranking, similarity

WORDINGS = [
    ("老板不给工钱怎么办", "老板不给工钱怎么办", True),
    ("老板拖着不给工钱怎么办", "老板不给工钱怎么办", True),
    ("离婚后孩子归谁", "离婚后孩子归谁抚养", True),
    ("老板不给工钱怎么办", "邻居不给通行怎么办", False),
    ("土地承包", "土地承包期内发包方能不能收回承包地", False),
]


@pytest.mark.parametrize(("one", "other", "is_near"), WORDINGS)
def test_near_wordings_are_told_from_others(
    one: str, other: str, is_near: bool
) -> None:
    assert (similarity(one, other) >= ranking().least_similarity) is is_near


def test_wordings_without_letters_share_nothing() -> None:
    assert similarity("", "") == 0.0


@pytest.mark.parametrize(
    ("concepts", "is_sentence", "required"),
    [
        (1, False, 1),
        (2, False, 2),
        (5, False, 3),
        (1, True, 1),
        (3, True, 1),
        (10, True, 2),
    ],
)
def test_required_concepts(concepts: int, is_sentence: bool, required: int) -> None:
    assert ranking().required(concepts, is_sentence=is_sentence) == required


def test_every_kind_says_its_boost_and_provisions_count_less_than_answers() -> None:
    rules = ranking()

    assert rules.kind("provision").boost < rules.kind("question").boost
    assert rules.kind("never heard of") == rules.kinds["default"]
