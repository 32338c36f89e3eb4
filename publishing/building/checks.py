"""What is looked at before a file goes out; what fails keeps its old file.

Links and fragments lead somewhere, the head tags of government sites are there, no
other portal is named but those that the portal names on purpose, and no page is too
heavy for a village line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from home.links import language_path
from home.models import Portal
from publishing.building.derived import file_of
from publishing.building.workshop import Made, Workshop
from publishing.linkcheck import Fault, KnownParts, missing_targets, page_links
from publishing.linkcheck import PageLinks as PageLinks  # for those who check links

HTML = ".html"
# Head tags of every page (checklist 2), and those of content.
TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
PAGE_TAGS = ("ColumnName", "ColumnType")
REASONS = {
    "file": "没有这个文件",
    "fragment": "那个页面里没有这个位置",
    "outside": "指到了网站外面",
    "absolute": "不是相对链接",
}


class Files(Protocol):
    def holds(self, name: str) -> bool: ...


@dataclass(slots=True)
class Findings:
    """``problems`` keep the file back; ``warnings`` are told."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # Links to other portals, each of them declared or typed by an editor.
    to_portals: list[str] = field(default_factory=list)


class Checks:
    """``files``: what the site is going to hold besides the file that is checked."""

    def __init__(self, workshop: Workshop, files: Files) -> None:
        self._workshop = workshop
        self._files = files
        self._portal = workshop.snapshot.portal
        self._peers = _peers(workshop)
        self._declared = _declared(workshop)
        self._parts: KnownParts = {}

    def of(self, made: Made) -> tuple[Findings, PageLinks | None]:
        found = Findings()
        output = made.output
        if not output.name.endswith(HTML):
            return found, None
        base = None
        if output.kind == "error" and self._workshop.form.public_base:
            base = urlsplit(self._workshop.form.public_base).path
        links = page_links(output.name, made.body, base, made.parts, self._parts)
        needed = {output.name, *map(file_of, output.needs)}
        holds = self._files.holds
        faults = [
            *links.faults,
            *missing_targets(links, lambda name: name in needed or holds(name)),
        ]
        found.problems += [told(fault) for fault in faults]
        self._look_at_foreign(made, links, found)
        if self._portal.state == Portal.State.ONLINE:
            found.problems += _missing_tags(made)
        _weigh(output.size, found)
        return found, links

    def _look_at_foreign(self, made: Made, links: PageLinks, found: Findings) -> None:
        """Links to other portals of the installation: only those put there on purpose."""
        for link in sorted(links.foreign):
            if urlsplit(link).netloc not in self._peers:
                continue
            if link in made.typed or link.startswith(tuple(self._declared)):
                found.to_portals.append(link)
            else:
                found.problems.append(
                    _("指向另一个门户的链接 %(link)s") % {"link": link}
                )


def told(fault: Fault) -> str:
    return _("链接 %(link)s 打不开（%(reason)s）") % {
        "link": fault.link,
        "reason": REASONS[fault.reason],
    }


def _weigh(size: int, found: Findings) -> None:
    """Over the budget a page is told of, over the limit it does not go out."""
    for limit, told_to in (
        (settings.PAGE_WEIGHT_LIMIT, found.problems),
        (settings.PAGE_WEIGHT_BUDGET, found.warnings),
    ):
        if size > limit:
            told_to.append(
                _("网页有 %(size)s KB，超过了 %(limit)s KB，慢的线路打开很慢")
                % {"size": size // 1024, "limit": limit // 1024}
            )
            return


def _missing_tags(made: Made) -> Iterator[str]:
    head = made.body.partition(b"</head>")[0].decode()
    output = made.output
    # The home page is no column; an online portal went out without it.
    is_home = output.path == language_path("/", output.language)
    wanted = TAGS if output.page_id is None or is_home else TAGS + PAGE_TAGS
    for tag in wanted:
        if not re.search(rf'<meta name="{tag}" content="[^"]', head):
            yield _("缺少必填的标签 %(tag)s") % {"tag": tag}


def _peers(workshop: Workshop) -> set[str]:
    """The hosts of all other portals."""
    own = workshop.snapshot.portal
    hosts: set[str] = set()
    for portal in workshop.snapshot.portals:
        if portal.pk != own.pk:
            hosts |= {portal.host, urlsplit(portal.public_base).netloc}
    return hosts - {"", own.host, urlsplit(workshop.form.public_base).netloc}


def _declared(workshop: Workshop) -> set[str]:
    """What every page may link to: the portals above and below, and the county's own
    service address."""
    own = workshop.snapshot.portal
    kin = [
        portal.public_base
        for portal in workshop.snapshot.portals
        if portal.pk == own.parent_id or portal.parent_id == own.pk
    ]
    return {
        base for base in (*kin, own.service_base, workshop.form.public_base) if base
    }
