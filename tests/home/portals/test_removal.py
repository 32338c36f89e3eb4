"""A deleted portal is gone altogether, and its neighbor has noticed nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Collection, ModelLogEntry, Page, Site

from home.models import (
    Portal,
    PortalArchive,
    PortalRole,
)
from home.portals.archiving import archive_portal, file_of
from home.portals.removal import delete_portal, why_not
from home.portals.transfer.tables import belongings, columns, plain
from media.models import PortalDocument, PortalImage
from publishing.building.full import build_release
from publishing.sites.site import Site as StaticSite
from tests.factories import PortalFixture, TwoPortals
from tests.home.admin_asking import PROOF, logged_in, text_of
from tests.home.portals.archives import Committed, close, published, remove

pytestmark = [pytest.mark.django_db, pytest.mark.long]


# --- deleting -----------------------------------------------------------------------------


def test_a_portal_is_deleted_only_when_nothing_stands_against_it(
    portals: TwoPortals, staff: Any, prefecture: Portal
) -> None:
    own = portals.qingshan
    client = logged_in(staff)
    address = reverse("portal_delete", args=[own.portal.pk])

    def refusal(name: str = own.portal.name) -> str:
        page = text_of(client.post(address, {"typed_name": name, **PROOF}))
        assert Portal.objects.filter(pk=own.portal.pk).exists()
        return page

    assert "先改成“永久下线”" in refusal()
    portal = close(own.portal)
    assert "还没有归档" in refusal()
    archive = archive_portal(portal)
    assert why_not(portal) == []
    assert "一个字也不差" in refusal("青山")
    own.article.save_revision()
    assert "归档以后内容又改过" in refusal()
    archive = archive_portal(portal)
    file_of(archive).write_bytes(b"")
    assert "不见了或者损坏了" in refusal()
    with pytest.raises(ValidationError, match="下面还有门户"):
        delete_portal(close(prefecture), prefecture.name)


def test_a_county_neither_moves_nor_archives_nor_deletes(
    portals: TwoPortals, committed: Committed
) -> None:
    own = portals.qingshan
    portal = close(own.portal)
    archive = archive_portal(portal)
    client = logged_in(own.admin)
    screens = ("portal_delete", "portal_move", "portal_rename", "portal_archives")

    for name in screens:
        address = reverse(name, args=[portal.pk])
        response = client.post(
            address, {"typed_name": portal.name, "host": "x.example", "name": "新名"}
        )
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    download = reverse("portal_archive", args=[portal.pk, archive.pk])
    assert client.get(download).status_code == 302
    assert Portal.objects.get(pk=portal.pk).host == own.host


def test_deleting_takes_everything_of_it_and_nothing_of_the_other(
    portals: TwoPortals, committed: Committed, tmp_path: Path, settings: Any
) -> None:
    own, other = portals
    for fixture in portals:
        build_release(fixture.portal)
    kept = everything_of(other)
    others = published(other.portal, tmp_path / "before")
    files = media_files(own)
    assert files
    code = own.portal.region_code

    remove(own.portal, committed)

    for model in (Portal, Site, PortalRole):
        assert model.objects.count() == len(
            [row for row in model.objects.all() if "qingshan" not in str(vars(row))]
        )
    assert Portal.objects.count() == 1
    assert own.marker not in all_text()
    assert not [path for path in files if path.exists()]
    assert not StaticSite.of(own.host).folder.exists()
    assert not get_user_model().objects.filter(username__startswith="qingshan").exists()
    assert not Group.objects.filter(name__startswith="青山县").exists()
    assert not Collection.objects.filter(name="青山县").exists()
    assert everything_of(other) == kept
    assert published(other.portal, tmp_path / "after") == others
    assert StaticSite.of(other.host).releases()
    assert Page.find_problems() == ([], [], [], [], [])
    entry = ModelLogEntry.objects.get(action="home.portal.delete")
    assert entry.data["region_code"] == code
    assert file_of(PortalArchive.objects.get(host=own.host)).is_file()


def everything_of(fixture: PortalFixture) -> dict[str, Any]:
    found = belongings(Portal.objects.get(pk=fixture.portal.pk))
    return {
        table.label: list(
            table.rows.values_list(*(c.attname for c in columns(table.model)))
        )
        for table in found.tables.values()
        if table.label not in ("wagtailcore.Page",)
    } | {"people": list(get_user_model().objects.filter(username__startswith="baihe"))}


def media_files(fixture: PortalFixture) -> list[Path]:
    images = PortalImage.objects.filter(collection=fixture.portal.collection)
    found = [Path(image.file.path) for image in images]
    found += [Path(r.file.path) for image in images for r in image.renditions.all()]
    documents = PortalDocument.objects.filter(collection=fixture.portal.collection)
    return found + [Path(document.file.path) for document in documents]


def all_text() -> str:
    """Every text of the database but the logs, which stay on purpose, and archives."""
    kept = ("LogEntry", "audit.", "home.PortalArchive", "home.Change")
    parts = []
    for model in apps.get_models(include_auto_created=True):
        if any(name in model._meta.label for name in kept):
            continue
        for row in plain(model).values_list():
            parts.append(repr(row))
    return "\n".join(parts)
