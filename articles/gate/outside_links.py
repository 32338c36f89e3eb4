"""Whether the sites that pages link to answer. Asked by ``check_content --external``
and never while somebody saves; what was heard is kept and shown as a hint.

Politely: one address after another, at most one a second of each site, and by a name
that says who asks. Addresses inside our own network are not asked for.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils import timezone
from django.utils.translation import gettext

from articles.gate.models import OutsideLink
from articles.gate.segments import Role, Segment
from home.findings import Finding, Severity

RULE = "link.outside"
SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）：不得有打不开的链接"
TIMEOUT = 10  # seconds
PAUSE = 1.0  # between two requests to the same site
FRESH = timedelta(days=7)
AGENT = "xiangfatong-link-check/1.0"
# Sites that refuse to be asked this way may well answer a reader.
_REFUSES_PROGRAMS = frozenset({401, 403, 405, 406, 418, 429, 501, 999})


class NotPublicError(Exception):
    """An address that leads into a network that is not the internet."""


@dataclass(slots=True)
class Asker:
    """``resolve`` and ``open_url`` are handed in by tests."""

    resolve: Callable[[str], Iterable[str]] = field(
        default=lambda host: _addresses(host)
    )
    open_url: Callable[[Request], int] = field(default=lambda request: _status(request))
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict)

    def problem(self, url: str) -> str:
        """What is wrong with ``url``; "" where it answers."""
        host = urlsplit(url).hostname or ""
        try:
            if any(not _is_global(address) for address in self.resolve(host)):
                raise NotPublicError(host)
            self._wait(host)
            return self._answer(url)
        except NotPublicError:
            return gettext("这个网址不在互联网上。")
        except socket.gaierror:
            return gettext("没有这个网站（域名查不到）。")
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            return gettext("打不开：%(reason)s") % {"reason": str(reason)[:120]}

    def _answer(self, url: str) -> str:
        for method in ("HEAD", "GET"):
            request = Request(  # noqa: S310  (only http and https come this far)
                _ascii(url), method=method, headers={"User-Agent": AGENT}
            )
            try:
                status = self.open_url(request)
            except HTTPError as error:
                status = error.code
            if status < 400:
                return ""
            if method == "GET" and status in _REFUSES_PROGRAMS:
                return ""
            if method == "GET":
                return gettext("对方网站回答 %(status)s。") % {"status": status}
        return ""

    def _wait(self, host: str) -> None:
        last = self._last.get(host)
        now = self.clock()
        if last is not None and now - last < PAUSE:
            self.sleep(PAUSE - (now - last))
        self._last[host] = self.clock()


def _addresses(host: str) -> Iterator[str]:
    for *_rest, address in socket.getaddrinfo(host, None):
        yield str(address[0])


def _is_global(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


class _CheckedRedirects(HTTPRedirectHandler):
    """A site may not send us into our own network."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # of the standard library
        parts = urlsplit(newurl)
        is_web = parts.scheme in ("http", "https")
        if not is_web or not all(map(_is_global, _addresses(parts.hostname or ""))):
            raise NotPublicError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _status(request: Request) -> int:
    opener = build_opener(_CheckedRedirects)
    with opener.open(request, timeout=TIMEOUT) as response:
        return int(response.status)


def _ascii(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='=&%+/:,;@!*()~-._')}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{path}{query}"


def outside_urls(segments: Iterable[Segment]) -> list[Segment]:
    """The links of a page that lead to other sites."""
    return [
        one
        for one in segments
        if one.role == Role.LINK and one.text.startswith(("http://", "https://"))
    ]


def ask(urls: Collection[str], asker: Asker | None = None) -> Iterator[OutsideLink]:
    """What each address answers; one that was asked within a week is not asked again."""
    asker = asker or Asker()
    now = timezone.now()
    held = {row.url: row for row in OutsideLink.objects.filter(url__in=set(urls))}
    for url in dict.fromkeys(urls):
        row = held.get(url)
        if row is None or now - row.asked_at > FRESH:
            values = {"asked_at": now, "problem": asker.problem(url)[:200]}
            row, _created = OutsideLink.objects.update_or_create(
                url=url, defaults=values
            )
        yield row


def outside_findings(segments: Iterable[Segment]) -> Iterator[Finding]:
    """Of what is known; one query where a page links to other sites."""
    links = outside_urls(segments)
    if not links:
        return
    silent = {
        row.url: row
        for row in OutsideLink.objects.filter(url__in={one.text for one in links})
        if row.problem
    }
    for segment in links:
        row = silent.get(segment.text)
        if row is not None:
            text = gettext("%(place)s里的链接（%(url)s）%(day)s查过：%(problem)s")
            values = {
                "place": segment.place.label,
                "url": segment.text,
                "day": timezone.localtime(row.asked_at).date(),
                "problem": row.problem,
            }
            yield Finding(
                RULE,
                Severity.HINT,
                text % values,
                segment.place,
                words=segment.text,
                source=SOURCE,
            )
