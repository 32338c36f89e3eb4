"""Serve an older release of a portal's static site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.models import Portal
from publishing.sites.errors import SiteBusyError, SiteError
from publishing.sites.releases import Release
from publishing.sites.site import Site


class Command(BaseCommand):
    help = "把一个门户的静态网站退回到以前的版本，并暂停自动更新；--resume 恢复更新。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--portal", required=True, metavar="HOST", help="哪个门户（主机名）。"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--to", metavar="NAME", help="退回到哪个版本；不写就是上一个版本。"
        )
        what.add_argument("--list", action="store_true", help="只列出有哪些版本。")
        what.add_argument(
            "--resume", action="store_true", help="恢复自动更新，重新生成最新内容。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        site = self._site(options["portal"])
        portal = Portal.objects.get(site__hostname=site.host)
        if portal.is_offline and not options["list"]:
            site.close()
            raise CommandError(
                f"{site.host}：门户{portal.get_state_display()}了，上线以后才能退回。"
            )
        try:
            if options["list"]:
                self._list(site)
            elif options["resume"]:
                self._resume(site)
            else:
                self._roll_back(site, options["to"])
        except SiteError as error:
            raise CommandError(f"{site.host}：{error}") from error
        finally:
            site.close()

    def _site(self, host: str) -> Site:
        known = [portal.host for portal in Portal.objects.order_by("region_code")]
        if host not in known:
            raise CommandError(f"没有这个门户：{host}。现有：{'、'.join(known)}。")
        return Site.of(host)

    def _list(self, site: Site) -> None:
        found = site.releases()
        if not found:
            raise CommandError(f"{site.host}：还没有导出过，没有版本。")
        for release in found:
            mark = "  正在使用" if release.is_current else ""
            self.stdout.write(f"{_told(release)}{mark}")
        if site.is_paused:
            self.stdout.write(f"自动更新已暂停：{site.paused_reason}")

    def _resume(self, site: Site) -> None:
        if not site.is_paused:
            self.stdout.write(f"{site.host}：没有暂停，不需要恢复。")
            return
        site.resume()
        self.stdout.write(
            f"{site.host}：已恢复自动更新，后台进程（manage.py work）会补上最新内容。"
        )

    def _roll_back(self, site: Site, name: str | None) -> None:
        try:
            with site.locked(wait=False):
                release = site.rollback(name)
        except SiteBusyError:
            self.stderr.write(f"{site.host}：正在更新，等它结束……")
            release = site.rollback(name)
        self.stdout.write(
            f"{site.host}：已退回到 {_told(release)}，自动更新已暂停。\n"
            f"恢复更新：manage.py rollback_site --portal {site.host} --resume"
        )


def _told(release: Release) -> str:
    moment = timezone.localtime(release.moment)
    return f"{release.name}（{moment:%Y-%m-%d %H:%M:%S}）"
