"""Stored rich text as public HTML: links resolved, citations linked, nothing queried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Protocol

from django.utils.translation import gettext as _
from markupsafe import Markup
from wagtail.rich_text.rewriters import FIND_ATTRS

from home.presentation import Card
from media.presentation import Attachment


class LinkTargets(Protocol):
    """What a rewriter asks of its reader; every answer is a finished address."""

    def card(self, page_id: int) -> Card | None: ...
    def attachment(self, document_id: int | None) -> Attachment | None: ...
    def link(self, path: str, fragment: str = "") -> str: ...
    def absolute(self, path: str) -> str: ...
    def outward_href(self, url: str) -> str: ...
    def citation_links(self, text: str) -> Iterable[tuple[int, int, str]]:
        """(start, end, address) of each citation that can be linked."""
        ...


_TOKEN = re.compile(r"(<[^>]+>)")
_NEWLINE = re.compile(r"\r\n?|\n")


def render_rich_text(html: str, targets: LinkTargets) -> Markup:
    """Public HTML of stored rich text.

    A link to a page or file that is not public becomes plain text; text inside a link
    is not searched for citations.
    """
    out: list[str] = []
    open_links: list[str] = []  # how each ends
    for piece in _TOKEN.split(html):
        if piece.startswith("<a ") or piece == "<a>":
            opening, ending = _link(_attributes(piece), targets)
            open_links.append(ending)
            out.append(opening)
        elif piece == "</a>":
            out.append(open_links.pop() if open_links else "")
        elif piece.startswith("<"):
            out.append(piece)
        elif piece and not any(open_links):
            out.append(link_citations(unescape(piece), targets))
        else:
            out.append(piece)
    return Markup("".join(out))  # noqa: S704  (editor's rich text, cleaned by Wagtail)


def _attributes(tag: str) -> dict[str, str]:
    """As ``home.streams`` reads them: the leaving page is found by the same address."""
    return {name: unescape(value) for name, value in FIND_ATTRS.findall(tag)}


def _link(attrs: dict[str, str], targets: LinkTargets) -> tuple[str, str]:
    """How a link begins and how it ends."""
    if attrs.get("linktype") == "document":
        attachment = targets.attachment(int(attrs["id"]))
        if attachment is not None and attachment.is_left_out:
            opening, ending = _anchor(targets.absolute(attachment.path))
            return opening, f"{ending}{escape(_('（这个文件没有放进离线包）'))}"
        return _anchor(targets.link(attachment.path) if attachment else "")
    return _anchor(_href(attrs, targets))


def _anchor(href: str) -> tuple[str, str]:
    return (f'<a href="{escape(href)}">', "</a>") if href else ("", "")


def _href(attrs: dict[str, str], targets: LinkTargets) -> str:
    if attrs.get("linktype") == "page":
        card = targets.card(int(attrs["id"]))
        return targets.link(card.path) if card else ""
    href = attrs.get("href", "")
    if href.startswith(("http://", "https://")):
        return targets.outward_href(href)
    if href.startswith(("tel:", "mailto:", "#")):
        return href
    return ""


def link_citations(text: str, targets: LinkTargets) -> str:
    """Escaped ``text`` in which every known citation is a link."""
    out: list[str] = []
    at = 0
    for start, end, href in targets.citation_links(text):
        out.append(escape(text[at:start], quote=False))
        label = escape(text[start:end], quote=False)
        out.append(f'<a class="citation" href="{escape(href)}">{label}</a>')
        at = end
    out.append(escape(text[at:], quote=False))
    return "".join(out)


def render_plain_text(text: str, targets: LinkTargets) -> Markup:
    """Escaped text, citations linked, line ends kept as ``<br>``."""
    linked = link_citations(text.strip(), targets)
    return Markup(_NEWLINE.sub("<br>\n", linked))  # noqa: S704  (escaped above)
