"""``manage.py import_directory KIND TABLE --portal HOST``: points, people, places."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from home.directory.tables.importing import ImportResult, Table, import_table
from home.directory.tables.kinds import (
    KINDS,
    NoDirectory,
    choose_directory,
    page_table,
    people_table,
    workbook,
)
from home.directory.tables.sheets import SheetError
from home.models import Portal


class Command(BaseCommand):
    help = (
        "Import service points, people or places from a table (.xlsx or .csv). All rows "
        "are checked before anything is written; the same table again changes nothing. "
        "With --template or --export TABLE is written instead of read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("table", type=Path, metavar="TABLE")
        parser.add_argument("--portal", required=True, metavar="HOST")
        parser.add_argument(
            "--directory",
            default="",
            metavar="PATH",
            help="address of the directory page, where the portal has several",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish the pages; else drafts"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check and count, write nothing"
        )
        parser.add_argument(
            "--template", action="store_true", help="write an empty table to TABLE"
        )
        parser.add_argument(
            "--export", action="store_true", help="write what there is to TABLE"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            table = _table(options)
            if options["template"] or options["export"]:
                data = workbook(table, is_empty=options["template"])
                options["table"].write_bytes(data)
                self.stdout.write(f"已写入 {options['table']}")
                return
            self._report(_import(table, options), dry_run=options["dry_run"])

    def _report(self, result: ImportResult, *, dry_run: bool) -> None:
        for problem in result.problems:
            self.stderr.write(self.style.ERROR(str(problem)))
        if result.problems:
            raise CommandError(
                f"有 {len(result.problems)} 处问题，什么都没有写入。请改好表格再导入。"
            )
        prefix = "试运行，没有写入：" if dry_run else ""
        self.stdout.write(
            self.style.SUCCESS(
                f"{prefix}新增 {result.added}，修改 {result.changed}，"
                f"没有变化 {result.unchanged}"
            )
        )


def _table(options: dict[str, Any]) -> Table:
    portal = (
        Portal.objects.with_identity().filter(site__hostname=options["portal"]).first()
    )
    if portal is None:
        raise CommandError(f"没有域名是 {options['portal']} 的门户。")
    if options["kind"] == "people":
        return people_table(portal)
    try:
        directory = choose_directory(portal, options["kind"], options["directory"])
    except NoDirectory as error:
        raise CommandError(str(error)) from error
    return page_table(
        options["kind"], directory, portal, None, publish=options["publish"]
    )


def _import(table: Table, options: dict[str, Any]) -> ImportResult:
    path: Path = options["table"]
    try:
        with path.open("rb") as file:
            return import_table(table, file, path.name, dry_run=options["dry_run"])
    except OSError as error:
        raise CommandError(f"打不开 {path}：{error.strerror}") from error
    except SheetError as error:
        raise CommandError(str(error)) from error
