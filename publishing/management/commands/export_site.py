"""Write portals as static sites."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import URLValidator
from django.utils import timezone
from tqdm import tqdm

from home.models import Portal
from publishing.building.assembly import Report
from publishing.building.explaining import explain, find_output
from publishing.building.full import (
    BuildError,
    build_folder,
    build_release,
)
from publishing.building.keeper import bring_up_to_date
from publishing.building.parallel import in_processes
from publishing.building.verifying import verify_site
from publishing.sites.errors import SiteError
from publishing.sites.site import Site

# The report names so many links to other portals; they are mostly the same ones.
MOST_LINKS = 20


class Command(BaseCommand):
    help = "把门户导出为静态网站；任何一个链接打不开就不替换旧的导出。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--portal",
            action="append",
            metavar="HOST",
            help="只导出这个门户（可以写多次）；不写就导出全部。",
        )
        parser.add_argument(
            "--public-base",
            default="",
            metavar="URL",
            help="导出的网页将来所在的地址；不写就没有规范链接、二维码和订阅源。",
        )
        parser.add_argument(
            "--form",
            default="",
            metavar="site|column",
            help="site：带自己的页头和页脚；column：栏目包，页头页脚由政府网站提供。"
            "不写就按门户的设置。",
        )
        parser.add_argument(
            "--output",
            type=Path,
            metavar="DIR",
            help="写到 DIR/<主机名>/；不写就在 var/sites/ 下建一个新版本。",
        )
        parser.add_argument(
            "--jobs",
            type=int,
            default=1,
            metavar="N",
            help="同时用几个进程。",
        )
        parser.add_argument(
            "--full",
            action="store_true",
            help="全部重新生成，不管有没有改动。第一次总是这样；用 --jobs 时也这样。",
        )
        self._add_looking(parser)

    def _add_looking(self, parser: CommandParser) -> None:
        """Options that say something of what is published."""
        looking = parser.add_mutually_exclusive_group()
        looking.add_argument(
            "--verify",
            action="store_true",
            help="什么都不写：全部重新生成一遍，和已经发布的逐字节比较。",
        )
        looking.add_argument(
            "--explain",
            metavar="PATH",
            help="什么都不写：说明这个文件为什么存在、取决于什么。",
        )
        looking.add_argument(
            "--why-rebuilt",
            action="store_true",
            help="什么都不写：列出上一次更新里每个文件重新生成的原因。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_form(options["form"], options["output"])
        portals = self._portals(options["portal"])
        base = self._public_base(options["public_base"], len(portals))
        if options["jobs"] < 1:
            raise CommandError("--jobs 至少是 1。")
        if base and not options["output"]:
            raise CommandError(
                "--public-base 只能和 --output 一起用；网站自己的地址在门户设置里填。"
            )
        if options["verify"] or options["explain"] or options["why_rebuilt"]:
            self._look(portals, options)
            return
        failed: list[str] = []
        partly: list[str] = []
        for portal in portals:
            try:
                report = self._export(portal, base, options)
            except (BuildError, SiteError) as error:
                failed.append(portal.host)
                problems = getattr(error, "problems", None) or [str(error)]
                for problem in problems:
                    self.stderr.write(f"{portal.host}：{problem}")
            else:
                self._show(report)
                if report.failures:
                    partly.append(portal.host)
        if failed:
            raise CommandError(f"没有导出：{'、'.join(failed)}。旧的导出没有动。")
        if partly:
            raise CommandError(
                f"{'、'.join(partly)} 有网页没有更新（原因见上），旧的网页还在；其他网页已经更新。"
            )

    def _look(self, portals: list[Portal], options: dict[str, Any]) -> None:
        """Say something of what is published, and change nothing."""
        told = []
        for portal in portals:
            with closing(Site.of(portal.host)) as site:
                if portal.is_offline:
                    self.stdout.write(f"{portal.host}：门户已经下线，只有一页说明。")
                elif site.needs_full_build:
                    told.append(f"{portal.host} 还没有发布过，或者已经退回到旧版本。")
                elif options["verify"]:
                    told += self._verify(portal, site)
                elif options["explain"]:
                    told += self._explain(portal, site, options["explain"])
                else:
                    self._why_rebuilt(portal, site)
        if told:
            raise CommandError("\n".join(told))

    def _verify(self, portal: Portal, site: Site) -> list[str]:
        with tqdm(desc=portal.host, unit="个", disable=None, leave=False) as bar:
            found = verify_site(portal, site, bar.update)
        labels = {
            "内容不对": found.stale,
            "少了": found.missing,
            "多了": found.extra,
            "生成不了": found.failed,
        }
        for label, names in labels.items():
            for name in names:
                self.stdout.write(f"{portal.host}：{label} {name}")
        if found.is_exact:
            self.stdout.write(f"{portal.host}：{found.files} 个文件，全部一致。")
            return []
        return [f"{portal.host} 和数据库里的不一致，运行 export_site --full 可以修好。"]

    def _explain(self, portal: Portal, site: Site, path: str) -> list[str]:
        output = find_output(site.record, path)
        if output is None:
            return [f"{portal.host} 没有发布过 {path}。"]
        for line in explain(site.record, output):
            self.stdout.write(line)
        return []

    def _why_rebuilt(self, portal: Portal, site: Site) -> None:
        # A run that only brought the search index along has no causes.
        runs = [run for run in site.record.runs(20) if run.rebuilt]
        if not runs:
            self.stdout.write(f"{portal.host}：整站生成以后还没有更新过。")
        for run in runs[:1]:
            self.stdout.write(
                f"{portal.host}：{timezone.localtime(run.started):%Y-%m-%d %H:%M:%S} "
                f"生成 {run.rendered} 个，写了 {run.written} 个，删了 {run.deleted} 个"
            )
            for name, cause in run.rebuilt:
                self.stdout.write(f"  {name} ← {cause}")

    def _portals(self, hosts: list[str] | None) -> list[Portal]:
        portals = list(Portal.objects.with_identity().order_by("region_code"))
        if not portals:
            raise CommandError("还没有门户。请先运行 manage.py load_demo。")
        if not hosts:
            return portals
        known = {portal.host: portal for portal in portals}
        unknown = [host for host in hosts if host not in known]
        if unknown:
            raise CommandError(
                f"没有这个门户：{'、'.join(unknown)}。现有：{'、'.join(known)}。"
            )
        return [known[host] for host in dict.fromkeys(hosts)]

    def _public_base(self, base: str, count: int) -> str:
        if not base:
            return ""
        if count != 1:
            raise CommandError("--public-base 只能和一个 --portal 一起用。")
        try:
            URLValidator(schemes=["http", "https"])(base)
        except ValidationError as error:
            raise CommandError(f"地址不对：{base}") from error
        return base

    def _check_form(self, form: str, output: Path | None) -> None:
        if form and form not in Portal.Layout:
            raise CommandError(
                f"没有“{form}”这种形式；可以写 {'、'.join(Portal.Layout.values)}。"
            )
        if form and output is None:
            raise CommandError(
                "--form 只能和 --output 一起用；网站本身按门户设置里的“页头和页脚”导出。"
            )

    def _export(self, portal: Portal, base: str, options: dict[str, Any]) -> Report:
        make_all = in_processes(options["jobs"])
        with tqdm(
            desc=portal.host, unit="个", file=sys.stderr, disable=None, leave=False
        ) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            if options["output"]:
                return build_folder(
                    portal,
                    options["output"] / portal.host,
                    public_base=base,
                    layout=options["form"],
                    make_all=make_all,
                    progress=progress,
                )
            if not options["full"] and options["jobs"] == 1:
                return bring_up_to_date(portal, cause="export_site")
            return build_release(
                portal, cause="export_site", make_all=make_all, progress=progress
            )

    def _show(self, report: Report) -> None:
        for problem in report.failures:
            self.stderr.write(f"{report.host}：{problem}")
        for warning in report.warnings:
            self.stderr.write(self.style.WARNING(f"{report.host}：{warning}"))
        for name, link in sorted(report.to_portals)[:MOST_LINKS]:
            self.stdout.write(f"{report.host}：{name} 链接到另一个门户：{link}")
        if not report.files and not report.deleted:
            self.stdout.write(f"{report.host}：没有改动，在 {report.folder}")
            return
        self.stdout.write(
            f"{report.host}：{report.pages} 个网页，{report.files} 个文件，"
            f"{report.bytes / 1024 / 1024:.1f} MB；写了 {report.written} 个，"
            f"删了 {report.deleted} 个，在 {report.folder}"
        )
        if report.cpu:
            self.stdout.write(
                f"{report.host}：处理器时间：网页 {report.cpu['pages']:.2f} 秒，"
                f"搜索索引 {report.cpu['search']:.2f} 秒"
            )
