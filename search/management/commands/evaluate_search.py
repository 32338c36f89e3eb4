"""Rank provisions for a file of questions, so that a judge can score the run; or score
a portal's whole search against judgements."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engine_names import ELASTICSEARCH, EMBEDDED
from search.engines import kept_engines
from search.engines.base import Engine
from search.evaluation import rank_all, read_questions
from search.learning import trained_ranking
from search.learning.model import TrainedRanking
from search.management import judging
from search.management.files import read_file


class Command(BaseCommand):
    help = (
        "给一批问题各排出最相关的一百个法条，写成文件，供评分工具打分；"
        "或者按评判文件给一个门户的搜索打分。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--queries",
            type=Path,
            metavar="FILE",
            help='问题文件，每行一个 {"query": "…"}。',
        )
        parser.add_argument(
            "--run",
            type=Path,
            metavar="OUT",
            help="结果文件；写完整了才替换旧的。",
        )
        parser.add_argument(
            "--ranking",
            choices=["plain", "trained"],
            default="plain",
            help="排序方式：plain 不含从问题中学到的东西；"
            "trained 用 train_ranking 训练出的模型。",
        )
        parser.add_argument(
            "--engine",
            choices=[EMBEDDED, ELASTICSEARCH],
            default=EMBEDDED,
            help="搜索引擎。",
        )
        parser.add_argument(
            "--times",
            action="store_true",
            help="结果里写明每个问题用了多少毫秒（同样的排序，两次的文件就不再相同）。",
        )
        judging.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        engine = self._engine(options["engine"])
        if options["judgements"]:
            judging.judge(
                options["judgements"],
                options["portal"],
                engine,
                self.stdout,
                self.stderr,
            )
            return
        if not (options["queries"] and options["run"]):
            raise CommandError("请写明 --queries 和 --run，或者 --judgements。")
        queries = read_file(options["queries"], "问题文件", read_questions)
        trained = self._trained() if options["ranking"] == "trained" else None
        with tqdm(
            total=len(queries), desc="排序", unit="问", file=self.stderr, disable=None
        ) as bar:
            lines_out = [
                f"{ranking.line(with_time=options['times'])}\n"
                for ranking in rank_all(queries, engine, trained, report=bar.update)
            ]
        self._write(options["run"], lines_out)
        self.stdout.write(f"{len(queries)} 个问题，写在 {options['run']}")

    def _engine(self, name: str) -> Engine:
        engine = kept_engines().get(name)
        if engine is None:
            raise CommandError("没有设置 ELASTICSEARCH_URL，这里只有内置引擎。")
        if not engine.status().is_ready:
            raise CommandError("搜索索引还没有建立，请先运行 search_index rebuild。")
        return engine

    def _trained(self) -> TrainedRanking:
        trained = trained_ranking()
        if trained is None:
            raise CommandError(
                "没有可用的排序模型，请先运行 train_ranking --judgements FILE。"
            )
        return trained

    def _write(self, target: Path, lines: list[str]) -> None:
        staging = target.with_name(f".{target.name}.part")
        try:
            staging.write_text("".join(lines), encoding="utf-8")
            os.replace(staging, target)
        except OSError as error:
            raise CommandError(f"写不了结果文件：{error}") from error
