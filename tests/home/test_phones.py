"""Telephone numbers: what is refused, and what a phone dials."""

from __future__ import annotations

import pytest

from home.phones import phone_numbers, phone_problem


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("12348", ["tel:12348"]),
        ("0000-1234801、12348", ["tel:00001234801", "tel:12348"]),
        ("0000-1234801转8", ["tel:00001234801,8"]),
        ("0000-1234801 转 8", ["tel:00001234801,8"]),
        ("+86 0000 1234801", ["tel:+8600001234801"]),
        ("", []),
    ],
)
def test_what_a_phone_dials(written: str, dialed: list[str]) -> None:
    assert [number.href for number in phone_numbers(written)] == dialed
    assert phone_problem(written) == ""


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("（0000）1234801", ["tel:00001234801"]),
        ("窗口", []),
        ("12348，窗口", ["tel:12348"]),
    ],
)
def test_text_stored_without_a_check_is_dialed_where_it_can_be(
    written: str, dialed: list[str]
) -> None:
    assert [number.href for number in phone_numbers(written)] == dialed


def test_number_is_shown_as_it_was_written() -> None:
    (number,) = phone_numbers("0000-1234801转8")

    assert number.text == "0000-1234801转8"


@pytest.mark.parametrize(
    "written", ["张三", "0000-1234567（张三）", "1", "12348；值班室"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    assert "不像电话号码" in phone_problem(written)
