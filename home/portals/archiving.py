"""Archives: complete copies of portals on this machine, made by the worker."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from home.models import Portal, PortalArchive
from home.portals.transfer.writing import export_portal


def archive_portal(portal: Portal, actor: Any = None) -> PortalArchive:
    """Write the copy, then note it. Raises ``OSError`` where it cannot be written."""
    moment = timezone.now()
    name = f"{portal.host}-{timezone.localtime(moment):%Y%m%d-%H%M%S-%f}.zip"
    target = Path(settings.PORTAL_ARCHIVE_DIR) / name
    with transaction.atomic():
        export_portal(portal, target)
        target.chmod(0o600)  # names and e-mail addresses of people
        archive = PortalArchive.objects.create(
            portal=portal,
            host=portal.host,
            name=portal.name,
            file=name,
            sha256=digest(target),
            made_at=moment,
            made_by=actor.get_username() if actor else "",
        )
        log(
            instance=portal,
            action="home.portal.archive",
            user=actor,
            data={"file": name, "sha256": archive.sha256},
        )
    return archive


@task()
def archive_later(portal_id: int, user_id: int) -> None:
    user = get_user_model()._default_manager.filter(pk=user_id).first()
    archive_portal(Portal.objects.get(pk=portal_id), user)


def file_of(archive: PortalArchive) -> Path:
    return Path(settings.PORTAL_ARCHIVE_DIR) / Path(archive.file).name


def digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_intact(archive: PortalArchive) -> bool:
    path = file_of(archive)
    return path.is_file() and digest(path) == archive.sha256
