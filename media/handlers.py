"""What happens when pictures and documents change."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from media.models import PortalDocument, PortalImage
from media.renditions import make_renditions_of
from media.signals import media_changed


def connect() -> None:
    post_save.connect(image_saved, sender=PortalImage)
    for model, kind in ((PortalImage, "image"), (PortalDocument, "document")):
        tell = partial(tell_change, kind)
        for signal in (post_save, post_delete):
            signal.connect(tell, sender=model, weak=False, dispatch_uid=f"media-{kind}")


def image_saved(instance: PortalImage, **_kwargs: Any) -> None:
    """After the commit: encoding takes a second, and a rollback must leave no files."""
    if instance.renditions_are_stale:
        instance.renditions_are_stale = False
        instance.renditions.all().delete()
        transaction.on_commit(partial(make_renditions_of, instance.pk))


def tell_change(kind: str, instance: Any, **_kwargs: Any) -> None:
    media_changed.send(sender=type(instance), kind=kind, pk=instance.pk)
