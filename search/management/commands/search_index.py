"""Build the search indexes anew, say how they are, or compare them with the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engine_names import ELASTICSEARCH, EMBEDDED
from search.engines import get_engine, kept_engines
from search.engines.base import Engine, EngineBusyError, EngineUnavailableError
from search.indexing import last_change_number, rebuild
from search.sources import count_everything
from search.verifying import Difference, verify

PROBLEMS = {
    "absent": "还没有建立",
    "outdated": "由其他版本建立",
    "damaged": "文件缺失",
    "unreachable": "服务器没有应答",
}
FAULTS = {"missing": "缺少", "extra": "多余", "stale": "过时"}
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "重建搜索索引、查看状态，或与数据库核对。重建期间搜索照常可用。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        build = actions.add_parser("rebuild", help="按数据库的内容重建索引。")
        build.add_argument(
            "--if-needed",
            action="store_true",
            help="只在索引不存在或由其他版本建立时重建。",
        )
        status = actions.add_parser(
            "status", help="显示索引是否可用、有多少条、落后多少项改动。"
        )
        check = actions.add_parser(
            "verify", help="与数据库逐条核对：缺少、多余、过时的各有哪些。"
        )
        for action in (build, status, check):
            action.add_argument(
                "--engine",
                choices=[EMBEDDED, ELASTICSEARCH],
                help="只管这一个引擎；不写则管本站保持的每一个。",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        act: Callable[[Engine], None] = {
            "rebuild": self._rebuild_if_needed
            if options.get("if_needed")
            else self._rebuild,
            "status": self._show_status,
            "verify": self._verify,
        }[options["action"]]
        failed = []
        for engine in self._chosen(options["engine"]):
            try:
                act(engine)
            except CommandError as error:
                failed.append(f"{engine.name}：{error}")
            except EngineBusyError:
                failed.append(f"{engine.name}：另一个进程正在写索引，请稍后再试。")
            except EngineUnavailableError as error:
                failed.append(f"{engine.name}：服务器没有应答（{error}）。")
        if options["action"] == "status":
            self.stdout.write(f"现在回答搜索的：{get_engine().name}")
        if failed:
            raise CommandError("\n".join(failed))

    def _chosen(self, name: str | None) -> list[Engine]:
        kept = kept_engines()
        if name is None:
            return list(kept.values())
        if name not in kept:
            raise CommandError(
                f"本站没有使用 {name}：环境变量 ELASTICSEARCH_URL 没有设置。"
            )
        return [kept[name]]

    def _rebuild_if_needed(self, engine: Engine) -> None:
        if engine.status().is_ready:
            self.stdout.write(f"{engine.name}：索引可用，不需要重建。")
        else:
            self._rebuild(engine)

    def _rebuild(self, engine: Engine) -> None:
        with self._progress(f"重建 {engine.name} 的索引") as bar:
            entries = rebuild(engine, report=lambda _count: bar.update())
        self.stdout.write(
            self.style.SUCCESS(
                f"{engine.name}：已重建，{entries} 条，"
                f"包含到第 {engine.stamp()} 项改动为止的内容。"
            )
        )

    def _show_status(self, engine: Engine) -> None:
        status = engine.status()
        self.stdout.write(f"引擎：{status.name}")
        if not status.is_ready:
            problem = PROBLEMS[status.problem]
            self.stdout.write(self.style.WARNING(f"状态：不可用（{problem}）"))
            raise CommandError(
                f"不可用（{problem}）。"
                + ("" if status.problem == "unreachable" else _advice(engine))
            )
        behind = last_change_number() - (status.stamp or 0)
        self.stdout.write("状态：可用")
        self.stdout.write(f"条目：{status.entries}")
        self.stdout.write(f"已收到的改动：第 {status.stamp} 项")
        self.stdout.write(f"还没有收到的改动：{max(behind, 0)} 项")

    def _verify(self, engine: Engine) -> None:
        status = engine.status()
        if not status.is_ready:
            raise CommandError(f"不可用（{PROBLEMS[status.problem]}），无法核对。")
        with self._progress(f"核对 {engine.name} 的索引") as bar:
            found = verify(engine, report=lambda _count: bar.update())
        if not found:
            self.stdout.write(
                self.style.SUCCESS(
                    f"{engine.name}：{status.entries} 条，与数据库一致。"
                )
            )
            return
        for difference in found[:MOST_SHOWN]:
            self.stdout.write(
                f"{FAULTS[difference.fault]}  {difference.owner}  {difference.key}"
            )
        raise CommandError(_summary(engine, found))

    def _progress(self, title: str) -> Any:
        return tqdm(
            total=count_everything(),
            desc=title,
            unit="项",
            file=self.stderr,
            disable=None if self.stderr.isatty() else True,
        )


def _summary(engine: Engine, found: list[Difference]) -> str:
    counts = "，".join(
        f"{name} {sum(difference.fault == fault for difference in found)} 条"
        for fault, name in FAULTS.items()
    )
    behind = last_change_number() - (engine.stamp() or 0)
    if behind > 0:
        return f"与数据库不一致：{counts}。还有 {behind} 项改动没有送达，请先运行 work --once。"
    return f"与数据库不一致：{counts}。{_advice(engine)}"


def _advice(engine: Engine) -> str:
    return f"请运行 search_index rebuild --engine {engine.name}。"
