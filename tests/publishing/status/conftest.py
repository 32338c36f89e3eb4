"""Two counties and their prefecture, whose sites stand in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from home.models import Portal, PortalRole
from publishing.sites.outputs import output_of
from publishing.sites.site import Site
from tests.factories import TwoPortals, make_portal, make_two_portals, make_user
from tests.home.admin_asking import logged_in
from tests.home.changes import last_number

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

Role = PortalRole.Role


@dataclass(slots=True)
class Offices:
    """Who may look at what; ``qingshan`` and ``baihe`` are counties of ``prefecture``."""

    portals: TwoPortals
    prefecture: Portal

    @property
    def own(self) -> Any:
        return self.portals.qingshan

    @property
    def foreign(self) -> Any:
        return self.portals.baihe

    def client(self, portal: Portal, role: PortalRole.Role) -> Client:
        return logged_in(make_user(portal, role))

    @property
    def editor(self) -> Client:
        return logged_in(self.own.editor)

    @property
    def admin(self) -> Client:
        return logged_in(self.own.admin)


@pytest.fixture(scope="module")
def shared_offices(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[Offices]:
    """One for a module: growing them takes a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        prefecture = make_portal(
            "yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE
        )
        yield Offices(make_two_portals(), prefecture)
        transaction.set_rollback(True)


@pytest.fixture
def offices(shared_offices: Offices, db: None, tmp_path: Path) -> Iterator[Offices]:
    with override_settings(EXPORT_DIR=tmp_path / "sites"):
        yield shared_offices


def publish(portal: Portal, *files: tuple[str, str, int | None]) -> None:
    """Put (name, logical path, page) on the portal's site, as of the last change."""
    site = Site.of(portal.host)
    with site.full_run("整站") as run:
        for name, path, page_id in files or [("index.html", "/", None)]:
            body = f"{portal.name} {name}".encode()
            run.put(
                output_of(name, body, path=path, kind="page", type="text/html",
                          page_id=page_id),
                body,
            )  # fmt: skip
        run.set_meta("position", str(last_number()))
    site.close()


def site_folder(portal: Portal) -> Path:
    return Path(settings.EXPORT_DIR) / portal.host
