"""The portal of this project that publishes the articles, in an empty database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from articles.models import ArticlePage
from articles.page_import.reading import Addresses, PagePlan
from articles.page_import.writing import write_pages
from home.models import ColumnPage, Portal, Topic
from home.portals.provisioning import ColumnSpec, PortalSpec, create_portal
from home.streams import RawBlock
from home.worker import run_once
from tests.benchmarks.publishing.content import COLUMNS, MENU, TOPICS, Article

HOST = "bench.localhost"
PUBLIC_BASE = "https://pufa.bench.example"
AT_ONCE = 500


def make_own_portal(articles: Sequence[Article]) -> Portal:
    """Written as an import writes them: with revisions, history, both indexes."""
    with translation.override(settings.LANGUAGE_CODE):
        portal = _portal()
        topics = [
            Topic.objects.create(slug=slug, name_zh_hans=name, order=order).pk
            for order, (slug, name) in enumerate(TOPICS, start=1)
        ]
        columns = {
            page.slug: page.pk
            for page in ColumnPage.objects.child_of(portal.site.root_page)
        }
        ids = [columns[slug] for slug, _heading, _summary in COLUMNS]
        waiting = iter(articles)
        while batch := list(islice(waiting, AT_ONCE)):
            with transaction.atomic():
                plans = [_plan(article, ids, topics) for article in batch]
                write_pages(portal, plans, {}, timezone.now())
        # Written here, not brought from an old website.
        ArticlePage.objects.update(imported_at=None, imported_from="")
        run_once()
    return portal


def _portal() -> Portal:
    return create_portal(
        PortalSpec(
            host=HOST,
            slug="bench",
            portal={
                "name_zh_hans": "青山县普法网",
                "region_name_zh_hans": "青山县",
                "region_code": "000002",
                "level": Portal.Level.COUNTY,
                "public_base": PUBLIC_BASE,
            },
            hosting={
                "site_name_zh_hans": "青山县人民政府",
                "site_domain": "www.bench.example",
                "site_id_code": "0000000002",
                "organizer_zh_hans": "青山县人民政府办公室",
                "phone": "0000-0000000",
                "icp_number": "演ICP备000002号",
            },
            publisher={"name_zh_hans": "青山县司法局", "phone": "0000-12348"},
            columns=list(_columns()),
        )
    )


def _columns() -> Iterable[ColumnSpec]:
    for number, (slug, heading, summary) in enumerate(COLUMNS):
        values = {
            "heading_zh_hans": heading,
            "summary_zh_hans": summary,
            "keywords_zh_hans": heading,
            "show_in_menus": number < MENU,
        }
        yield ColumnSpec(slug, values)


def _plan(article: Article, columns: Sequence[int], topics: Sequence[int]) -> PagePlan:
    return PagePlan(
        row=0,
        addresses=Addresses("", (), ()),
        column_id=columns[article.column],
        heading=article.title,
        summary=article.summary,
        author="",
        source="",
        moment=article.moment,
        topics=tuple(topics[number] for number in article.topics),
        audiences=(),
        body=_body(article),
        source_hash="",
    )


def _body(article: Article) -> list[RawBlock]:
    body: list[RawBlock] = []
    if article.heading:
        body.append(
            {"type": "heading", "value": {"text": article.heading, "level": "h2"}}
        )
    text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in article.paragraphs)
    body.append({"type": "text", "value": text})
    return body
