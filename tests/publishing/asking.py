"""Asking the server, and exporting, as tests of several modules do."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from home.links import AddressForm
from publishing import library
from publishing.addresses import Address, enumerate_addresses
from publishing.building.full import build_folder
from publishing.building.making import every_address as rendered_addresses
from publishing.building.making import whole_site
from publishing.building.workshop import Made, Workshop
from publishing.sites import manifest
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
    portal = snapshot_of(county).portal
    return build_folder(portal, output / portal.host, public_base=public_base).folder


def made(snapshot: Snapshot, form: AddressForm) -> dict[str, Made]:
    """Every file of a site by its name; fails where one cannot be made."""
    workshop = Workshop(snapshot, form)
    found: dict[str, Made] = {}
    for item in whole_site(workshop, rendered_addresses(workshop)):
        assert isinstance(item, Made), item
        found[item.output.name] = item
    return found


def names(folder: Path) -> set[str]:
    """The files of a site but its manifest."""
    found = {
        str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()
    }
    return {name for name in found if not manifest.is_part(name)}


def pages(folder: Path) -> dict[str, Markup]:
    return {
        name: Markup((folder / name).read_text())
        for name in sorted(names(folder))
        if name.endswith(".html")
    }
