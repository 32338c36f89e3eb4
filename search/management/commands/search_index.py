"""Build the search index anew, or say how it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engines import get_engine
from search.engines.base import Engine, EngineBusyError
from search.indexing import last_change_number, rebuild
from search.sources import count_everything

PROBLEMS = {
    "absent": "还没有建立",
    "outdated": "由其他版本建立",
    "damaged": "文件缺失",
}


class Command(BaseCommand):
    help = "重建搜索索引，或查看索引的状态。重建期间搜索照常可用。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        build = actions.add_parser("rebuild", help="按数据库的内容重建索引。")
        build.add_argument(
            "--if-needed",
            action="store_true",
            help="只在索引不存在或由其他版本建立时重建。",
        )
        actions.add_parser(
            "status", help="显示索引是否可用、有多少条、落后多少项改动。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        engine = get_engine()
        if options["action"] == "status":
            self._show_status(engine)
        elif options["if_needed"] and engine.status().is_ready:
            self.stdout.write("索引可用，不需要重建。")
        else:
            self._rebuild(engine)

    def _rebuild(self, engine: Engine) -> None:
        with tqdm(
            total=count_everything(),
            desc="重建索引",
            unit="项",
            file=self.stderr,
            disable=None if self.stderr.isatty() else True,
        ) as bar:
            try:
                entries = rebuild(engine, report=lambda _count: bar.update())
            except EngineBusyError as error:
                raise CommandError("另一个进程正在写索引，请稍后再试。") from error
        status = engine.status()
        self.stdout.write(
            self.style.SUCCESS(
                f"已重建：{entries} 条，包含到第 {status.stamp} 项改动为止的内容。"
            )
        )

    def _show_status(self, engine: Engine) -> None:
        status = engine.status()
        self.stdout.write(f"引擎：{status.name}")
        if not status.is_ready:
            self.stdout.write(
                self.style.WARNING(
                    f"状态：不可用（{PROBLEMS[status.problem]}），"
                    "请运行 search_index rebuild"
                )
            )
            return
        behind = last_change_number() - (status.stamp or 0)
        self.stdout.write("状态：可用")
        self.stdout.write(f"条目：{status.entries}")
        self.stdout.write(f"已收到的改动：第 {status.stamp} 项")
        self.stdout.write(f"还没有收到的改动：{max(behind, 0)} 项")
