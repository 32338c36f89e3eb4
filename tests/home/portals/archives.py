"""Portals that are written into a file, deleted and taken in again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.apps import apps

from home.models import OfflineNotice, Portal
from home.portals.archiving import archive_portal
from home.portals.removal import delete_portal
from home.portals.transfer.tables import plain
from publishing.building.full import build_folder
from publishing.tree import forget_trees

Committed = Callable[..., AbstractContextManager[Any]]


def published(portal: Portal, folder: Path) -> dict[str, bytes]:
    """Every file of the static site, made from nothing."""
    forget_trees()
    portal = Portal.objects.with_identity().get(pk=portal.pk)
    target = folder / portal.host
    build_folder(portal, target, public_base="https://sfj.example")
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


def close(portal: Portal) -> Portal:
    Portal.objects.filter(pk=portal.pk).update(state=Portal.State.CLOSED)
    OfflineNotice.objects.get_or_create(portal=portal, reason="关了。")
    return Portal.objects.get(pk=portal.pk)


def remove(portal: Portal, committed: Committed) -> None:
    portal = close(portal)
    archive_portal(portal)
    with committed(execute=True):
        delete_portal(portal, portal.name)


def rows_of_all() -> dict[str, int]:
    skipped = ("home.Change", "sessions.", "wagtailcore.ModelLogEntry", "audit.")
    return {
        model._meta.label: plain(model).count()
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.label.startswith(skipped)
    }
