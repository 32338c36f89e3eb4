"""The file that a draft was imported from, kept as it came, and what was found in it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.document_import import Severity, kind_of, sentence_of
from home.models import Portal


def original_path(original: ImportedOriginal, _name: str) -> str:
    """A name of its own: nothing that somebody chose becomes a path."""
    return f"originals/{original.portal_id}/{uuid.uuid4().hex}"


class ImportedOriginal(models.Model):
    """Never public: ``articles.originals.admin`` hands it to those who edit the page."""

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, related_name="imported_originals")
    file = models.FileField(_("原文件"), upload_to=original_path, max_length=200)
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    encoding = models.CharField(max_length=20)
    imported_at = models.DateTimeField(_("导入时间"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # What the file says about itself, as it was read, also where the page has no field.
    header = models.JSONField(default=dict)
    # {"code", "params", "places": [{"line", "excerpt"}], "done"}
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        verbose_name = _("导入的原文件")
        verbose_name_plural = _("导入的原文件")

    def __str__(self) -> str:
        return self.name

    def shown_findings(self) -> list[dict[str, Any]]:
        """The findings with their sentences, in the language of the moment."""
        return [
            {
                **finding,
                "number": number,
                "sentence": sentence_of(finding["code"], finding["params"]),
                "is_severe": kind_of(finding["code"]).severity == Severity.SEVERE,
            }
            for number, finding in enumerate(self.findings)
        ]

    def open_findings(self) -> list[dict[str, Any]]:
        return [finding for finding in self.shown_findings() if not finding["done"]]

    def tick_off(self, numbers: set[int]) -> None:
        """Exactly these findings have been looked after."""
        for number, finding in enumerate(self.findings):
            finding["done"] = number in numbers
        self.save(update_fields=["findings"])


@receiver(post_delete, sender=ImportedOriginal)
def delete_file(instance: ImportedOriginal, **_options: Any) -> None:
    """With its page; a deletion that is undone keeps the file."""
    name, storage = instance.file.name, instance.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
