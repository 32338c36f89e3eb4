"""What happens when a picture changes."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from media.models import PortalImage
from media.renditions import make_renditions_of


def connect() -> None:
    post_save.connect(image_saved, sender=PortalImage, dispatch_uid="renditions")


def image_saved(instance: PortalImage, **_kwargs: Any) -> None:
    """After the commit: encoding takes a second, and a rollback must leave no files."""
    if instance.renditions_are_stale:
        instance.renditions_are_stale = False
        instance.renditions.all().delete()
        transaction.on_commit(partial(make_renditions_of, instance.pk))
