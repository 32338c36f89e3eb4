"""Links that lead nowhere: to pages that are gone, not public or of another portal, and
addresses that no browser opens. Whether another site answers is asked elsewhere
(``outside_links.py``), never while somebody saves.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Page

from articles.gate.segments import Role, Segment, page_fields
from home import streams
from home.findings import Finding, Place, Severity
from home.links import RESERVED_COLUMN_SLUGS, RESERVED_SLUGS, split_language
from home.models import BasePage, Portal

INTERNAL, ADDRESS = "link.internal", "link.address"
SOURCE = "《政府网站发展指引》（国办发〔2017〕47号）：不得有打不开的链接"
_SCHEMES = frozenset({"http", "https", "tel", "mailto", "sms"})
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}", re.UNICODE)
_TAIL = re.compile(r"[，。；、）》”\s]")


@dataclass(frozen=True, slots=True)
class _Use:
    page_id: int
    place: Place


def link_findings(
    page: BasePage,
    find_portal: Callable[[], Portal | None],
    segments: Iterable[Segment],
    only_blocking: bool = False,
) -> Iterator[Finding]:
    """``find_portal`` is asked only where there is a link."""
    if not only_blocking:
        yield from _pages(page, find_portal)
    addresses = [one for one in segments if one.role == Role.LINK]
    inside: list[tuple[Segment, str]] = []
    for segment in addresses:
        problem, is_certain = address_problem(segment.text)
        if problem:
            yield _finding(ADDRESS, problem, segment.text, segment.place, is_certain)
        elif (portal := find_portal()) is not None:
            path = _own_path(segment.text, portal)
            if path is not None:
                inside.append((segment, path))
    if inside and (portal := find_portal()) is not None:
        yield from _own_addresses(inside, portal)


# --- pages that were chosen ------------------------------------------------------------


def _pages(
    page: BasePage, find_portal: Callable[[], Portal | None]
) -> Iterator[Finding]:
    """One query."""
    uses = list(_page_uses(page))
    if not uses:
        return
    rows = {
        row.pk: row
        for row in Page.objects.filter(pk__in={use.page_id for use in uses}).only(
            "pk", "path", "live", "title", "first_published_at", "depth"
        )
    }
    portal = find_portal()
    root = portal.site.root_page.path if portal else ""
    for use in uses:
        target = rows.get(use.page_id)
        if problem := _page_problem(target, root):
            # Another portal's page is not named here.
            is_own = target is not None and target.path.startswith(root)
            words = target.title if target is not None and is_own else ""
            yield _finding(INTERNAL, problem, words, use.place, False)


def _page_problem(target: Page | None, root: str) -> str:
    """What is wrong with a link to this page; "" for nothing.

    A hint: the public page leaves such a link out, and shows it as soon as its page is
    public. Two pages may link each other, and a home page outlives what it links to.
    """
    if target is None or not target.path.startswith(root):
        # Whether another portal has a page of this number is not told.
        return gettext(
            "链接到的页面已经删除，或者不在本门户里，请重新选择；其他网站用网址链接。"
        )
    if target.live:
        return ""
    if target.first_published_at is None:
        text = gettext("链接到的“%(title)s”还没有发布，发布以前读者看不到这个链接。")
    else:
        text = gettext("链接到的“%(title)s”已经撤下，读者看不到这个链接，请换一个。")
    return text % {"title": target.title}


def _page_uses(page: BasePage) -> Iterator[_Use]:
    """In the blocks; the page that a field names is a matter of the page type."""
    for field, column, language in page_fields(type(page)):
        if not isinstance(field, StreamField):
            continue
        value = getattr(page, column)
        raw: list[dict[str, Any]] = list(value.raw_data) if value else []
        for number, block in enumerate(streams.body_blocks(raw), start=1):
            label = gettext("“%(field)s”第 %(number)s 块") % {
                "field": field.verbose_name,
                "number": number,
            }
            path = (str(block["id"]),) if block.get("id") else ()
            for pk in sorted(streams.references([block]).pages):
                yield _Use(pk, Place(column, path, language, label))


# --- addresses that were typed -----------------------------------------------------------


def address_problem(url: str) -> tuple[str, bool]:
    """Why no reader can open this address ("" where nothing can be said against it),
    and whether that is certain."""
    url = url.strip()
    if url.startswith(("#", "/")) and not url.startswith("//"):
        return "", False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return gettext("这个网址写错了，请重新复制。"), True
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        text = gettext("这个网址别人打不开：要以 http:// 或者 https:// 开头。")
        return text, True
    if not scheme.startswith("http"):
        return "", False
    if "://" in parts.path[:12] or host in ("http", "https"):
        return gettext("这个网址写了两遍“http://”。"), True
    if _is_private(host):
        return gettext("这个网址只有本单位的电脑能打开。"), True
    if not _HOST.fullmatch(host) or port == 0:
        return gettext("这个网址写错了，请重新复制。"), True
    if _TAIL.search(parts.path + parts.query):
        return gettext("网址里混进了标点或者空格，请核对。"), False
    return "", False


def _is_private(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _own_path(url: str, portal: Portal) -> str | None:
    """The path inside the portal of an address that leads to it; None: elsewhere."""
    parts = urlsplit(url.strip())
    if url.startswith("/") and not url.startswith("//"):
        return parts.path
    base = urlsplit(portal.public_base or "")
    hosts = {portal.host, base.hostname} - {None, ""}
    if parts.hostname not in hosts:
        return None
    path = parts.path or "/"
    prefix = base.path.rstrip("/")
    return path[len(prefix) :] if prefix and path.startswith(prefix + "/") else path


def _own_addresses(
    links: Iterable[tuple[Segment, str]], portal: Portal
) -> Iterator[Finding]:
    """Two queries."""
    wanted: dict[str, list[Segment]] = {}
    root = portal.site.root_page.url_path
    for segment, path in links:
        if path.startswith("/admin/"):
            problem = gettext("这是后台的网址，读者打不开。")
            yield _finding(ADDRESS, problem, segment.text, segment.place, True)
            continue
        _language, inner = split_language(unquote(path), tuple(portal.languages))
        names = [name for name in inner.split("/") if name]
        is_page = names and names[0] not in RESERVED_SLUGS and "." not in names[-1]
        if is_page and not RESERVED_COLUMN_SLUGS & set(names):
            wanted.setdefault(root + "/".join(names) + "/", []).append(segment)
    if not wanted:
        return
    known = set(
        Page.objects.live()
        .filter(url_path__in=wanted)
        .values_list("url_path", flat=True)
    )
    old_paths = {
        address: Redirect.normalise_path("/" + address[len(root) :])
        for address in wanted
    }
    redirected = set(
        Redirect.objects.filter(
            site_id=portal.site_id, old_path__in=old_paths.values()
        ).values_list("old_path", flat=True)
    )
    for address, uses in wanted.items():
        if address in known or old_paths[address] in redirected:
            continue
        for segment in uses:
            problem = gettext("本网站没有这个网页，请重新选择页面。")
            yield _finding(INTERNAL, problem, segment.text, segment.place, True)


def _finding(
    rule: str, problem: str, words: str, place: Place, blocks: bool
) -> Finding:
    shown = f"（{words}）" if rule == ADDRESS and words else ""
    where = place.label or gettext("“资料”")
    sentence = gettext("%(place)s：%(problem)s%(words)s") % {
        "place": where,
        "problem": problem,
        "words": shown,
    }
    return Finding(
        rule=rule,
        severity=Severity.BLOCKING if blocks else Severity.HINT,
        sentence=sentence,
        place=place,
        words=words,
        context=f"{words} {problem}",
        source=SOURCE,
        is_overridable=blocks,
    )
