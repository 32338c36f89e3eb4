"""A code is drawn once per address, and a page is never lost for want of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from publishing import qr

ADDRESS = "https://pufa.example/wenda/laoban/"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    qr.qr_svg.cache_clear()
    return tmp_path / "qr"


def _kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_kept_code_is_used_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = qr.qr_svg(ADDRESS)
    qr.qr_svg.cache_clear()
    monkeypatch.delattr("segno.make")
    assert qr.qr_svg(ADDRESS) == drawn
    assert len(_kept(folder)) == 1


def test_codes_of_two_addresses_differ(folder: Path) -> None:
    assert qr.qr_svg(ADDRESS) != qr.qr_svg(ADDRESS + "gongqian/")
    assert len(_kept(folder)) == 2


@pytest.mark.parametrize("damaged", [b"", b"<svg", b"\xff\xfe"])
def test_half_written_code_is_drawn_again(folder: Path, damaged: bytes) -> None:
    drawn = qr.qr_svg(ADDRESS)
    (kept,) = _kept(folder)
    kept.write_bytes(damaged)
    qr.qr_svg.cache_clear()
    assert qr.qr_svg(ADDRESS) == drawn
    assert kept.read_text(encoding="utf-8") == drawn


def test_page_has_its_code_where_nothing_can_be_kept(folder: Path) -> None:
    folder.write_text("not a folder", encoding="utf-8")
    assert qr.qr_svg(ADDRESS).startswith("<svg")


def test_unknown_address_has_no_code(folder: Path) -> None:
    assert qr.qr_svg("") == ""
    assert not folder.exists()
