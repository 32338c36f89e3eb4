"""``manage.py build_register ARCHIVE``: write the register from the law files."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statutes.markdown import parse_statute
from statutes.parsed import MarkdownError
from statutes.register import REGISTER_FILE, build_lines
from statutes.sources import SourceError, read_sources
from statutes.versions import group_statutes

SOURCE = "LawRefBook/Laws，提交 2f4c5c23716267af9dbebbbbd6cbbf732b101981"
SOURCE_URL = "https://github.com/LawRefBook/Laws"
COLLECTED_ON = "2025-04-19"


class Command(BaseCommand):
    help = (
        "Write the register of statutes (titles, dates, provision numbers, hashes; no "
        "text) from an archive or folder of law files. Slugs once given are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="archive or folder of law files")
        parser.add_argument(
            "--output", type=Path, default=REGISTER_FILE, help="file to write"
        )
        parser.add_argument(
            "--source", default=SOURCE, help="where the texts come from"
        )
        parser.add_argument("--source-url", default=SOURCE_URL, help="its address")
        parser.add_argument(
            "--collected-on",
            type=date.fromisoformat,
            default=date.fromisoformat(COLLECTED_ON),
            help="day of the collection, YYYY-MM-DD",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count, but write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = [
                file for file in read_sources([options["archive"]]) if file.is_text
            ]
            statutes = group_statutes(
                parse_statute(file.data, file.path) for file in files
            )
        except (SourceError, MarkdownError) as error:
            raise CommandError(str(error)) from error
        lines = build_lines(
            statutes,
            options["collected_on"],
            options["source"],
            options["source_url"],
        )
        text = "".join(f"{line}\n" for line in lines)
        if not options["dry_run"]:
            options["output"].write_text(text, encoding="utf-8")
        self.stdout.write(
            f"{len(files)} files, {len(statutes)} statutes, "
            f"{sum(len(item.versions) for item in statutes)} versions, "
            f"{len(text.encode()):,} bytes"
        )
