"""``script/bench publishing``: every figure of one run, for one number of articles."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.publishing import content, own_site, rivals, serving
from tests.benchmarks.publishing.measuring import (
    Export,
    NotMeasured,
    Say,
    idle_share,
    machine_time,
    output_folder,
)
from tests.benchmarks.publishing.own_site import OwnSite
from tests.benchmarks.publishing.report import (
    Figure,
    Report,
    Target,
    mebibytes,
    seconds,
)
from tests.benchmarks.publishing.rivals import Rivals, StockSite
from tests.benchmarks.publishing.stepping import step

ARCHIVE = own_site.ROOT.parent / "shared" / "data" / "laws_national.tar.xz"
FOLDER = own_site.ROOT / "var" / "bench" / "publishing"
SIZES = (1000, 10_000)
RIVALS = ("distill", "bakery", "hugo", "pagefind", "stock")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--articles", type=int, default=SIZES[0], help="1000 or 10000")
    parser.add_argument(
        "--rivals", nargs="*", choices=RIVALS, default=list(RIVALS), help="all"
    )
    parser.add_argument(
        "--steps",
        type=int,
        metavar="N",
        help="random actions instead, and nothing else",
    )


@dataclass(slots=True)
class Run:
    """One number of articles; ``exports`` are filled as they are measured."""

    articles: int
    chosen: Collection[str]
    report: Report
    folder: Path = FOLDER
    exports: dict[str, Export] = field(default_factory=dict)

    def texts(self, count: int) -> Path:
        path = self.folder / f"content-{count}.json"
        if not path.exists():
            if not ARCHIVE.exists():
                raise NotMeasured(f"{ARCHIVE} is missing")
            content.save(path, content.cut_articles(ARCHIVE, count))
        return path

    @property
    def rivals(self) -> Rivals:
        return Rivals(self.folder / "rivals")

    def own(self, count: int) -> OwnSite:
        return OwnSite(self.folder / f"own-{count}", self.texts(count))

    def stock(self, count: int) -> StockSite:
        return StockSite(self.rivals, str(count), self.texts(count))

    # --- measuring ------------------------------------------------------------------

    def measure_own(self) -> None:
        self.keep("own", own_site.measure_export(self.own(self.articles), self.own(0)))

    def measure_distill(self) -> None:
        sites = self.stock(self.articles), self.stock(0)
        self.keep(
            "distill",
            rivals.measure_stock("django-distill", *sites, StockSite.distill),
        )

    def measure_bakery(self) -> None:
        sites = self.stock(self.articles), self.stock(0)
        self.keep(
            "bakery", rivals.measure_stock("wagtail-bakery", *sites, StockSite.bake)
        )

    def measure_hugo(self) -> None:
        export = rivals.measure_hugo(
            self.texts(self.articles), self.texts(0), self.rivals.folder
        )
        self.keep("hugo", export)

    def keep(self, name: str, export: Export) -> None:
        self.exports[name] = export
        self.report.raw[name] = export.as_json()


def run(chosen: argparse.Namespace, say: Say) -> None:
    if chosen.steps:
        sys.exit(step(chosen.steps))
    report = Report(say, chosen.articles)
    this = Run(chosen.articles, chosen.rivals, report)
    before = machine_time()
    if not report.attempt("full export", this.measure_own):
        report.show()
        return
    measures: dict[str, Callable[[], object]] = {
        "distill": this.measure_distill,
        "bakery": this.measure_bakery,
        "hugo": this.measure_hugo,
    }
    for name, measure in measures.items():
        if name in this.chosen:
            report.attempt(name, measure)
    for name in ("distill", "bakery"):
        if name in this.exports:
            report.add(per_page(this.exports["own"], this.exports[name], this.articles))
    report.add(search_index(this.exports["own"]))
    if "hugo" in this.exports:
        for figure in whole_process(this.exports["own"], this.exports["hugo"]):
            report.add(figure)
    report.attempt("queries", partial(measure_queries, this))
    report.attempt("two processes", partial(measure_two_processes, this))
    report.attempt("nothing changed", partial(measure_unchanged, this))
    report.attempt("changes", partial(measure_changes, this))
    if "pagefind" in this.chosen:
        report.attempt("pagefind", partial(measure_search_index, this))
    if "stock" in this.chosen:
        report.attempt("served pages", partial(measure_served, this))
    report.raw["idle"] = idle_share(before, machine_time())
    report.show()
    say(f"\nidle: {report.raw['idle']:.0%} of the machine's time")
    say(f"written to {report.save(this.folder / 'results')}")


def per_page(own: Export, other: Export, articles: int) -> Figure:
    least, goal = (15, 25) if articles < SIZES[1] else (20, 35)
    return Figure(
        f"full export without search index, CPU per page, against {other.name}",
        f"{own.per_page:.2f} ms ({own.pages:,} pages)",
        f"{other.per_page:.1f} ms ({other.pages:,} pages)",
        other.per_page / own.per_page,
        (Target("least", least), Target("least", goal)),
    )


def search_index(own: Export) -> Figure:
    return Figure(
        "the search index of that export, CPU per page, and both together",
        f"{own.per_page_apart:.2f} ms",
        f"{own.per_page_in_all:.2f} ms",
    )


def whole_process(own: Export, hugo: Export) -> list[Figure]:
    cpu, memory = own.usage, hugo.usage
    return [
        Figure(
            "whole process, CPU, against Hugo",
            seconds(cpu.cpu),
            seconds(memory.cpu),
            cpu.cpu / memory.cpu,
            (Target("most", 1.0),),
        ),
        Figure(
            "whole process, peak memory, against Hugo",
            mebibytes(cpu.memory),
            mebibytes(memory.memory),
            cpu.memory / memory.memory,
            (Target("most", 0.3),),
        ),
    ]


def measure_two_processes(this: Run) -> None:
    """By the clock, so it says how idle the machine was."""
    site = this.own(this.articles)
    before = machine_time()
    one = site.export_anew()
    between = machine_time()
    two = site.export_anew("--jobs", "2")
    idle = idle_share(before, between), idle_share(between, machine_time())
    this.report.raw["jobs"] = {
        "one": one.as_json(),
        "two": two.as_json(),
        "idle": idle,
    }
    this.report.add(
        Figure(
            "two processes against one, by the clock"
            f" ({idle[0]:.0%} and {idle[1]:.0%} of the machine idle)",
            seconds(two.wall),
            seconds(one.wall),
            one.wall / two.wall,
            (Target("least", 1.6),),
        )
    )


def measure_unchanged(this: Run) -> None:
    """A second full build of the same content; it must not rewrite a file."""
    site, empty = this.own(this.articles), this.own(0)
    site.export_anew()
    before = own_site.times(site.released)
    starting = min(empty.export().cpu for _again in range(3))
    usage = min((site.export() for _again in range(3)), key=lambda each: each.cpu)
    # Less than the clock of the kernel can tell counts as one tick of it.
    added = max(0.01, usage.cpu - starting)
    after = own_site.times(site.released)
    moved = sum(after.get(name) != moment for name, moment in before.items())
    this.report.raw["unchanged"] = {"usage": usage.as_json(), "moved": moved}
    other = this.exports.get("distill")
    this.report.add(
        Figure(
            "build with nothing changed, CPU less start-up"
            f" ({moved} time stamps moved)",
            f"{added * 1000:.0f} ms",
            seconds(other.added) if other else "",
            other.added / added if other else None,
            (Target("least", 400),),
        )
    )


def measure_changes(this: Run) -> None:
    """On a copy: the filled installation stays as it is for the next run."""
    site = this.own(this.articles)
    copy = OwnSite(this.folder / "changed", site.content)
    shutil.rmtree(copy.var, ignore_errors=True)
    shutil.copytree(site.var, copy.var, symlinks=True)
    copy.export_anew()
    found = copy.ask("changes")
    this.report.raw["changes"] = found
    for change in found:
        name = change["change"]
        this.report.add(
            frame_cost(change, this.exports["own"])
            if change["is_of_frame"]
            else change_cost(change)
        )
        this.report.add(
            Figure(
                f"{name}: files touched, and those whose bytes differ",
                f"{change['touched']}",
                f"{change['changed']}",
                change["touched"] / max(1, change["changed"]),
                (Target("most", 1.0),),
            )
        )


def change_cost(change: dict[str, Any]) -> Figure:
    """Of the pages; what the search index takes is told in its name."""
    pages = change["update_cpu"] - change["search_cpu"]
    return Figure(
        f"{change['change']}: CPU added to Wagtail's own"
        f" (and {seconds(change['search_cpu'])} for the search index)",
        seconds(pages),
        seconds(change["publish_cpu"]),
        pages / change["publish_cpu"],
        (Target("most", 0.25),),
    )


def frame_cost(change: dict[str, Any], export: Export) -> Figure:
    return Figure(
        f"{change['change']}: CPU, against a full export less start-up",
        seconds(change["update_cpu"]),
        seconds(export.added),
        change["update_cpu"] / export.added,
        (Target("most", 1.0),),
    )


def measure_search_index(this: Run) -> None:
    """Beside Pagefind's index of the HTML that we exported."""
    site = this.own(this.articles)
    site.export_anew()
    usage = rivals.pagefind(
        this.rivals, site.released, output_folder(this.folder / "pagefind")
    )
    own = this.exports["own"]
    changes = this.report.raw.get("changes", [])
    typical = next((one for one in changes if one["change"] == "title"), None)
    this.report.raw["pagefind"] = usage.as_json()
    if typical is not None:
        this.report.add(
            Figure(
                "search index after a change of a title, against Pagefind's full run",
                seconds(typical["search_cpu"]),
                seconds(usage.cpu),
                typical["search_cpu"] / usage.cpu,
                (Target("most", 0.02),),
            )
        )
    this.report.add(
        Figure(
            "peak memory of a full export with its index, against Pagefind",
            mebibytes(own.usage.memory),
            mebibytes(usage.memory),
            own.usage.memory / usage.memory,
            (Target("most", 0.2),),
        )
    )


