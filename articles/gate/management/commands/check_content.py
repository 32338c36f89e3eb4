"""The gate over everything that is public, from the command line."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.models import Page

from articles.gate.head import identity_findings
from articles.gate.outside_links import ask, outside_urls
from articles.gate.records import record
from articles.gate.rules import rule_ids
from articles.gate.segments import segments_of
from home.findings import Finding, Severity, findings_of
from home.models import BasePage, Portal
from home.review import health

STATES = {"draft": "（草稿）", "portal": "（整个门户）"}
FORMATS = ("text", "json", "csv")
COLUMNS = (
    "portal",
    "page",
    "heading",
    "state",
    "severity",
    "rule",
    "place",
    "sentence",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its page."""

    portal: str
    page: str  # logical path
    heading: str
    state: str  # public | draft | portal: what all pages say of it
    finding: Finding

    @property
    def severity(self) -> str:
        """As it stands: what somebody let pass refuses nothing."""
        return str(Severity.BLOCKING if self.finding.is_blocking else Severity.HINT)

    def as_data(self) -> dict[str, str]:
        found = self.finding
        return {
            "portal": self.portal,
            "page": self.page,
            "heading": self.heading,
            "state": self.state,
            "severity": self.severity,
            "rule": found.rule,
            "place": found.place.content_path,
            "sentence": found.sentence,
        }


class Command(BaseCommand):
    help = (
        "检查公开的内容：个人信息、用字用词、法条、链接、替代文字、必填项，"
        "和发布前的检查用同样的规则。有不该发布的内容时，退出码不是 0。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--portal", default="", help="只查这个门户（主机名）；不写就查全部。"
        )
        parser.add_argument(
            "--rule", default="", help="只要这条规则，例如 link.internal。"
        )
        parser.add_argument(
            "--severity", default="", help="只要这一级：blocking 或者 hint。"
        )
        parser.add_argument(
            "--drafts", action="store_true", help="没有发布的改动也查。"
        )
        parser.add_argument(
            "--external",
            action="store_true",
            help="再去问链接到的其他网站打不打得开（要联网，每个网站每秒最多一次）。",
        )
        parser.add_argument("--format", default="text", help="text、json 或者 csv。")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            portals = _portals(options["portal"])
            _check_options(options)
            for problem in health.problems_of(portals):
                self.stderr.write(self.style.WARNING(problem))
            if options["external"]:
                self._ask_outside(portals, options["drafts"])
            rows = [
                row
                for portal in portals
                for row in _rows(portal, options["drafts"])
                if options["rule"] in ("", row.finding.rule)
                and options["severity"] in ("", row.severity)
            ]
            self._write(rows, options["format"])
        blocking = sum(row.finding.is_blocking for row in rows)
        if blocking:
            raise CommandError(f"有 {blocking} 处不该发布的内容。")

    def _ask_outside(self, portals: list[Portal], drafts: bool) -> None:
        urls = [
            segment.text
            for portal in portals
            for _state, page in _pages(portal, drafts)
            for segment in outside_urls(segments_of(page))
        ]
        asked = list(ask(urls))
        silent = sum(bool(row.problem) for row in asked)
        self.stderr.write(f"问了 {len(asked)} 个网址，{silent} 个打不开。")

    def _write(self, rows: list[Row], form: str) -> None:
        if form == "json":
            data = [row.as_data() for row in rows]
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        elif form == "csv":
            writer = csv.DictWriter(self.stdout, COLUMNS)
            writer.writeheader()
            writer.writerows(row.as_data() for row in rows)
        else:
            self._write_text(rows)

    def _write_text(self, rows: list[Row]) -> None:
        before = None
        for row in rows:
            if (row.portal, row.page, row.state) != before:
                before = (row.portal, row.page, row.state)
                state = STATES.get(row.state, "")
                self.stdout.write(f"{row.portal}{row.page} {row.heading}{state}")
            mark = "不能发布" if row.finding.is_blocking else "提示"
            self.stdout.write(f"  [{mark}] {row.finding.rule} {row.finding.sentence}")
        self.stdout.write(f"一共 {len(rows)} 处。")


def _portals(host: str) -> list[Portal]:
    portals = list(Portal.objects.select_related("site__root_page").order_by("pk"))
    chosen = [portal for portal in portals if host in ("", portal.host)]
    if host and not chosen:
        known = "、".join(portal.host for portal in portals) or "（还没有门户）"
        raise CommandError(f"没有主机名为 {host} 的门户。现有门户：{known}")
    return chosen


def _check_options(options: dict[str, Any]) -> None:
    severities = [str(one) for one in Severity]
    for name, value, known in (
        ("规则", options["rule"], ("", *rule_ids())),
        ("级别", options["severity"], ("", *severities)),
        ("格式", options["format"], FORMATS),
    ):
        if value not in known:
            listed = "、".join(filter(None, known))
            raise CommandError(f"没有叫“{value}”的{name}。可以写：{listed}")


def _pages(portal: Portal, drafts: bool) -> Iterator[tuple[str, BasePage]]:
    """(state, page): what is public, and with ``drafts`` what is not yet."""
    pages = Page.objects.descendant_of(portal.site.root_page, inclusive=True)
    for page in pages.order_by("path").specific().iterator(chunk_size=200):
        if not isinstance(page, BasePage):
            continue
        if page.live:
            yield "public", page
        if drafts and (not page.live or page.has_unpublished_changes):
            draft = page.get_latest_revision_as_object()
            if isinstance(draft, BasePage):
                yield "draft", draft


def _rows(portal: Portal, drafts: bool) -> Iterator[Row]:
    for finding in identity_findings(portal):
        yield Row(portal.host, "/", portal.name, "portal", finding)
    for state, page in _pages(portal, drafts):
        found = findings_of(page)
        if state == "public":
            record(page, found)
        path = page.public_path(portal)
        for finding in found:
            yield Row(portal.host, path, page.title, state, finding)
