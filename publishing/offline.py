"""A portal that is offline, and hosts that portals have left.

On the server a middleware answers: 503 while a portal is 临时下线, 410 once it is
永久下线, 301 at a host that it has left. A static site gets a page in place of each of
its pages; web servers that look for ``503.html`` and ``410.html`` send the status too.
What was published stays as a release, so that a portal is back at once.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.http.request import split_domain_port
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.admin_policy import ADMIN_PATH
from home.models import FormerHost, Portal
from publishing.assets import content_type, read_asset
from publishing.identity import portal_data, publisher_name, publisher_phone
from publishing.renderer import run_template
from publishing.sites.outputs import output_of
from publishing.sites.record import POSITION
from publishing.sites.runs import NOTICE, Run
from publishing.sites.site import Site
from publishing.sites.storage import TreeStorage
from publishing.tree import default_language

HTML = "text/html; charset=utf-8"
PAUSED_PAGE, CLOSED_PAGE = "503.html", "410.html"
ALWAYS = ("index.html", "404.html")
STYLE, STYLE_FILE = "css/offline.css", "offline.css"
# What the record says: for which notice the site stands, and what was live before.
FORM, BEFORE = "form", "before notice"
LEAST_WAIT = 3600


@dataclass(frozen=True, slots=True)
class OfflineView:
    title: str
    name: str
    style: str  # the address of its style sheet
    reason: str = ""
    until: date | None = None
    successor_url: str = ""
    publisher: str = ""
    phone: str = ""
    is_closed: bool = False
    target: str = ""  # of a page that has moved


def status_of(portal: Portal) -> int:
    return 410 if portal.state == Portal.State.CLOSED else 503


def notice_of(portal: Portal, style: str) -> OfflineView:
    """What readers are told. No query for a portal that was read ``with_identity``."""
    notice = getattr(portal, "offline_notice", None)
    is_closed = portal.state == Portal.State.CLOSED
    language = default_language()
    return OfflineView(
        title=_("本网站已经关闭") if is_closed else _("本网站暂时不能访问"),
        name=portal_data(portal, language).name,
        style=style,
        reason=notice.reason if notice else "",
        until=notice.until if notice else None,
        successor_url=notice.successor_url if notice else "",
        publisher=publisher_name(portal, language),
        phone=publisher_phone(portal),
        is_closed=is_closed,
    )


def page(view: OfflineView) -> bytes:
    with translation.override(default_language()):
        return run_template("home/offline.html", {"notice": view}).encode()


# --- on the server -----------------------------------------------------------------------


class OfflineMiddleware:
    """After those that know the portal and the person. The admin always answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        portal: Portal | None = getattr(request, "portal", None)
        if portal is None:
            return self._led_on(request) or self.get_response(request)
        if not portal.is_offline or self._is_for_staff(request):
            return self.get_response(request)
        return offline_response(request, portal)

    def _is_for_staff(self, request: HttpRequest) -> bool:
        """Editors see pictures and files in the admin: ``media.views`` checks them."""
        if request.path.startswith(ADMIN_PATH):
            return True
        is_media = request.path.startswith(settings.MEDIA_URL)
        return is_media and request.user.is_authenticated

    def _led_on(self, request: HttpRequest) -> HttpResponse | None:
        host, port = split_domain_port(request.get_host())
        former = (
            FormerHost.objects.select_related("portal__site").filter(host=host).first()
        )
        if former is None:
            return None
        new = f"{former.portal.host}:{port}" if port else former.portal.host
        location = f"{request.scheme}://{new}{request.get_full_path()}"
        return HttpResponsePermanentRedirect(location)


def offline_response(request: HttpRequest, portal: Portal) -> HttpResponse:
    view, status = notice_of(portal, static(STYLE)), status_of(portal)
    response: HttpResponse
    if request.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": view.title,
            "status": status,
            "detail": view.reason,
        }
        response = JsonResponse(
            problem, status=status, content_type="application/problem+json"
        )
    else:
        response = HttpResponse(page(view), content_type=HTML, status=status)
    if not view.is_closed:
        response["Retry-After"] = str(_seconds_until(view.until))
    response["Cache-Control"] = "no-store"
    return response


def _seconds_until(day: date | None) -> int:
    if day is None:
        return LEAST_WAIT
    moment = timezone.make_aware(datetime.combine(day, time()))
    return max(LEAST_WAIT, int((moment - timezone.now()).total_seconds()))


# --- in the static site ------------------------------------------------------------------


