"""A portal in one file: rows, files, people by name, and a checksum of each."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model
from django.utils import translation
from taggit.models import TaggedItem
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import Portal
from home.portals.people import people_of, role_in
from home.portals.transfer.tables import (
    NATURAL,
    Belongings,
    belongings,
    columns,
    plain,
)
from media.models import PortalDocument, PortalImage

FORMAT = "xiangfatong-portal"
VERSION = 2
MANIFEST = "manifest.json"
PORTAL, PEOPLE, SHARED, TAGS, RESTRICTIONS = (
    "portal.json",
    "people.json",
    "shared.json",
    "tags.json",
    "restrictions.json",
)
# The same moment in every file: two exports of the same state are the same file.
MOMENT = (2026, 1, 1, 0, 0, 0)
# Of the portal's own row; its place in the new installation is asked for anew.
NOT_CARRIED = {"site", "collection", "parent", "change_number", "state"}
NOT_CARRIED |= {"state_since", "state_person", "state_proof"}


class _Writer:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.sums: dict[str, str] = {}

    def put(self, name: str, body: bytes) -> None:
        info = zipfile.ZipInfo(name, MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(info, body)
        self.sums[name] = hashlib.sha256(body).hexdigest()

    def json(self, name: str, data: Any) -> None:
        self.put(name, _json(data).encode())


def _json(data: Any) -> str:
    return json.dumps(
        data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, indent=1
    )


def export_portal(portal: Portal, target: Path) -> dict[str, int]:
    """Write the file; how many rows of each table. An older file stays until this one
    is whole. Raises ``OSError`` where it cannot be written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(fresh, "w") as archive:
            counts = _write(_Writer(archive), portal)
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return counts


def _write(writer: _Writer, portal: Portal) -> dict[str, int]:
    with translation.override("zh-hans"):
        mine = belongings(portal)
        portal = mine.portal
        writer.json(PORTAL, _portal(portal))
        writer.json(PEOPLE, list(_people(portal)))
        writer.json(TAGS, list(_tags(mine)))
        writer.json(RESTRICTIONS, list(_restrictions(mine)))
        shared: dict[str, set[Any]] = {}
        for table in mine.tables.values():
            rows = list(_rows(table.model, table.rows, shared))
            writer.json(f"tables/{table.label}.json", rows)
        writer.json(SHARED, _shared(shared))
        for name, body in _files(mine):
            writer.put(f"files/{name}", body)
    counts = {table.label: table.count for table in mine.tables.values()}
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "host": portal.host,
        "name": portal.name,
        "counts": counts,
        "sha256": writer.sums,
    }
    writer.json(MANIFEST, manifest)
    return counts


def _portal(portal: Portal) -> dict[str, Any]:
    home = portal.site.root_page
    row = next(_rows(Portal, plain(Portal).filter(pk=portal.pk)))
    return {
        "host": portal.host,
        "site_name": portal.site.site_name,
        "parent": portal.parent.host if portal.parent else "",
        "home": {"pk": home.pk, "path": home.path, "url_path": home.url_path},
        "fields": {k: v for k, v in row.items() if k not in NOT_CARRIED},
    }


def _people(portal: Portal) -> Iterator[dict[str, Any]]:
    for person in people_of(portal).filter(is_superuser=False).order_by("username"):
        role = role_in(portal, person)
        yield {
            "username": person.get_username(),
            "name": person.get_full_name(),
            "email": person.email,
            "is_active": person.is_active,
            "role": role.value if role else "",
        }


def _tags(mine: Belongings) -> Iterator[dict[str, Any]]:
    for model in (PortalImage, PortalDocument):
        kind = ContentType.objects.get_for_model(model)
        ids = list(mine.tables[model].rows.values_list("pk", flat=True))
        found = TaggedItem.objects.filter(content_type=kind, object_id__in=ids)
        for item in found.select_related("tag").order_by("object_id", "tag__name"):
            yield {
                "model": model._meta.label,
                "pk": item.object_id,
                "name": item.tag.name,
            }


def _restrictions(mine: Belongings) -> Iterator[dict[str, Any]]:
    """Of pages that are not public. Of groups: the new installation has its own."""
    own = mine.ids(Page)
    for one in PageViewRestriction.objects.filter(page__in=own).order_by("pk"):
        yield {
            "page": one.page_id,
            "type": one.restriction_type,
            "password": one.password,
        }


def _rows(
    model: type[Model], rows: Any, shared: dict[str, set[Any]] | None = None
) -> Iterator[dict[str, Any]]:
    """Columns by field name; relations to what is shared by what names it. ``shared``
    takes the numbers of the terms and regions that the rows refer to."""
    fields = columns(model)
    keys = _keys(fields)
    for row in rows.values_list(*(field.attname for field in fields)):
        found: dict[str, Any] = {}
        for field, value in zip(fields, row, strict=True):
            related = field.related_model
            if related in keys and value is not None:
                found[field.name] = {"key": keys[related].get(value)}
                if related in NATURAL and shared is not None:
                    shared.setdefault(related._meta.label, set()).add(value)
            elif isinstance(field, FileField):
                found[field.name] = str(value)
            else:
                found[field.name] = _plain_value(field, value)
        yield found


def _plain_value(field: Any, value: Any) -> Any:
    """Streams as they are stored; dates and decimals are the encoder's."""
    return field.get_prep_value(value) if hasattr(value, "raw_data") else value


def _keys(fields: list[Any]) -> dict[Any, dict[Any, Any]]:
    """What names the rows of shared models that these fields refer to."""
    user = get_user_model()
    found: dict[Any, dict[Any, Any]] = {}
    for field in fields:
        model = field.related_model
        if model in found or model is None:
            continue
        if model is ContentType:
            kinds = ContentType.objects.all()
            found[model] = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in kinds}
        elif model is Locale:
            found[model] = dict(plain(Locale).values_list("pk", "language_code"))
        elif model is user:
            found[model] = dict(plain(user).values_list("pk", user.USERNAME_FIELD))
        elif model in NATURAL:
            found[model] = dict(plain(model).values_list("pk", NATURAL[model]))
    return found


def _shared(wanted: dict[str, set[Any]]) -> dict[str, list[dict[str, Any]]]:
    """Terms and regions that the portal uses, with those above them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model in NATURAL:
        numbers = set(wanted.get(model._meta.label, ()))
        parent = next((f for f in columns(model) if f.related_model is model), None)
        while parent is not None:
            above = plain(model).filter(pk__in=numbers).exclude(**{parent.name: None})
            more = set(above.values_list(parent.attname, flat=True)) - numbers
            if not more:
                break
            numbers |= more
        rows = plain(model).filter(pk__in=numbers).order_by("pk")
        found[model._meta.label] = list(_rows(model, rows))
    return found


def _files(mine: Belongings) -> Iterator[tuple[str, bytes]]:
    for table in mine.tables.values():
        for field in columns(table.model):
            if isinstance(field, FileField):
                for name in table.rows.values_list(field.attname, flat=True):
                    if name and field.storage.exists(str(name)):
                        with field.storage.open(str(name)) as stream:
                            yield str(name), stream.read()
