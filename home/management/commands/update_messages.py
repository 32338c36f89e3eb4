"""Bring the catalogs of the interface texts to what the source says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.wording.message_catalogs import (
    Changes,
    compile_catalog,
    extract_messages,
    languages,
    update_catalog,
)
from home.wording.package_messages import (
    DOMAINS,
    compile_package_catalog,
    update_package_catalog,
)


class Command(BaseCommand):
    help = "收集代码和模板里的界面文字，更新 site/locale/ 里各种语言的译文表。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="只报告会改动什么，不写文件。"
        )
        parser.add_argument(
            "--start",
            choices=languages(),
            help="开始翻译这种语言：把全部界面文字列进还是空的译文表。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        template = extract_messages()
        self.stdout.write(f"界面文字：{len(template)} 条")
        for language in languages():
            changes = update_catalog(
                language,
                template,
                is_started=language == options["start"],
                is_dry_run=options["dry_run"],
            )
            if not options["dry_run"]:
                compile_catalog(language)
            self._report(language, changes)
        for domain in DOMAINS:
            self._update_packages(domain, is_dry_run=options["dry_run"])

    def _update_packages(self, domain: str, *, is_dry_run: bool) -> None:
        changes = update_package_catalog(domain, is_dry_run=is_dry_run)
        if not is_dry_run:
            compile_package_catalog(domain)
        self.stdout.write(
            f"zh-hans（软件包的文字，{domain}）：删除 {len(changes.removed)} 条，"
            f"没有译文 {len(changes.untranslated)} 条"
        )
        for text in changes.untranslated:
            self.stdout.write(self.style.WARNING(f"  缺译文：{text}"))

    def _report(self, language: str, changes: Changes) -> None:
        self.stdout.write(
            f"{language}：新增 {len(changes.added)} 条，删除 {len(changes.removed)} 条，"
            f"没有译文 {len(changes.untranslated)} 条"
        )
        for simplified, traditional in changes.converted:
            self.stdout.write(f"  请通读：{simplified} → {traditional}")
        # Of the others, gaps are allowed: readers see the Chinese text there.
        if language == "en":
            for text in changes.untranslated:
                self.stdout.write(self.style.WARNING(f"  缺译文：{text}"))
