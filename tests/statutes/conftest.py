"""Portals and law texts that the tests of the library share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from home.models import Portal
from home.portals.provisioning import PortalSpec, create_portal
from statutes.importing import ImportOptions, ImportSummary, import_files
from statutes.register import DATA as SHIPPED
from statutes.sources import SourceFile, read_sources

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 22)


def make_portal(slug: str, code: str, parent: Portal | None = None) -> Portal:
    return create_portal(
        PortalSpec(
            host=f"{slug}.localhost",
            slug=slug,
            portal={
                "name_zh_hans": f"{slug}普法网",
                "region_name_zh_hans": slug,
                "region_code": code,
                "level": "county" if parent else "prefecture",
                "parent": parent,
            },
            home={"heading_zh_hans": slug},
        )
    )


@pytest.fixture
def prefecture(db: None) -> Portal:
    return make_portal("yunling", "990100")


@pytest.fixture
def county(prefecture: Portal) -> Portal:
    return make_portal("qingshan", "990121", prefecture)


@pytest.fixture
def stranger(db: None) -> Portal:
    """A prefecture that has nothing to do with 云岭市."""
    return make_portal("donghai", "990200")


def law_file(
    title: str,
    body: str,
    head: str = "2020年1月1日 通过",
    name: str = "",
) -> SourceFile:
    text = f"# {title}\n\n{head}\n\n<!-- INFO END -->\n\n{body}\n"
    return SourceFile(name or f"社会法/{title}.md", text.encode())


def run_import(
    files: list[SourceFile], portal: Portal | None = None, **options: object
) -> ImportSummary:
    return import_files(
        files,
        ImportOptions(portal=portal, today=TODAY, **options),  # type: ignore[arg-type]  # options by name
    )


@pytest.fixture
def fixture_files() -> list[SourceFile]:
    return list(read_sources([DATA]))


@pytest.fixture
def demo(prefecture: Portal) -> Portal:
    """The invented regulation, as the prefecture's own."""
    summary = run_import(
        list(read_sources([SHIPPED / "demo"])), prefecture, source="演示"
    )
    assert summary.errors == []
    return prefecture


LONG_CHAPTERS = 12


def long_law() -> SourceFile:
    """About 140 KB of HTML: two books of six chapters, five provisions each."""
    from statutes.numerals import write_number

    lines: list[str] = []
    number = 0
    for chapter in range(1, LONG_CHAPTERS + 1):
        if chapter % 6 == 1:
            lines.append(f"## 第{write_number(chapter // 6 + 1)}编 编名\n")
        lines.append(f"### 第{write_number((chapter - 1) % 6 + 1)}章 章名\n")
        for _count in range(5):
            number += 1
            lines.append(f"第{write_number(number)}条 {'田' * 700}。\n")
    return law_file("中华人民共和国梯田法典", "\n".join(lines))


assert settings.LANGUAGE_CODE == "zh-hans"
