"""Fill an empty installation with the demo portals."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.signal_handlers import disable_reference_index_auto_update

from articles.demo import loading
from articles.demo.people import accounts, password_file
from articles.demo.sources import DemoError
from articles.models import ArticlePage, QuestionPage
from home.models import Portal
from home.worker import run_once
from statutes.models import Statute


class Command(BaseCommand):
    help = (
        "Load the demo: a prefecture and three counties with articles, questions, law "
        "texts and people to log in as. A second run adds what is missing and changes "
        "nothing else. Development only."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "演示内容和演示账号只能装在开发环境里；这里是正式环境（DEBUG 关闭），没有载入。"
            )
        with translation.override(settings.LANGUAGE_CODE):
            try:
                # One pass over all pages at the end, not a task for each of their saves.
                with disable_reference_index_auto_update():
                    summary = loading.load()
            except DemoError as error:
                raise CommandError(str(error)) from error
            if summary.pages:
                call_command("rebuild_references_index", verbosity=0)
            # So that search and everything else behind the outbox works at once.
            for line in run_once():
                self.stderr.write(line)
            self._report(summary)

    def _report(self, summary: loading.LoadSummary) -> None:
        for warning in summary.warnings:
            self.stderr.write(self.style.WARNING(warning))
        if summary.is_unchanged:
            self.stdout.write("演示内容已经是完整的，没有改动。")
        else:
            self.stdout.write(
                f"新增：门户 {summary.portals}，页面 {summary.pages}，"
                f"法律法规 {summary.statutes}，主题和人群 {summary.terms}，"
                f"账号 {summary.people}"
            )
        self.stdout.write(
            f"现有：门户 {Portal.objects.count()}，"
            f"文章 {ArticlePage.objects.count()}，"
            f"问答 {QuestionPage.objects.count()}，"
            f"法律法规 {Statute.objects.count()}"
        )
        if not summary.has_law_texts:
            self.stdout.write(
                f"没有找到法律文本（{settings.XIANGFA_LAWS}），引用只按目录核对。"
            )
        if summary.password:
            names = "、".join(account.username for account in accounts())
            self.stdout.write(f"演示账号：{names}")
            self.stdout.write(self.style.SUCCESS(f"密码：{summary.password}"))
            self.stdout.write(f"（也存在 {password_file()} 里）")
