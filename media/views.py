"""The only way to a file of the media library.

Whatever is refused is 404, never 403: a stranger must not learn that it exists.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from media.access import is_public, may_preview
from media.models import PortalDocument, PortalImage, PortalRendition
from media.ranges import send_part, wanted_part
from media.renditions import SPECS

IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Short enough that a picture taken down is gone within the hour.
PUBLIC_SECONDS = 3600


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """A size that the public may get, or an admin's thumbnail."""
    found = (
        PortalRendition.objects.filter(file=f"images/{name}")
        .select_related("image__collection")
        .first()
    )
    if found is None:
        raise _not_there(request)
    public = found.filter_spec in SPECS and is_public(request, found.image)
    if not public and not may_preview(request, found.image):
        raise _not_there(request)
    return _send_image(request, found.file, public=public)


@require_safe
def original(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture as it was kept: for people of its own portal only."""
    found = (
        PortalImage.objects.filter(file=f"original_images/{name}")
        .select_related("collection")
        .first()
    )
    if found is None or not may_preview(request, found):
        raise _not_there(request)
    return _send_image(request, found.file, public=False)


@require_safe
def document(request: HttpRequest, document_id: int, name: str) -> HttpResponseBase:
    """A document, always as a download: none is opened inside our own origin."""
    found = (
        PortalDocument.objects.filter(pk=document_id)
        .select_related("collection")
        .first()
    )
    if found is None or found.filename != name:
        raise _not_there(request)
    public = is_public(request, found)
    if not public and not may_preview(request, found):
        raise _not_there(request)
    return _send(
        request,
        found.file,
        public=public,
        as_attachment=True,
        filename=f"{found.title}.{found.file_extension}",
        content_type=found.content_type,
    )


def _not_there(request: HttpRequest) -> Http404:
    """Asks who reads, whatever the reason: a header tells that somebody asked (Vary),
    and with it a file that is kept back from one that never was."""
    request.user.has_perm("wagtailadmin.access_admin")
    return Http404()


def _send_image(
    request: HttpRequest, file: FieldFile, *, public: bool
) -> HttpResponseBase:
    content_type = IMAGE_TYPES.get(PurePath(str(file.name)).suffix)
    if content_type is None:
        raise _not_there(request)
    return _send(request, file, public=public, content_type=content_type)


def _send(
    request: HttpRequest, file: FieldFile, *, public: bool, **options: Any
) -> HttpResponseBase:
    """The file, a part of it, or 304 where the browser has it; ``options`` are
    FileResponse's."""
    # The name changes with the content.
    etag = quote_etag(PurePath(str(file.name)).name)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            opened = file.open("rb")
        except FileNotFoundError as error:
            raise _not_there(request) from error
        if part := wanted_part(request, file.size, etag):
            response = send_part(opened, part, file.size, options["content_type"])
        else:
            response = FileResponse(opened, **options)
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    if public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def no_tags(_request: HttpRequest, **_names: str) -> HttpResponseBase:
    """In place of Wagtail's tag completion: it would offer the tags of every portal."""
    raise Http404


def no_detour(_request: HttpRequest, **_numbers: int) -> HttpResponseBase:
    """In place of Wagtail's second try with a file whose form was refused (a collection
    that is not one's own): it keeps the file as it came, past the checks of the form."""
    raise Http404
