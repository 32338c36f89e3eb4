"""Delete a portal that is closed and archived."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.management.named import add_portal_option, portal_named
from home.portals.removal import delete_portal


class Command(BaseCommand):
    help = "删除一个门户的全部内容；只在永久下线并且归档以后。归档和日志留着。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_portal_option(parser)
        parser.add_argument(
            "--confirm", required=True, metavar="NAME", help="门户名称，一个字也不差。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        portal = portal_named(options["portal"])
        try:
            delete_portal(portal, options["confirm"])
        except ValidationError as error:
            raise CommandError("没有删除：" + " ".join(error.messages)) from error
        self.stdout.write(f"{options['portal']}：已经删除。")
