"""Keep a complete copy of a portal on this machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.management.named import add_portal_option, portal_named
from home.portals.archiving import archive_portal, file_of


class Command(BaseCommand):
    help = "把一个门户归档：完整地存成一个文件，并记下来；删除以前必须做。"

    def add_arguments(self, parser: CommandParser) -> None:
        add_portal_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        portal = portal_named(options["portal"])
        try:
            archive = archive_portal(portal)
        except OSError as error:
            raise CommandError(f"归档写不了：{error.strerror}。") from error
        self.stdout.write(f"{portal.host}：归档在 {file_of(archive)}")
