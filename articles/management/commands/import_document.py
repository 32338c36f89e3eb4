"""``manage.py import_document FILE --portal HOST``: a file becomes a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.document_import import MAX_BYTES, ImportRefusedError
from articles.models import ImportedOriginal
from articles.originals.drafts import (
    MODELS,
    ImportOrder,
    columns_of,
    import_document,
)
from home.models import ColumnPage, Portal

SHOWN_PLACES = 5


class Command(BaseCommand):
    help = "把一份公文（.txt、.html）导入为草稿，并列出发现的问题；从不直接发布。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--portal", required=True, metavar="HOST", help="导入到哪个门户。"
        )
        parser.add_argument(
            "--column",
            default="",
            metavar="SLUG",
            help="放到哪个栏目；不写就放到相应类别的第一个栏目。",
        )
        parser.add_argument(
            "--kind",
            choices=[str(kind) for kind in MODELS],
            default="",
            help="不写就按内容判断。",
        )
        parser.add_argument(
            "--again", action="store_true", help="同一个文件导入过，也再导入一次。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        portal = _portal(options["portal"])
        path: Path = options["file"]
        order = ImportOrder(
            content=_content(path),
            name=path.name,
            portal=portal,
            column=_column(portal, options["column"]),
            kind=options["kind"],
            again=options["again"],
        )
        try:
            original = import_document(order)
        except ImportRefusedError as error:
            raise CommandError(f"{path}：{error}") from error
        self._report(original)

    def _report(self, original: ImportedOriginal) -> None:
        for finding in original.shown_findings():
            style = self.style.ERROR if finding["is_severe"] else self.style.WARNING
            name = "严重" if finding["is_severe"] else "提示"
            self.stdout.write(style(f"{name}：{finding['sentence']}"))
            places = finding["places"]
            for place in places[:SHOWN_PLACES]:
                where = f"第 {place['line']} 行：" if place["line"] else ""
                self.stdout.write(f"    {where}{place['excerpt'][:80]}")
            if len(places) > SHOWN_PLACES:
                self.stdout.write(f"    ……一共 {len(places)} 处")
        severe = sum(1 for item in original.shown_findings() if item["is_severe"])
        self.stdout.write(
            self.style.SUCCESS(
                f"已导入为草稿：{original.page.title}（/admin/pages/{original.page_id}/edit/），"
                f"严重 {severe} 条，提示 {len(original.findings) - severe} 条"
            )
        )


def _portal(host: str) -> Portal:
    portal = Portal.objects.select_related("site").filter(site__hostname=host).first()
    if portal is None:
        known = "、".join(Portal.objects.values_list("site__hostname", flat=True))
        raise CommandError(f"没有这个门户：{host}。现有：{known}。")
    return portal


def _column(portal: Portal, slug: str) -> ColumnPage | None:
    if not slug:
        return None
    column = columns_of(portal).filter(slug=slug).first()
    if column is None:
        known = "、".join(columns_of(portal).values_list("slug", flat=True))
        raise CommandError(f"门户里没有这个栏目：{slug}。现有：{known}。")
    return column


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise CommandError(f"没有这个文件：{path}") from error
    except OSError as error:
        raise CommandError(f"打不开文件：{path}（{error.strerror}）") from error
