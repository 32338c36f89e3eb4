"""A portal out of the file that ``export_portal`` wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.portals.forms import HOST
from home.portals.transfer.archive import TransferError
from home.portals.transfer.reading import import_portal


class Command(BaseCommand):
    help = "导入 export_portal 写的文件：全部导入或者什么都不写；状态从“准备”开始。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="export_portal 写的 .zip 文件。")
        parser.add_argument(
            "--host", default="", help="这里用的域名；不写就用文件里的。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        try:
            if host:
                HOST(host)
            done = import_portal(options["file"], host=host)
        except ValidationError as error:
            raise CommandError("没有导入：" + " ".join(error.messages)) from error
        except TransferError as error:
            raise CommandError(f"没有导入：{error}") from error
        for note in done.notes:
            self.stdout.write(note)
        self.stdout.write(
            f"{done.portal.host}：导入了 {sum(done.counts.values())} 条记录。"
            "请检查后改门户状态；账号没有密码，请逐个重置。"
        )
