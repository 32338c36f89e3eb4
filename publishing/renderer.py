"""render(portal, address, form): the one way from content to bytes.

The server, the export and the preview call it; nothing personal is in what it makes
(no user, no token, no cookie, no nonce).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.utils import translation

from home.links import AddressForm
from home.models import OutwardLink
from publishing import calendars, library, pages, sitemap, topics
from publishing.addresses import Address
from publishing.built import Built, NothingThere
from publishing.environment import saying
from publishing.frame import build_frame
from publishing.reader import SnapshotReader, Trace
from publishing.search_page import build_search
from publishing.shared_parts import common
from publishing.snapshot import Snapshot


@dataclass(slots=True)
class Rendered:
    """Bytes, and what they were found to use on the way."""

    body: bytes
    content_type: str
    status: int
    trace: Trace = field(default_factory=Trace)


BUILDERS: dict[str, Callable[[SnapshotReader, Address], Built]] = {
    "page": pages.build_page,
    "topic_index": topics.build_topic_index,
    "topic": topics.build_topic,
    "site_map": pages.build_site_map,
    "error": pages.build_error,
    "theme": pages.build_theme,
    "robots": pages.build_robots,
    "feed": pages.build_feed,
    "sitemap": sitemap.build_sitemap,
    "sitemap_part": sitemap.build_part,
    "calendar": calendars.build_calendar,
    "statutes": library.build_statute_list,
    "statute": library.build_statute,
}


def render(
    snapshot: Snapshot,
    address: Address,
    form: AddressForm,
    reader: SnapshotReader | None = None,
) -> Rendered:
    """The page at ``address`` as bytes; ``reader``: one that is there already.

    Raises ``NothingThere`` where the address has the right form but names nothing,
    ``library.MovedTo`` where the library answers with another address.
    """
    reader = reader or snapshot.reader(address, form)
    with translation.override(address.language):
        if address.kind == "leave":
            built = pages.build_leave(reader, address, leaving_url(snapshot, address))
        elif address.kind == "search":
            built = build_search(reader, address, {})
        else:
            built = BUILDERS[address.kind](reader, address)
        return finish(reader, built)


def finish(reader: SnapshotReader, built: Built) -> Rendered:
    """Put the frame around what was built and run the template."""
    if built.body is not None:
        return Rendered(built.body, built.content_type, built.status, reader.trace)
    frame = build_frame(reader, built.place)
    context: dict[str, Any] = {
        "frame": frame,
        "page": built.view,
        "language": reader.language,
        "href": reader.link,
        "asset": lambda name: asset(reader, name),
        "absolute": reader.form.absolute,
        "_": saying(),
        "reader": reader,  # for parts that pages share; templates ask it nothing
        **built.context,
    }
    body = run_template(built.template, context)
    return Rendered(body.encode(), built.content_type, built.status, reader.trace)


def run_template(name: str, context: dict[str, Any]) -> str:
    """A public template on plain data."""
    engine = engines["public"]
    assert isinstance(engine, Jinja2)  # noqa: S101  (for the type: settings say so)
    return engine.env.get_template(name).render(context).lstrip()


def asset(reader: SnapshotReader, name: str) -> str:
    """A static file: on the server by its (hashed) address, in an export beside us."""
    if reader.form.kind == "host":
        return common(reader, ("static", name), lambda: static(name))
    reader.trace.assets.add(name)
    return reader.link(settings.STATIC_URL + name)


def leaving_url(snapshot: Snapshot, address: Address) -> str:
    """The foreign address behind ``/leave/<digest>/``, if a public page links to it."""
    link = OutwardLink.objects.filter(
        digest=address.rest, page_id__in=list(snapshot.tree.rows)
    ).first()
    if link is None:
        raise NothingThere(address.path)
    return link.url
