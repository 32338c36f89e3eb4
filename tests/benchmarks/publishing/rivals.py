"""The other static site generators, in packages of their own under ``var/``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.publishing import hugo_site
from tests.benchmarks.publishing.measuring import (
    Export,
    NotMeasured,
    Usage,
    count_pages,
    empty_folder,
    output_folder,
    run,
)
from tests.benchmarks.publishing.serving import Side

HERE = Path(__file__).resolve().parent
STOCK = HERE / "stock"
REQUIREMENTS = STOCK / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Rivals:
    """``folder``: where their packages and all that they make goes."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "venv" / "bin" / "python"

    def install(self) -> None:
        """Raises ``NotMeasured`` where the packages cannot be had."""
        stamp = self.folder / "venv" / "requirements.txt"
        wanted = REQUIREMENTS.read_text(encoding="utf-8")
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        log = self.folder / "install.txt"
        make = [sys.executable, "-m", "venv", "--clear", self.folder / "venv"]
        run(make, STOCK, log)
        install = [self.python, "-m", "pip", "install", "--quiet", "--no-input"]
        run([*install, "--requirement", REQUIREMENTS], STOCK, log)
        stamp.write_text(wanted, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class StockSite:
    """The stock Wagtail site with one set of articles."""

    rivals: Rivals
    name: str
    content: Path

    @property
    def folder(self) -> Path:
        return self.rivals.folder / f"stock-{self.name}"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "STOCK_FOLDER": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "stock.settings",
            "PYTHONUTF8": "1",
        }

    def prepare(self) -> None:
        self.rivals.install()
        stamp, wanted = self.folder / "filled", str(len(self.content.read_bytes()))
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("fill_stock", str(self.content))
        stamp.write_text(wanted, encoding="utf-8")

    def manage(self, *arguments: str) -> Usage:
        command = [self.rivals.python, STOCK / "manage.py", *arguments]
        return run(command, STOCK, self.folder / "log.txt", self.settings)

    @property
    def served(self) -> Side:
        granian = [self.rivals.python, "-m", "granian", "--interface", "wsgi"]
        return Side(
            "127.0.0.1",
            [*granian, "stock.wsgi:application"],
            STOCK,
            {**self.settings, "PYTHONPATH": str(STOCK)},
        )

    def paths(self) -> list[str]:
        """Of the pages that the last export with django-distill wrote."""
        output = (self.folder / "distill").resolve()
        if not output.exists():
            self.distill()
            output = (self.folder / "distill").resolve()
        names = sorted(output.rglob("index.html"), key=lambda path: str(path.parent))
        folders = [path.parent.relative_to(output).as_posix() for path in names]
        deep = [folder for folder in folders if "/" in folder]
        return [f"/{folder}/" for folder in deep]

    def distill(self) -> tuple[int, Usage]:
        output = output_folder(self.folder / "distill")
        empty_folder(output)
        usage = self.manage(
            "distill",
            "generate",
            "--output-directory",
            str(output),
            "--force",
            "--quiet",
            "--exclude-staticfiles",
        )
        return count_pages(output), usage

    def bake(self) -> tuple[int, Usage]:
        output = output_folder(self.folder / "bakery")
        empty_folder(output)
        usage = self.manage("build", "--skip-static", "--skip-media")
        return count_pages(output), usage


def measure_stock(
    name: str,
    site: StockSite,
    empty: StockSite,
    export: Callable[[StockSite], tuple[int, Usage]],
) -> Export:
    site.prepare()
    empty.prepare()
    empty_pages, empty_usage = export(empty)
    pages, usage = export(site)
    return Export(name, pages, usage, empty_pages, empty_usage)


def measure_hugo(content: Path, empty: Path, folder: Path) -> Export:
    program = shutil.which("hugo")
    if program is None:
        raise NotMeasured("Debian's package `hugo` is not installed")
    measured = []
    for number, texts in enumerate((empty, content)):
        source = folder / f"hugo-{number}"
        hugo_site.make(source, texts)
        empty_folder(output_folder(source / "public"))
        usage = run(
            [program, "--quiet", "--source", source], folder, source / "log.txt"
        )
        measured.append((count_pages((source / "public").resolve()), usage))
    (empty_pages, empty_usage), (pages, usage) = measured
    return Export("Hugo", pages, usage, empty_pages, empty_usage)


def pagefind(rivals: Rivals, site: Path, output: Path) -> Usage:
    """Its index of a folder of HTML."""
    rivals.install()
    shutil.rmtree(output, ignore_errors=True)
    return run(
        [
            rivals.python,
            "-m",
            "pagefind",
            "--site",
            site.resolve(),
            "--output-path",
            output,
        ],
        rivals.folder,
        rivals.folder / "pagefind.txt",
    )
