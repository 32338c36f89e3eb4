"""Documents as plain data for pages."""

from __future__ import annotations

from collections.abc import Iterable

from media.models import PortalDocument
from media.names import document_path, extension_of
from media.presentation import Attachment


def attachments_for(
    document_ids: Iterable[int], *, collection_path: str = ""
) -> dict[int, Attachment]:
    """Attachments by document id, in one query; type and size come from the rows.

    ``collection_path`` is the tree path of a portal's collection (read now: Wagtail
    sorts collections by name, so that paths move): whatever lies elsewhere is left out.
    """
    rows = PortalDocument.objects.filter(
        pk__in=set(document_ids), collection__path__startswith=collection_path
    ).values_list("pk", "title", "file", "file_size")
    return {
        pk: Attachment(
            path=document_path(pk, file),
            title=title,
            extension=extension_of(file).upper(),
            size=size or 0,
        )
        for pk, title, file, size in rows
    }