def measure_served(this: Run) -> None:
    """Pages that nobody has kept, from the two projects under one server program."""
    site, stock = this.own(this.articles), this.stock(this.articles)
    site.export_anew()
    stock.prepare()
    own = serving.measure(
        site.served, serving.paths_in_sitemap(site.released), this.folder / "serve.txt"
    )
    other = serving.measure(
        stock.served, stock.paths(), this.folder / "serve-stock.txt"
    )
    this.report.raw["served"] = {
        name: {"per_second": each.per_second, "cpu_ms": each.cpu_per_request}
        for name, each in (("own", own), ("stock", other))
    }
    this.report.add(
        Figure(
            "a page from the server, CPU, against the stock site",
            f"{own.cpu_per_request:.1f} ms ({own.per_second:.0f} a second)",
            f"{other.cpu_per_request:.1f} ms ({other.per_second:.0f} a second)",
            other.cpu_per_request / own.cpu_per_request,
            (Target("least", 10),),
        )
    )


def measure_queries(this: Run) -> None:
    """Each batch of pages may ask its own; nothing else may grow."""
    some = this.own(this.articles).ask("queries")["queries"]
    none = this.own(0).ask("queries")["queries"]
    pages = this.exports["own"].pages
    this.report.raw["queries"] = {"articles": some, "empty": none, "pages": pages}
    this.report.add(
        Figure(f"SQL queries of a full export ({pages:,} pages)", f"{some}", f"{none}")
    )
