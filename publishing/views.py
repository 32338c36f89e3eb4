"""Public pages from the server: the same renderer as the export, at the host's root."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.request import split_domain_port
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_safe

from home.links import AddressForm, language_path, split_language
from home.models import Portal
from home.presentation import PortalLink
from publishing.addresses import Address, resolve
from publishing.built import NothingThere
from publishing.identity import portal_data
from publishing.library import MovedTo
from publishing.moves import moved_page
from publishing.renderer import (
    Rendered,
    finish,
    render,
    run_template,
)
from publishing.search_page import build_search
from publishing.served import served_reader
from publishing.snapshot import Snapshot, all_portals
from publishing.tree import default_language

# A minute in a browser or proxy: a correction must be seen the same minute.
CACHE_CONTROL = "public, max-age=60"


# No transaction: on SQLite each would take the write lock from the editors.
@transaction.non_atomic_requests
@require_safe
def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Whatever the portal of this host has at this path."""
    portal: Portal | None = getattr(request, "portal", None)
    if portal is None:
        return unknown_host(request)
    form = host_form(request)
    snapshot = Snapshot.of(portal, request.portals)  # type: ignore[attr-defined]
    if not snapshot.tree.spoken:  # the home page is not public: nothing is
        raise Http404
    address = resolve(snapshot.tree, f"/{path}")
    try:
        if address is None:
            if path and resolve(snapshot.tree, f"/{path}/") is not None:
                return HttpResponsePermanentRedirect(f"/{quote(path, safe='/@')}/")
            raise NothingThere(path)
        if address.kind == "search":
            return answer_search(request, snapshot, address, form)
        if address.kind == "error":
            return not_found(snapshot, form, path)
        if address.kind == "page" and request.META.get("QUERY_STRING"):
            # /?id=12 of an old site stands where our home page is.
            location = redirected(request, snapshot, form, path, only_query=True)
            if location is not None:
                return location
        return respond(_render(snapshot, address, form))
    except MovedTo as moved:
        return HttpResponsePermanentRedirect(moved.location)
    except NothingThere:
        location = redirected(request, snapshot, form, path)
        return location or not_found(snapshot, form, path)


def host_form(request: HttpRequest) -> AddressForm:
    """Links from the root of this host. Its public address is the portal's own where
    it has one, otherwise the one of the request."""
    origin = f"{request.scheme}://{request.get_host()}"
    portal: Portal = request.portal  # type: ignore[attr-defined]  # set by middleware
    base = portal.public_base.rstrip("/") or origin
    return AddressForm("host", public_base=base, origin=origin)


def _render(snapshot: Snapshot, address: Address, form: AddressForm) -> Rendered:
    reader = served_reader(snapshot, address, form)
    return render(snapshot, address, form, reader)


def respond(rendered: Rendered) -> HttpResponse:
    response = HttpResponse(
        rendered.body, content_type=rendered.content_type, status=rendered.status
    )
    response["Cache-Control"] = CACHE_CONTROL
    return response


def answer_search(
    request: HttpRequest, snapshot: Snapshot, address: Address, form: AddressForm
) -> HttpResponse:
    """The results, or the provision itself where the query is a citation."""
    reader = snapshot.reader(address, form)
    with translation.override(address.language):
        built = build_search(reader, address, request.GET.dict())
        if built.view.redirect_path:
            path, _separator, fragment = built.view.redirect_path.partition("#")
            return HttpResponseRedirect(reader.link(path, fragment))
        rendered = finish(reader, built)
    response = HttpResponse(rendered.body, content_type=rendered.content_type)
    response["Cache-Control"] = "private, no-cache"
    return response


def not_found(snapshot: Snapshot, form: AddressForm, path: str) -> HttpResponse:
    """The error page, in the language of the address."""
    language, _plain = split_language(f"/{path}", snapshot.tree.languages)
    if language not in snapshot.tree.spoken:
        language = default_language()
    address = Address(language_path("/404.html", language), "error", language)
    return respond(_render(snapshot, address, form))


def redirected(
    request: HttpRequest,
    snapshot: Snapshot,
    form: AddressForm,
    path: str,
    *,
    only_query: bool = False,
) -> HttpResponse | None:
    """A moved page (checklist 3.5): the redirects of this portal only."""
    query = request.META.get("QUERY_STRING", "")
    view = moved_page(snapshot, f"/{path}", query, only_query=only_query)
    if view is None:
        return None
    location = view.url or form.href(view.path, source="/")
    return HttpResponsePermanentRedirect(location)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """404; in development with the list of portals, never with a default one."""
    if not settings.DEBUG:
        raise Http404
    _host, port = split_domain_port(request.get_host())
    suffix = f":{port}" if port else ""
    links = [
        PortalLink(
            name=portal_data(portal, default_language()).name,
            region_name=portal.region_name,
            level=portal.level,
            href=f"{request.scheme}://{portal.host}{suffix}/",
        )
        for portal in all_portals()
    ]
    body = run_template("home/portal_list.html", {"portals": links, "asset": static})
    return HttpResponse(body, status=404)
