"""``manage.py import_statutes PATH…``: bring law texts into the library."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from home.models import Portal
from statutes.importing import ImportOptions, ImportSummary, import_files
from statutes.sources import SourceError, read_sources
from statutes.versions import StatuteTexts


class Command(BaseCommand):
    help = (
        "Import law texts (Markdown, one file per text or book) from files, folders or "
        "a .tar.xz archive. Each statute is one transaction: an error leaves it as it "
        "was and the others imported. Importing the same files again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="file, folder, archive"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="read and count, write nothing"
        )
        parser.add_argument(
            "--only",
            nargs="+",
            default=[],
            metavar="TITLE",
            help="only the statutes of these titles or short names",
        )
        parser.add_argument(
            "--portal",
            default="",
            metavar="HOST",
            help="the portal that owns the texts (local regulations); else shared",
        )
        parser.add_argument(
            "--source", default="", help="where texts come from that are not registered"
        )
        parser.add_argument("--source-url", default="", help="address of that source")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = ImportOptions(
            dry_run=options["dry_run"],
            only=frozenset(options["only"]),
            portal=_portal(options["portal"]),
            source=options["source"],
            source_url=options["source_url"],
        )
        try:
            summary = import_files(
                read_sources(options["paths"]), wanted, self._progress
            )
        except SourceError as error:
            raise CommandError(str(error)) from error
        self._report(summary, dry_run=options["dry_run"])
        if summary.errors:
            raise CommandError(f"{len(summary.errors)} errors, see above")

    def _progress(self, statutes: Sequence[StatuteTexts]) -> Iterable[StatuteTexts]:
        return tqdm(
            statutes,
            file=sys.stderr,
            unit="statute",
            disable=None,  # no bar where nobody watches
        )

    def _report(self, summary: ImportSummary, *, dry_run: bool) -> None:
        for line in summary.copies:
            self.stdout.write(f"left out {line}")
        for line in summary.warnings:
            self.stderr.write(self.style.WARNING(f"warning {line}"))
        for line in summary.errors:
            self.stderr.write(self.style.ERROR(f"error {line}"))
        outcomes = ", ".join(
            f"{count} {name}" for name, count in summary.outcomes.items()
        )
        self.stdout.write(
            self.style.SUCCESS(
                f"{'dry run: ' if dry_run else ''}{summary.files} files, "
                f"{summary.statutes} statutes ({outcomes}), "
                f"{summary.versions} versions, {summary.provisions} provisions, "
                f"{len(summary.copies)} copies left out, {len(summary.errors)} errors"
            )
        )


def _portal(host: str) -> Portal | None:
    if not host:
        return None
    portal = Portal.objects.filter(site__hostname=host).first()
    if portal is None:
        raise CommandError(f"no portal with the host {host}")
    return portal
