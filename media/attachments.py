"""Documents as plain data for pages."""

from __future__ import annotations

from collections.abc import Iterable

from media.models import PortalDocument
from media.names import document_path, extension_of
from media.presentation import Attachment


def attachments_for(document_ids: Iterable[int]) -> dict[int, Attachment]:
    """Attachments by document id, in one query; type and size come from the rows."""
    rows = PortalDocument.objects.filter(pk__in=set(document_ids)).values_list(
        "pk", "title", "file", "file_size"
    )
    return {
        pk: Attachment(
            path=document_path(pk, file),
            title=title,
            extension=extension_of(file).upper(),
            size=size or 0,
        )
        for pk, title, file, size in rows
    }
