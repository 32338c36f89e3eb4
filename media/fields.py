"""The one door through which files enter the media library.

Django stores a file through ``FieldFile.save``, whoever assigns it: forms, the multiple
upload, importers, ``bulk_create``. So the checks sit there; forms run them earlier only
to show their sentences.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageFieldFile

from media.document_checks import clean_document
from media.uploads import CleanImageFile, clean_image


class PortalImageFile(WagtailImageFieldFile):
    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        clean = clean_image(content, name)
        _remember_content(self.instance, clean)
        self.instance.renditions_are_stale = True
        super().save(str(clean.name), clean, save=save)

    def get_image_dimensions(self) -> tuple[int | None, int | None]:
        """Unknown until the file is clean: no other library opens what came in."""
        if not self._committed and not isinstance(self.file, CleanImageFile):
            return None, None
        return super().get_image_dimensions()


class PortalDocumentFile(FieldFile):
    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        clean = clean_document(content, name)
        _remember_content(self.instance, clean)
        super().save(str(clean.name), clean, save=save)


def _remember_content(instance: Any, file: File[Any]) -> None:
    """Size and hash (Wagtail compares SHA-1 to find duplicates)."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    instance.file_size = len(content)
    instance.file_hash = hashlib.sha1(content, usedforsecurity=False).hexdigest()
