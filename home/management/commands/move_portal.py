"""Give a portal another host, another public address or another name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.management.named import add_portal_option, portal_named
from home.portals.relocation import move_portal, rename_portal


class Command(BaseCommand):
    help = "门户搬家或者改名：老域名转到新域名，静态网站的老地址留下转接的网页。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_portal_option(parser)
        parser.add_argument("--host", metavar="HOST", help="新的域名。")
        parser.add_argument("--public-base", metavar="URL", help="新的公开地址。")
        parser.add_argument("--name", help="新的门户名称。")

    def handle(self, *args: Any, **options: Any) -> None:
        portal = portal_named(options["portal"])
        host, base, name = (options[key] for key in ("host", "public_base", "name"))
        if host is None and base is None and name is None:
            raise CommandError("没有写要改什么：--host、--public-base 或者 --name。")
        try:
            with transaction.atomic():
                if name is not None:
                    rename_portal(portal, name)
                if host is not None or base is not None:
                    move_portal(
                        portal,
                        host=portal.host if host is None else host,
                        public_base=portal.public_base if base is None else base,
                    )
        except ValidationError as error:
            raise CommandError("没有改：" + " ".join(error.messages)) from error
        self.stdout.write(f"{portal.name}：{portal.host} {portal.public_base}".rstrip())
