"""``manage.py import_pages TABLE.xlsx FOLDER --portal HOST``: an old website moves in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from articles.page_import.faults import Fault, TableError
from articles.page_import.importing import OvertakenError, Summary, import_pages
from articles.page_import.reading import CONSENTS, Options
from articles.page_import.selectors import SelectorError, to_xpath
from articles.page_import.table import Row, write_template
from home.models import Portal
from media.models import Consent

MOST_NOTES = 50


class Command(BaseCommand):
    help = (
        "Import the saved pages of an old website as articles, with their pictures and "
        "attachments, their original dates, and redirects from their old addresses. "
        "Any error: nothing is written. Importing the same table again adds only what "
        "is not there yet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "table", nargs="?", type=Path, metavar="TABLE.xlsx", help="one row a page"
        )
        parser.add_argument(
            "folder", nargs="?", type=Path, metavar="FOLDER", help="the saved pages"
        )
        parser.add_argument("--portal", metavar="HOST", help="the portal's host")
        parser.add_argument(
            "--column", default="", metavar="SLUG", help="for rows that name no column"
        )
        parser.add_argument(
            "--selector",
            default="",
            metavar="CSS",
            help="where the text is in a page, such as #zoom; a row may say otherwise",
        )
        parser.add_argument(
            "--faces",
            choices=sorted(CONSENTS),
            default="不清楚",
            help="people in the pictures, for rows that do not say; default: 不清楚",
        )
        parser.add_argument(
            "--allow-missing",
            action="store_true",
            help="a page that lacks a picture or file becomes a draft, not an error",
        )
        parser.add_argument(
            "--skip-errors", action="store_true", help="import the rows without errors"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, write nothing"
        )
        parser.add_argument(
            "--template", type=Path, metavar="OUT.xlsx", help="write an empty table"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["template"] is not None:
                self._write_template(options["template"])
            else:
                self._import(options)

    def _write_template(self, path: Path) -> None:
        if path.exists():
            raise CommandError(f"{path} 已经存在，没有覆盖。")
        try:
            write_template(path)
        except OSError as error:
            raise CommandError(f"不能写 {path}：{error.strerror}") from error
        self.stdout.write(f"已写出空表 {path}，填写说明在第二张表里。")

    def _import(self, options: dict[str, Any]) -> None:
        table, folder = options["table"], options["folder"]
        if table is None or folder is None:
            raise CommandError("请写明表格和文件夹；用 --template OUT.xlsx 得到空表。")
        portal = find_portal(options["portal"] or "")
        if not folder.is_dir():
            raise CommandError(f"找不到文件夹 {folder}。")
        try:
            if options["selector"]:
                to_xpath(options["selector"])
            summary = import_pages(
                table,
                portal,
                Options(
                    folder=folder,
                    column=options["column"],
                    selector=options["selector"],
                    consent=CONSENTS.get(options["faces"], Consent.UNCLEAR),
                    skip_errors=options["skip_errors"],
                    allow_missing=options["allow_missing"],
                ),
                is_trial=options["dry_run"],
                progress=self._progress,
            )
        except TableError as error:
            raise CommandError(str(error)) from error
        except SelectorError as error:
            raise CommandError(f"看不懂 --selector {options['selector']}。") from error
        except OvertakenError as error:
            raise CommandError(
                "另一个导入同时在进行，没有写入；请再运行一次。"
            ) from error
        self._report(summary, is_trial=options["dry_run"])

    def _progress(self, rows: Sequence[Row]) -> Iterable[Row]:
        return tqdm(rows, file=sys.stderr, unit="页", disable=None, leave=False)

    def _report(self, summary: Summary, *, is_trial: bool) -> None:
        for header in summary.unknown_headers:
            self.stderr.write(self.style.WARNING(f"没有用到的列：{header}"))
        self._list(summary.notes, MOST_NOTES, self.style.WARNING)
        self._list(summary.faults, len(summary.faults), self.style.ERROR)
        done = len(summary.pages)
        verb = "将导入" if is_trial else "导入"
        count = summary.planned if is_trial else done
        self.stdout.write(
            f"{summary.rows} 行：{verb} {count} 页"
            f"（其中草稿 {summary.drafts if count else 0} 页），"
            f"以前已导入、没有改动 {summary.known} 页，"
            f"新图片 {summary.pictures} 张，新附件 {summary.documents} 个，"
            f"错误 {len(summary.faults)} 处，提醒 {len(summary.notes)} 处。"
        )
        if summary.faults and not done:
            raise CommandError("有错误，没有写入任何内容。")
        if summary.faults:
            raise CommandError("有错误的行没有导入，其余已经导入。")

    def _list(self, faults: Sequence[Fault], limit: int, style: Any) -> None:
        for fault in faults[:limit]:
            self.stderr.write(style(str(fault)))
        if len(faults) > limit:
            self.stderr.write(style(f"……还有 {len(faults) - limit} 处。"))


def find_portal(host: str) -> Portal:
    portal = Portal.objects.with_identity().filter(site__hostname=host).first()
    if portal is None:
        hosts = Portal.objects.order_by("pk").values_list("site__hostname", flat=True)
        known = "、".join(hosts) or "（还没有）"
        raise CommandError(f"没有主机名是“{host}”的门户。现有的门户：{known}")
    return portal
