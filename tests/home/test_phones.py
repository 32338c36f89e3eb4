from __future__ import annotations

import pytest

from home.phones import phone_links


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("12348", ["tel:12348"]),
        ("0000-1234801、12348", ["tel:00001234801", "tel:12348"]),
        ("（0000）1234801", ["tel:00001234801"]),
        ("0000-1234801转8", ["tel:00001234801,8"]),
        ("+86 0000 1234801", ["tel:+8600001234801"]),
        ("", []),
        ("窗口", []),
    ],
)
def test_what_a_phone_dials(written: str, dialed: list[str]) -> None:
    assert [link["href"] for link in phone_links(written)] == dialed


def test_number_is_shown_as_it_was_written() -> None:
    (link,) = phone_links("0000-1234801转8")

    assert link["label"] == "0000-1234801转8"
