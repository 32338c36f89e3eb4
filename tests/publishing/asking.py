"""Asking the server, and exporting, as tests of several modules do."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from publishing import library
from publishing.addresses import Address, enumerate_addresses
from publishing.export import export_portal
from publishing.snapshot import Snapshot
from tests.publishing.markup import Markup
from tests.publishing.world import County, snapshot_of


def get(client: Client, county: County, path: str) -> HttpResponse:
    # As PATH_INFO: the client itself takes the first step of //x/ for a host.
    found: HttpResponse = client.get("/", headers={"host": county.host}, PATH_INFO=path)
    return found


def html(client: Client, county: County, path: str) -> str:
    response = get(client, county, path)
    assert response.status_code == 200, path
    return response.content.decode()


def location(client: Client, county: County, path: str) -> tuple[int, str]:
    response = get(client, county, path)
    return response.status_code, response.get("Location", "")


def every_address(snapshot: Snapshot) -> list[Address]:
    """The listed ones, the library's, and the leaving page."""
    return [
        *enumerate_addresses(snapshot.tree),
        *library.exported_addresses(snapshot),
    ]


def export(county: County, output: Path, public_base: str = "") -> Path:
    report = export_portal(
        snapshot_of(county).portal, output=output, public_base=public_base
    )
    return report.folder


def names(folder: Path) -> set[str]:
    return {
        str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()
    }


def pages(folder: Path) -> dict[str, Markup]:
    return {
        name: Markup((folder / name).read_text())
        for name in sorted(names(folder))
        if name.endswith(".html")
    }