def notice_form(portal: Portal) -> str:
    """As ``full.form_text``: a site whose record says this shows this notice."""
    shown = page(notice_of(portal, style_href(portal))) + read_asset(STYLE)
    return f"offline {status_of(portal)} {hashlib.sha256(shown).hexdigest()[:16]}"


def style_href(portal: Portal) -> str:
    """From the root of the host: a web server shows the notice at any depth."""
    return f"{urlsplit(portal.public_base).path.rstrip('/')}/{STYLE_FILE}"


def shows_notice(site: Site) -> bool:
    return (site.record.meta(FORM) or "").startswith("offline ")


def pages_among(names: Iterable[str]) -> set[str]:
    """Of the files of a site those that readers see, and the two that every site has."""
    return {*ALWAYS, *(name for name in names if name.endswith((".html", ".htm")))}


def put_notices(run: Run, portal: Portal, names: Iterable[str]) -> None:
    status = status_of(portal)
    body = page(notice_of(portal, style_href(portal)))
    own = CLOSED_PAGE if status == 410 else PAUSED_PAGE
    for name in sorted(pages_among(names) - {PAUSED_PAGE, CLOSED_PAGE} | {own}):
        run.put(output_of(name, body, kind=NOTICE, type=HTML, status=status), body)
    _put_style(run)


def _put_style(run: Run) -> None:
    body = read_asset(STYLE)
    run.put(output_of(STYLE_FILE, body, kind=NOTICE, type=content_type(STYLE)), body)


def take_offline(portal: Portal, site: Site, position: int) -> None:
    """Put the notice in place of every page; the site as it was stays as a release."""
    before = site.releases_on_disk.current or ""
    was_shown = shows_notice(site)
    with site.full_run(_("下线")) as run:
        put_notices(run, portal, list(run.record.names()))
        run.set_meta(POSITION, str(position))
        run.set_meta(FORM, notice_form(portal))
        if not was_shown:
            run.set_meta(BEFORE, before)


def bring_back(site: Site) -> None:
    """Serve again what was live before the notice; a full build then brings it up to
    date. A site that somebody had rolled back before stays so."""
    before = site.record.meta(BEFORE)
    if not before or not site.releases_on_disk.exists(before):
        return
    if site.releases_on_disk.current == before:
        return
    was_paused = site.is_paused
    site.rollback(before)
    if not was_paused:
        site.resume()


# --- hosts that were left ----------------------------------------------------------------


def new_base(portal: Portal) -> str:
    return portal.public_base.rstrip("/") or f"https://{portal.host}"


def moved_page(portal: Portal, name: str, base: str) -> bytes:
    """What stands at the old place of the file ``name``."""
    path = name.removesuffix("index.html")
    path = "" if path == "404.html" else path
    view = OfflineView(
        title=_("本网站已经搬家"),
        name=portal_data(portal, default_language()).name,
        style=f"/{STYLE_FILE}",
        target=f"{base}/{quote(path)}",
    )
    return page(view)


def put_moved(run: Run, portal: Portal, names: Iterable[str], base: str) -> None:
    for name in sorted(pages_among(names)):
        body = moved_page(portal, name, base)
        run.put(output_of(name, body, kind=NOTICE, type=HTML, status=301), body)
    _put_style(run)


def lead_on(portal: Portal, position: int) -> list[str]:
    """Turn the sites at hosts that the portal has left into pages that lead on; the
    hosts. Once for each new address."""
    done = []
    base = new_base(portal)
    for former in portal.former_hosts.all():
        with closing(Site.of(former.host)) as site:
            if (
                site.record.position is None
                or site.record.meta(FORM) == f"moved {base}"
            ):
                continue
            with site.full_run(_("搬家")) as run:
                put_moved(run, portal, list(run.record.names()), base)
                run.set_meta(POSITION, str(position))
                run.set_meta(FORM, f"moved {base}")
            done.append(former.host)
    return done


def was_published(portal: Portal) -> bool:
    """Whether the portal had a static site at a host that it has left."""
    for former in portal.former_hosts.all():
        with closing(Site.of(former.host)) as site:
            if site.record.position is not None:
                return True
    return False


def remove_sites(hosts: Sequence[str]) -> None:
    """The static sites of a portal that is gone, releases and all."""
    for host in hosts:
        with closing(Site.of(host)) as site:
            if not site.folder.exists():
                continue
            with site.locked(wait=True):
                if not isinstance(site.live, TreeStorage):
                    for name in list(site.record.names()):
                        site.live.delete(name)
            site.close()
            shutil.rmtree(site.folder)
