"""The bytes of a file by its logical path, for an export."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from django.conf import settings

from media.models import PortalDocument, PortalRendition
from media.names import base_name

IMAGES = "/media/images/"
DOCUMENTS = "/media/documents/"
mimetypes.add_type("image/avif", ".avif")
for _extension, _type in settings.WAGTAILDOCS_CONTENT_TYPES.items():
    mimetypes.add_type(_type, f".{_extension}")


@dataclass(frozen=True, slots=True)
class PublicFile:
    body: bytes
    content_type: str


def read_public_file(path: str) -> PublicFile | None:
    """A rendition or document; None where there is no such file.

    Whether the public may have it is the caller's business: an export asks only for
    what its pages show.
    """
    if path.startswith(IMAGES):
        found = PortalRendition.objects.filter(file=f"images/{path[len(IMAGES) :]}")
        rendition = found.first()
        file = rendition.file if rendition else None
    else:
        document_id, _slash, name = path[len(DOCUMENTS) :].partition("/")
        document = PortalDocument.objects.filter(pk=int(document_id)).first()
        file = (
            document.file
            if document and base_name(document.file.name) == name
            else None
        )
    if file is None:
        return None
    try:
        with file.open("rb") as opened:
            body = opened.read()
    except FileNotFoundError:
        return None
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return PublicFile(body, content_type)
