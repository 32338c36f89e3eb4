"""One block by itself, through the template that public pages use.

Wagtail asks for it where a block is shown without its page (in the editor's list of
blocks); a page never does, its blocks come out of ``streams.present`` together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from markupsafe import Markup

from home import streams
from home.links import AddressForm
from home.models import Portal
from publishing.addresses import Address
from publishing.built import Built
from publishing.frame import Place
from publishing.renderer import finish
from publishing.snapshot import Snapshot

HOME = Address("/", "page", settings.LANGUAGE_CODE)


@dataclass(slots=True)
class LooseBlock:
    """Stands where the reader expects a page."""

    raw: list[streams.RawBlock]
    pk: int = 0

    def all_references(self) -> streams.References:
        return streams.references(self.raw)


def render_block(type_name: str, stored: Any, context: dict[str, Any]) -> str:
    """The HTML of one block for the portal of the request; empty where there is none."""
    portal = getattr(context.get("request"), "portal", None) or Portal.objects.first()
    if portal is None:
        return Markup("")
    raw = [{"type": type_name, "value": stored}]
    reader = Snapshot.of(portal).reader(HOME, AddressForm("host"))
    reader.prepare([LooseBlock(raw)])  # type: ignore[list-item]  # as a page
    built = Built(
        template="components/blocks.html",
        view=None,
        place=Place(HOME.path),
        context={"blocks": streams.present(raw, reader)},
    )
    return Markup(finish(reader, built).body.decode())  # noqa: S704  (our templates')
