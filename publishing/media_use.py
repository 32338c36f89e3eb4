"""Why the public may have a picture or file: a public page of the portal uses it."""

from __future__ import annotations

from django.http import HttpRequest

from home.models import MediaUse, Portal
from media.models import PortalDocument, PortalImage
from publishing.tree import tree_of


def is_used(request: HttpRequest, kind: str, pk: int) -> bool:
    """For ``media.access``: whether the portal of this request shows it to anybody."""
    portal: Portal = request.portal  # type: ignore[attr-defined]  # set by middleware
    publisher = getattr(portal.site, "publisheridentity", None)
    if kind == "image" and publisher is not None and publisher.logo_id == pk:
        return True
    model = PortalImage if kind == "image" else PortalDocument
    own = model.objects.filter(
        pk=pk, collection__path__startswith=portal.collection.path
    )
    if not own.exists():
        return False  # a page may name a neighbour's number; it shows nothing
    rows = tree_of(portal, request.portals).rows  # type: ignore[attr-defined]  # set by middleware
    uses = MediaUse.objects.filter(kind=kind, media_id=pk)
    return any(page_id in rows for page_id in uses.values_list("page_id", flat=True))
