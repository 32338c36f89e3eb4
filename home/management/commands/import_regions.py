"""``manage.py import_regions TABLE``: counties, townships and villages by code."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from home.directory.tables.region_import import import_regions
from home.directory.tables.sheets import SheetError


class Command(BaseCommand):
    help = (
        "Import regions from a table (.xlsx or .csv) with the columns code, name and "
        "name_en. All rows are checked before anything is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", type=Path, metavar="TABLE")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["table"]
        with translation.override(settings.LANGUAGE_CODE):
            try:
                with path.open("rb") as file:
                    result = import_regions(file, path.name, dry_run=options["dry_run"])
            except OSError as error:
                raise CommandError(f"打不开 {path}：{error.strerror}") from error
            except SheetError as error:
                raise CommandError(str(error)) from error
            for problem in result.problems:
                self.stderr.write(self.style.ERROR(str(problem)))
        if result.problems:
            raise CommandError(f"有 {len(result.problems)} 处问题，什么都没有写入。")
        prefix = "试运行，没有写入：" if options["dry_run"] else ""
        self.stdout.write(
            self.style.SUCCESS(
                f"{prefix}新增 {result.added}，修改 {result.changed}，"
                f"没有变化 {result.unchanged}"
            )
        )
