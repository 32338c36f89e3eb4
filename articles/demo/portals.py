"""The demo portals, made in the way every portal is made."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.demo.files import logo_for
from articles.demo.sources import LANGUAGE_SUFFIXES, Row
from articles.demo.terms import texts
from home.models import Portal, localized
from home.portals.provisioning import ColumnSpec, PortalSpec, create_portal

HOSTING_TEXTS = ("site_name", "organizer")
PUBLISHER_TEXTS = ("name", "address", "hours")


def _values(row: Row, translated: tuple[str, ...]) -> dict[str, Any]:
    """Fields of a model: translated ones by column, the others as they are."""
    found = texts(row, *translated)
    skipped = {
        key
        for base in translated
        for key in row
        if key == base or key.startswith(f"{base}_")
    }
    return {**found, **{key: row[key] for key in row.keys() - skipped}}


def _column(row: Row) -> ColumnSpec:
    return ColumnSpec(
        row["slug"],
        {
            **texts(row, "heading", "summary", "keywords"),
            "column_type": row["column_type"],
            "promised_interval": row["promised_interval_days"],
            "show_in_menus": row["show_in_menus"],
        },
        [_column(child) for child in row.rows("children")],
    )


def portal_spec(row: Row) -> PortalSpec:
    parent = None
    if row["parent"]:
        parent = Portal.objects.filter(
            is_demo=True, site__hostname__startswith=f"{row['parent']}."
        ).first()
        if parent is None:
            raise row.wrong("parent", f"there is no portal “{row['parent']}” yet")
    home_texts = texts(row, "name", "summary")
    return PortalSpec(
        host=row["host"],
        slug=row["slug"],
        portal={
            **texts(row, "name", "region_name"),
            "region_code": row["region_code"],
            "level": row["level"],
            "state": row["state"],
            "languages": row["languages"],
            "parent": parent,
            "is_demo": True,
        },
        home={
            **{
                name.replace("name", "heading", 1): value
                for name, value in home_texts.items()
            },
        },
        hosting=_values(Row(row["hosting"], row.file, "hosting"), HOSTING_TEXTS),
        publisher=_values(
            Row(row["publisher"], row.file, "publisher"), PUBLISHER_TEXTS
        ),
        columns=[_column(column) for column in row.rows("columns")],
    )


def create_demo_portal(row: Row) -> Portal:
    portal = create_portal(portal_spec(row))
    publisher = portal.site.publisheridentity
    publisher.logo = logo_for(portal, row["logo"])
    publisher.save()
    return portal


def home_columns(row: Row) -> dict[str, str]:
    """Which key of the row holds the home page's blocks in which column."""
    keys = {"home": settings.LANGUAGE_CODE} | {
        f"home{suffix}": code for suffix, code in LANGUAGE_SUFFIXES.items()
    }
    return {localized("body", code): key for key, code in keys.items() if key in row}
