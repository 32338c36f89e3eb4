"""What the public text of a page refers to, as rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class OutwardLink(models.Model):
    """A foreign address in the public text of a page (see ``home.outward``)."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="outward_links")
    url = models.URLField(max_length=1000)
    digest = models.CharField(max_length=16, db_index=True)

    def __str__(self) -> str:
        return self.url


class MediaUse(models.Model):
    """A picture or file in the public text of a page: why the public may have it."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("图片")
        DOCUMENT = "document", _("附件")

    page = models.ForeignKey(Page, models.CASCADE, related_name="media_uses")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    media_id = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "media_id"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.media_id}"
