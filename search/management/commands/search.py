"""Search from the command line, with the function that the page and the API use."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.models import Portal
from search.management.portals import portal_named
from search.pages import kind_label
from search.service import LARGEST_PAGE_SIZE, SearchHit, SearchRequest, search


class Command(BaseCommand):
    help = "在一个门户中搜索。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", help="要找的话，例如“老板不给工钱怎么办”。")
        parser.add_argument("--portal", required=True, help="门户的主机名。")
        parser.add_argument(
            "--scope",
            choices=["portal", "all"],
            default="portal",
            help="portal：本门户和共用的法律法规；all：还包括其他已上线的门户。",
        )
        parser.add_argument("--language", default="zh-hans", help="语言代码。")
        parser.add_argument("--kind", default="", help="只要这一类，例如 question。")
        parser.add_argument(
            "--limit",
            type=int,
            default=10,
            help=f"最多显示多少条，不超过 {LARGEST_PAGE_SIZE}。",
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON。")

    def handle(self, *args: Any, **options: Any) -> None:
        portals = {
            portal.pk: portal for portal in Portal.objects.select_related("site")
        }
        portal = portal_named(options["portal"])
        result = search(
            SearchRequest(
                words=options["words"],
                portal_id=portal.pk,
                language=options["language"],
                scope=options["scope"],
                kind=options["kind"],
                page_size=options["limit"],
            )
        )
        hits = [self._as_data(hit, portal, portals) for hit in result.hits]
        if options["json"]:
            data = {"total": result.total, "hits": hits}
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"共 {result.total} 条")
        for number, hit in enumerate(hits, start=1):
            self.stdout.write(
                f"{number:>2}. [{kind_label(hit['kind'])}] {hit['title']}"
                f"\n    {hit['url']}\n    {hit['snippet']}"
            )

    def _as_data(
        self, hit: SearchHit, asking: Portal, portals: dict[int, Portal]
    ) -> dict[str, Any]:
        """Texts of law are read in the portal that asks."""
        portal = asking if hit.is_here else portals.get(hit.portal_id or 0, asking)
        return {
            "kind": hit.kind,
            "title": hit.title,
            "url": self._url(portal, hit.path, is_own=portal.pk == asking.pk),
            "portal": portal.host,
            "score": round(hit.score, 4),
            "snippet": hit.snippet.striptags(),
        }

    def _url(self, portal: Portal, path: str, *, is_own: bool) -> str:
        """A path inside the portal; for another portal an address with its host."""
        if is_own:
            return path
        base = portal.public_base.rstrip("/") or f"//{portal.host}"
        return f"{base}{path}"
