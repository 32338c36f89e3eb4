"""Fill the empty database with the articles of the benchmark."""

import json
from argparse import ArgumentParser
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.models import ArticlePage, ColumnPage, HomePage, SiteIdentity, Topic

IDENTITY = {
    "site_name": "青山县普法网",
    "site_domain": "www.bench.example",
    "site_id_code": "0000000002",
    "organizer": "青山县人民政府办公室",
    "publisher": "青山县司法局",
    "phone": "0000-12348",
    "icp_number": "演ICP备000002号",
}


class Command(BaseCommand):
    help = "Fill an empty database from a file of the benchmark's articles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("content", type=Path)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        data = json.loads(options["content"].read_text(encoding="utf-8"))
        with disable_reference_index_auto_update():
            home = self._home()
            columns = [
                home.add_child(
                    instance=ColumnPage(
                        slug=slug,
                        title=title,
                        summary=summary,
                        show_in_menus=number < data["menu"],
                    )
                )
                for number, (slug, title, summary) in enumerate(data["columns"])
            ]
            topics = [
                Topic.objects.create(slug=slug, name=name)
                for slug, name in data["topics"]
            ]
            for row in data["articles"]:
                article = self._article(row)
                article.topics = [topics[number] for number in row["topics"]]
                columns[row["column"]].add_child(instance=article)
                article.save_revision()

    def _home(self) -> HomePage:
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="青山县普法网", slug="home"))
        Site.objects.all().delete()
        site = Site.objects.create(
            hostname="pufa.bench.example", root_page=home, is_default_site=True
        )
        SiteIdentity.objects.create(site=site, **IDENTITY)
        return home

    def _article(self, row: dict[str, Any]) -> ArticlePage:
        body = [{"type": "heading", "value": row["heading"]}] if row["heading"] else []
        text = "".join(
            f"<p>{escape(line, quote=False)}</p>" for line in row["paragraphs"]
        )
        body.append({"type": "paragraph", "value": text})
        moment = datetime.fromisoformat(row["moment"])
        return ArticlePage(
            slug=row["slug"],
            title=row["title"],
            summary=row["summary"],
            date=moment,
            first_published_at=moment,
            body=json.dumps(body),
        )
