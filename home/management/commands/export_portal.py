"""A portal in one file, to be kept or taken elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.log_actions import log

from home.management.named import add_portal_option, portal_named
from home.portals.transfer.writing import export_portal


class Command(BaseCommand):
    help = (
        "把一个门户完整地写成一个文件：网页、图片、附件、名单、设置、账号（不含密码）。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="写到哪里，以 .zip 结尾。")
        add_portal_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        portal = portal_named(options["portal"])
        target: Path = options["file"]
        if target.suffix != ".zip":
            raise CommandError("文件名要以 .zip 结尾。")
        try:
            with transaction.atomic():
                counts = export_portal(portal, target)
                log(instance=portal, action="home.portal.export", data={"by": "命令"})
        except OSError as error:
            raise CommandError(f"写不了 {target}：{error.strerror}。") from error
        size = target.stat().st_size / 1024 / 1024
        self.stdout.write(
            f"{portal.host}：{sum(counts.values())} 条记录，{size:.1f} MB，写在 {target}"
        )
