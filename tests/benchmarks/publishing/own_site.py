"""This project as one of the sides: an installation of its own, run as in production."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.publishing.measuring import (
    Export,
    NotMeasured,
    Usage,
    count_pages,
    empty_folder,
    output_folder,
    run,
)
from tests.benchmarks.publishing.own_portal import HOST
from tests.benchmarks.publishing.serving import Side

ROOT = Path(__file__).resolve().parents[3]
SEARCH_CPU = re.compile(r"搜索索引 ([0-9.]+) 秒")


@dataclass(frozen=True, slots=True)
class OwnSite:
    """``var``: everything that it makes; filled from the file ``content``."""

    var: Path
    content: Path

    @property
    def settings(self) -> dict[str, str]:
        key = self.var / "key"
        if not key.exists():
            self.var.mkdir(parents=True, exist_ok=True)
            key.write_text(secrets.token_urlsafe(64), encoding="ascii")
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "XIANGFA_VAR": str(self.var),
            "XIANGFA_SECRET_KEY": key.read_text(encoding="ascii"),
            "XIANGFA_HOSTS": f"{HOST},127.0.0.1",
            "XIANGFA_ADMIN_URL": "https://admin.bench.example",
            "ELASTICSEARCH_URL": "",
            "PYTHONUTF8": "1",
        }

    @property
    def served(self) -> Side:
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        path = os.pathsep.join((str(ROOT / "site"), str(ROOT)))
        return Side(
            HOST,
            [*granian, "config.wsgi:application"],
            ROOT,
            {**self.settings, "PYTHONPATH": path},
        )

    @property
    def released(self) -> Path:
        return self.var / "sites" / HOST / "current"

    def prepare(self) -> None:
        """Fill the database; kept for the next run with the same texts."""
        stamp = self.var / "filled"
        if not stamp.exists() or stamp.read_bytes() != self.content.read_bytes():
            shutil.rmtree(self.var, ignore_errors=True)
            self._make_tables()
            self.ask("fill", str(self.content))
            shutil.copyfile(self.content, stamp)
        else:
            self._make_tables()

    def _make_tables(self) -> None:
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")

    def manage(self, *arguments: str) -> Usage:
        command = [sys.executable, ROOT / "manage.py", *arguments]
        return run(command, ROOT, self.var / "log.txt", self.settings)

    def ask(self, *arguments: str) -> Any:
        """An answer in JSON of one of the benchmark's parts that runs inside."""
        answer = self.var / "answer.json"
        answer.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.publishing.inside",
            *arguments,
        ]
        settings = {**self.settings, "BENCH_ANSWER": str(answer)}
        run(command, ROOT, self.var / "log.txt", settings)
        if not answer.exists():
            return None
        return json.loads(answer.read_text(encoding="utf-8"))

    def export(self, *arguments: str) -> Usage:
        return self.manage("export_site", "--portal", HOST, *arguments)

    def export_anew(self, *arguments: str) -> Usage:
        """A full export, with nothing that an earlier one left but the QR codes."""
        empty_folder(output_folder(self.var / "sites"))
        return self.export(*arguments)

    @property
    def search_cpu(self) -> float:
        """Seconds that the last export spent on the search index, as it said."""
        told = (self.var / "log.txt").read_text(encoding="utf-8")
        found = SEARCH_CPU.search(told)
        if found is None:
            raise NotMeasured("the export does not say what its search index took")
        return float(found[1])

    @property
    def pages(self) -> int:
        return count_pages(self.released.resolve())


def measure_export(site: OwnSite, empty: OwnSite) -> Export:
    """Codes are drawn in a run that does not count."""
    site.prepare()
    empty.prepare()
    for each in (site, empty):
        each.export_anew()
    usage, apart = site.export_anew(), site.search_cpu
    empty_usage, empty_apart = empty.export_anew(), empty.search_cpu
    if site.pages <= empty.pages:
        raise NotMeasured("the export holds no more pages than one without articles")
    return Export(
        "乡法通", site.pages, usage, empty.pages, empty_usage, apart, empty_apart
    )


def times(folder: Path) -> dict[str, int]:
    """When each file was written, to the nanosecond."""
    root = folder.resolve()
    return {
        str(path.relative_to(root)): path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file()
    }
