"""Numbers of persons are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest

from articles.cases.personal_data import (
    Kind,
    find_numbers,
    has_check_digit,
    passes_luhn,
)

# Made up; the check digits are right.
ID_CARD = "11010519491231002X"
ID_CARD_DIGITS = "440524188001010014"
CARD = "6222021234567890128"

PERSONAL = [
    (Kind.ID_CARD, "身份证号11010519491231002X的张某"),
    (Kind.ID_CARD, "(11010519491231002x)"),
    (Kind.ID_CARD, "１１０１０５１９４９１２３１００２Ｘ"),
    (Kind.ID_CARD, "110105 1949 1231 002X"),
    (Kind.ID_CARD, "110105-19491231-002X"),
    (Kind.ID_CARD, "110105 19491231 002 X"),
    (Kind.ID_CARD, "530423198506120015"),
    (Kind.ID_CARD, "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X"),
    # A wrong check digit, but it says what it is.
    (Kind.ID_CARD, "身份证：110105194912310021"),
    (Kind.ID_CARD, "130503670401001"),
    (Kind.ID_CARD, "130503 670401 001"),
    (Kind.PHONE, "13800138000"),
    (Kind.PHONE, "手机１３８００１３８０００。"),
    (Kind.PHONE, "138 0013 8000"),
    (Kind.PHONE, "138-0013-8000"),
    (Kind.PHONE, "138－0013－8000"),
    (Kind.PHONE, "1 3 8 0 0 1 3 8 0 0 0"),
    (Kind.PHONE, "+86 138 0013 8000"),
    (Kind.PHONE, "8613800138000"),
    (Kind.PHONE, "0086-13800138000"),
    (Kind.PHONE, "013800138000"),
    (Kind.PHONE, "于2026-05-06 13800138000打来"),
    (Kind.PHONE, "0536-2123456"),
    (Kind.PHONE, "0536 212 3456"),
    (Kind.PHONE, "05362123456"),
    (Kind.PHONE, "010-62123456"),
    (Kind.PHONE, "01062123456"),
    (Kind.PHONE, "（0536）2123456"),
    (Kind.PHONE, "(010) 6212 3456"),
    (Kind.PHONE, "0536-2123456-801"),
    (Kind.PHONE, "家里电话：2123456"),
    (Kind.PHONE, "致电 62123456"),
    (Kind.BANK_CARD, CARD),
    (Kind.BANK_CARD, "6222 0212 3456 7890 128"),
    (Kind.BANK_CARD, "4111111111111111"),
    (Kind.BANK_CARD, "5555-5555-5555-4444"),
    # No valid card, but it says that it is an account.
    (Kind.BANK_CARD, "账号1234567890123456"),
    (Kind.BANK_CARD, "银行卡号：1607 0210 0920 0012 345"),
]

HARMLESS = [
    "",
    "拨打12348、12345、12333、110、120、119、96156咨询",
    "索引号113703030042173115/2020-5114104",
    "索引号640323008/2018-83315",
    "索引号53040020191102797",
    "索引号000014349/2017-00110",
    "索引号6107280000/2024-001005",
    "国办发〔2017〕47号",
    "（2025）鲁0303民初1234号",
    "2020年5月28日通过，2021年1月1日起施行",
    "2025-11-22 14:30",
    "1990-1995 100户，1949-10-01 123人",
    "2020—2025年",
    "赔偿1234567890元，合12亿3456万7890元",
    "共38600.00元",
    "3.14159265358979",
    "1,250,000元",
    "《民法典》第一千零四十六条",
    "服务热线400-123-4567",
    "400 1234 567",
    "0536-12345",
    "113.123456 36.654321",
    "https://www.gov.cn/zhengce/content/202005/28/content_13800138000.html",
    # A credit code is no person's; the check digit of an identity card is not right.
    "统一社会信用代码113703030042173115",
    "110105194912310021",
    "110105194913310021",  # month 13
    "160105194912310029",  # no such province
    "6222021234567890129",  # Luhn does not hold
    "4111111111111112",
    "第1条 第2条 3 4 5",
    "邮编262500",
    "23800138000",
    "1380013800",
    "138001380001",
    "2123456",
]


@pytest.mark.parametrize(("kind", "text"), PERSONAL)
def test_personal_number_is_found(kind: Kind, text: str) -> None:
    assert [finding.kind for finding in find_numbers(text)] == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_number_is_not_mistaken_for_a_personal_one(text: str) -> None:
    assert find_numbers(text) == []


def test_all_numbers_of_a_text_are_found_in_order() -> None:
    text = f"张某，{ID_CARD}，手机13800138000，卡{CARD}，0536-2123456。"

    kinds = [finding.kind for finding in find_numbers(text)]

    assert kinds == [Kind.ID_CARD, Kind.PHONE, Kind.BANK_CARD, Kind.PHONE]


def test_excerpt_shows_where_it_stands_and_not_the_number() -> None:
    (finding,) = find_numbers("请找张某，他的手机是13800138000，随时能打通。")

    assert finding.excerpt == "张某，他的手机是138…00，随时能打通。"


def test_public_number_of_an_office_is_allowed() -> None:
    allowed = {"05362123456"}

    assert find_numbers("司法所0536-2123456", allowed) == []
    assert find_numbers("司法所（0536）2123456", allowed) == []
    assert len(find_numbers("司法所0536-2123457", allowed)) == 1


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("110105194912310029", False),
    ],
)
def test_check_digit_of_an_identity_card(number: str, is_right: bool) -> None:
    assert has_check_digit(number) is is_right


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("4111111111111111", True), ("79927398713", True), ("79927398710", False)],
)
def test_check_digit_of_a_card(number: str, is_right: bool) -> None:
    assert passes_luhn(number) is is_right
