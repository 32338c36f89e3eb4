"""Deliver the outbox, run background tasks, do what is due by the clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

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
            for line in worker.run_once():
                self.stdout.write(line)
            return
        self.stdout.write("工作进程已启动，按 Ctrl-C 停止。")
        worker.run_forever()
