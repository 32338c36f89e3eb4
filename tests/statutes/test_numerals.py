"""Numbers in Chinese and Arabic writing."""

from __future__ import annotations

import pytest

from statutes.numerals import parse_number, write_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("一百零一", 101),
        ("一百一十", 110),
        ("一千零四十六", 1046),
        ("一千二百六十", 1260),
        ("两百", 200),
        ("二〇二一", 2021),
        ("二○二一", 2021),
        ("1046", 1046),
        ("１０４６", 1046),
        ("", None),
        ("条", None),
        ("百", None),
        ("一千万", None),
        ("1" * 5000, None),
        ("一" * 5000, None),
    ],
)
def test_number_in_any_writing_is_read(text: str, number: int | None) -> None:
    assert parse_number(text) == number


def test_every_number_below_ten_thousand_reads_back() -> None:
    assert all(parse_number(write_number(n)) == n for n in range(1, 10_000))


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_number_outside_the_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not a number of a provision"):
        write_number(number)
