"""Write a portal for a USB stick or a kiosk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from home.channels import Carried
from home.models import Portal
from publishing.building.full import BuildError
from publishing.packs.building import PackError, PackReport, build_pack, pack_title
from publishing.sites.errors import DiskFullError

SIZES: tuple[Carried, ...] = get_args(Carried)


class Command(BaseCommand):
    help = "把一个门户做成离线包，放在 U 盘或者触摸屏上，不用上网就能看。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--portal", default="", metavar="HOST", help="哪个门户。")
        parser.add_argument(
            "--with",
            dest="carries",
            default="pictures",
            metavar="text|pictures|audio",
            help="带多少东西。text：只有文字和 200 KB 以内的附件；pictures（不写就是它）："
            "加上图片和附件；audio：再加上语音和视频。",
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="DIR|FILE.zip",
            help="写到这个新文件夹，或者这个 zip 文件；不写就在 var/packs/ 下写一个 zip 文件。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        carries = self._carries(options["carries"])
        portal = self._portal(options["portal"])
        target = options["output"] or self._default_place(portal, carries)
        target = target.absolute()  # "." has no name to write beside
        try:
            report = self._build(portal, carries, target)
        except BuildError as error:
            for problem in error.problems:
                self.stderr.write(f"{error.host}：{problem}")
            raise CommandError(f"没有做成离线包，{target} 没有动。") from error
        except PackError as error:
            raise CommandError(str(error)) from error
        except DiskFullError as error:
            raise CommandError(
                f"写不了 {target}（磁盘已满），没有留下写了一半的东西。"
            ) from error
        except BlockingIOError as error:
            raise CommandError(f"另一个命令正在写 {target}，请等它结束。") from error
        except OSError as error:
            raise CommandError(
                f"写不了 {target}（{error.strerror}），没有留下写了一半的东西。"
            ) from error
        self._show(portal, report)

    def _carries(self, wanted: str) -> Carried:
        for size in SIZES:
            if size == wanted:
                return size
        raise CommandError(
            f"没有“{wanted}”这种大小；--with 可以写 {'、'.join(SIZES)}。"
        )

    def _portal(self, host: str) -> Portal:
        portals = Portal.objects.with_identity().order_by("region_code")
        known = {portal.host: portal for portal in portals}
        if not known:
            raise CommandError("还没有门户。请先运行 manage.py load_demo。")
        if host not in known:
            told = f"没有这个门户：{host}。" if host else "请用 --portal 写明门户。"
            raise CommandError(f"{told}现有：{'、'.join(known)}。")
        return known[host]

    def _default_place(self, portal: Portal, carries: Carried) -> Path:
        title = pack_title(portal, timezone.localdate())
        return Path(settings.VAR_DIR, "packs", f"{title}-{carries}.zip")

    def _build(self, portal: Portal, carries: Carried, target: Path) -> PackReport:
        with tqdm(
            desc=portal.host, unit="页", file=sys.stderr, disable=None, leave=False
        ) as bar:
            return build_pack(
                portal,
                carries,
                target,
                public_base=portal.public_base,
                progress=lambda _path: bar.update(),
            )

    def _show(self, portal: Portal, report: PackReport) -> None:
        for warning in report.warnings:
            self.stderr.write(self.style.WARNING(f"{portal.host}：{warning}"))
        self.stdout.write(
            f"{portal.host}：{report.pages} 个网页，{report.files} 个文件，"
            f"{report.bytes / 1024 / 1024:.1f} MB，写在 {report.place}"
        )
