"""Deliver the outbox, run background tasks, do what is due by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home import worker


class Command(BaseCommand):
    help = "把改动送到搜索等处，执行后台任务，按时发布和下线。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="把现在能做的做完就结束（测试和 cron 使用）。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._run_once()
            return
        self.stdout.write("工作进程已启动，按 Ctrl-C 停止。")
        worker.run_forever()

    def _run_once(self) -> None:
        try:
            lines: Sequence[str] = worker.run_once()
        except worker.JobError as error:
            self.stdout.writelines(f"{line}\n" for line in error.lines)
            names = "、".join(error.failed)
            raise CommandError(
                f"没有做完：{names}。原因见日志，下次会再试。"
            ) from error
        for line in lines:
            self.stdout.write(line)
