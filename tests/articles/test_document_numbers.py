"""发文字号 as people type them, and as they are stored."""

from __future__ import annotations

import pytest

from articles.policy.numbers import normal_document_number, normal_index_number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("〔2017〕47号", "〔2017〕47号"),
        ("青司发[2026]3号", "青司发〔2026〕3号"),
        ("青司发【2026】3号", "青司发〔2026〕3号"),
        ("青司发(2026)3号", "青司发〔2026〕3号"),
        ("青司发（２０２６）３号", "青司发〔2026〕3号"),
        ("青司发［2026］3号", "青司发〔2026〕3号"),
        (" 国办发 〔2017〕 47 号 ", "国办发〔2017〕47号"),
        ("青司发〔2026〕第003号", "青司发〔2026〕3号"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_number_is_stored_with_tortoise_shell_brackets(typed: str, stored: str) -> None:
    assert normal_document_number(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "青司发2026年3号",
        "青司发〔2026〕",
        "青司发〔2026〕3",
        "青司发〔26〕3号",
        "〔2026〕0号",
        "青司发〔2026〕3号文件",
        "2026〕3号",
    ],
)
def test_text_that_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="2"):
        normal_document_number(typed)


@pytest.mark.parametrize(
    "number",
    [
        "113703030042173115/2020-5114104",
        "640323008/2018-83315",
        "53040020191102797",
        "000014349/2017-00110",
        "6107280000/2024-001005",
        "青山-司法-06-20260301-0007",
    ],
)
def test_index_numbers_of_other_places_are_kept_as_they_are(number: str) -> None:
    assert normal_index_number(f" {number}\n") == number
