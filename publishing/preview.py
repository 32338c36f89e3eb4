"""A preview: the edited page laid over the snapshot, through the public renderer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from home.links import AddressForm, language_path
from home.models import BasePage, ColumnPage, Portal, portal_of_path
from publishing.addresses import Address
from publishing.built import Built
from publishing.columns import build_column
from publishing.pages import build_content
from publishing.preview_tools import preview_response
from publishing.reader import SnapshotReader
from publishing.renderer import finish
from publishing.snapshot import Snapshot


def render_preview(page: BasePage, request: HttpRequest, language: str) -> HttpResponse:
    """``page`` as it stands in memory, in one of its portal's languages.

    Its links are those of the portal's own host.
    """
    portal = page.portal or _portal_of_parent(page)
    if portal is None:
        return HttpResponse(status=404)
    snapshot = Snapshot.of(portal)
    plain = page.public_path(portal) if page.url_path else "/"
    address = Address(language_path(plain, language), "page", language, page.pk)
    form = AddressForm("host")
    reader = snapshot.reader(address, form, overlay=page)
    with translation.override(language):
        reader.prepare([page])
        built = _build(reader, address, page)
        built.place.is_preview = True
        rendered = finish(reader, built)
    return preview_response(rendered.body, page, request, snapshot)


def _portal_of_parent(page: BasePage) -> Portal | None:
    """Where a page that has never been saved is going to stand."""
    parent = getattr(page, "_cached_parent_obj", None)
    return portal_of_path(parent.path) if parent is not None else None


def _build(reader: SnapshotReader, address: Address, page: BasePage) -> Built:
    # A column's lists show what is public; only its own words come from the draft.
    if isinstance(page, ColumnPage) and reader.row(page.pk):
        return build_column(reader, address, page)
    if isinstance(page, ColumnPage):
        reader.lay_over(page)
        return build_column(reader, address, page)
    return build_content(reader, address.path, page)
