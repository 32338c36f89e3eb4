"""Lists that are numbered from the oldest page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.listings import PAGE_SIZE, archive, archive_count, newest

TOTALS = st.integers(0, 500)
SIZES = st.integers(1, 30)


def pages(total: int, size: int) -> dict[int, list[int]]:
    """Every page of a list, newest first; 0 is the list's own page."""
    items = list(range(total, 0, -1))
    numbered = range(1, archive_count(total, size) + 1)
    return {
        0: list(newest(items, size)),
        **{number: list(archive(items, number, size)) for number in numbered},
    }


@pytest.mark.parametrize(
    ("total", "own", "numbered"),
    [
        (0, 0, 0),
        (1, 1, 0),
        (20, 20, 0),
        (39, 39, 0),
        (40, 20, 1),
        (59, 39, 1),
        (65, 25, 2),
    ],
)
def test_the_own_page_holds_one_full_page_and_the_rest(
    total: int, own: int, numbered: int
) -> None:
    found = pages(total, PAGE_SIZE)
    assert len(found.pop(0)) == own
    assert list(found) == list(range(1, numbered + 1))


@given(total=TOTALS, size=SIZES)
def test_every_item_is_on_exactly_one_page_newest_first(total: int, size: int) -> None:
    found = pages(total, size)
    in_order = found.pop(0) + [
        item for number in sorted(found, reverse=True) for item in found[number]
    ]
    assert in_order == list(range(total, 0, -1))


@given(total=TOTALS, size=SIZES)
def test_numbered_pages_are_full_and_page_1_holds_the_oldest(
    total: int, size: int
) -> None:
    found = pages(total, size)
    own = found.pop(0)
    assert len(own) < 2 * size
    assert all(len(page) == size for page in found.values())
    if found:
        assert found[1] == list(range(size, 0, -1))


@given(total=TOTALS, size=SIZES)
def test_a_new_item_touches_the_own_page_and_at_most_one_new_page(
    total: int, size: int
) -> None:
    before, after = pages(total, size), pages(total + 1, size)
    touched = {number for number in after if before.get(number) != after[number]}
    assert 0 in touched
    assert touched <= {0, len(before)}  # the number that did not exist
    assert set(before) <= set(after)


@given(total=TOTALS, size=SIZES, number=st.integers(-5, 600))
def test_a_number_that_the_list_does_not_have_is_refused(
    total: int, size: int, number: int
) -> None:
    if 1 <= number <= archive_count(total, size):
        assert len(archive(range(total), number, size)) == size
    else:
        with pytest.raises(IndexError):
            archive(range(total), number, size)
