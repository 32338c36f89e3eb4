"""Learn from answered questions which provisions to show first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.engine_names import EMBEDDED
from search.engines import kept_engines
from search.learning import model_path
from search.learning.answered import Judgements, read_judgements
from search.learning.training import LEAST_QUESTIONS, Scores, train
from search.management.files import read_file


class Command(BaseCommand):
    help = (
        "用已经答复过的问题训练法条的排序。模型只保存在 var/ 下，"
        "删掉模型文件就恢复原来的排序。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--judgements",
            type=Path,
            required=True,
            metavar="FILE",
            help='每行一个 {"query": "…", "relevant": '
            '[{"law": "全称", "article_no": "第…条"}]}。',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        judgements = self._read(options["judgements"])
        engine = kept_engines()[EMBEDDED]
        if not engine.status().is_ready:
            raise CommandError("搜索索引还没有建立，请先运行 search_index rebuild。")
        questions = judgements.questions
        with tqdm(
            total=len(questions), desc="训练", unit="问", file=self.stderr, disable=None
        ) as bar:
            trained = train(questions, engine, report=bar.update)
        try:
            trained.ranking.save(model_path())
        except OSError as error:
            raise CommandError(f"写不了模型文件：{error}") from error
        self._tell("训练以前", trained.before)
        self._tell("训练以后（五折交叉验证）", trained.after)
        if trained.after.recall < trained.before.recall:
            self.stdout.write(
                self.style.WARNING(
                    "训练没有使排序变好，可能问题太少；建议删掉模型文件："
                    f"{model_path()}"
                )
            )
        self.stdout.write(f"{len(questions)} 个问题，模型在 {model_path()}")

    def _read(self, path: Path) -> Judgements:
        judgements = read_file(path, "评判文件", read_judgements)
        if judgements.unknown:
            law, label = judgements.unknown[0]
            self.stderr.write(
                f"有 {len(judgements.unknown)} 处法条不在法律库里，"
                f"没有使用，例如《{law}》{label}。"
            )
        if len(judgements.questions) < LEAST_QUESTIONS:
            raise CommandError(
                f"能用的问题只有 {len(judgements.questions)} 个，"
                f"至少要 {LEAST_QUESTIONS} 个才学得到东西。模型没有改变。"
            )
        return judgements

    def _tell(self, when: str, scores: Scores) -> None:
        self.stdout.write(
            f"{when}：Recall@10 {scores.recall:.3f}，MRR@10 {scores.mrr:.3f}"
        )
