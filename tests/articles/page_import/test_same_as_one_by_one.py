"""Pages written in bulk are what ``add_child`` and ``publish`` would have written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from articles.models import ArticlePage
from home.models import MediaUse, OutwardLink
from statutes.models import Citation
from tests.articles.page_import.old_site import OldSite, picture
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-20T10:00:00+08:00")
# Differ between any two pages, however they are made.
OWN = {"id", "page_ptr", "pk", "path", "slug", "url_path", "translation_key"}


@pytest.fixture
def imported(two_portals: TwoPortals, old_site: OldSite) -> ArticlePage:
    """A page with everything that an import brings."""
    old_site.file("a.png", picture())
    old_site.file("form.txt", "申请表".encode())
    old_site.page("other")
    old_site.page(
        "full",
        "<p>见《民法典》第一千零四十六条，<a href='other.html'>另一页</a>和"
        "<a href='https://x.example/'>外站</a>，<a href='form.txt'>表</a>在这里。</p>"
        "<h2>小标题</h2><img src='a.png' alt='院坝里的调解'>"
        "<p>附件：<a href='form.txt'>申请表.txt</a></p>"
        "<table><tr><th>甲</th><th>乙</th></tr><tr><td>一</td><td>《刑法》第一条</td></tr></table>",
        主题="qianxin",
        人群="cunmin",
        摘要="讲什么",
        作者="某人",
        来源="某局",
        人物肖像="无人",
    )
    with time_machine.travel(NOW, tick=False):
        summary = old_site.bring(two_portals.qingshan.portal)
    assert not summary.faults, summary.faults
    return ArticlePage.objects.get(pk=summary.pages[1])


@pytest.fixture
def one_by_one(imported: ArticlePage) -> ArticlePage:
    """The same content, made as a program makes a page without the import."""
    column = imported.get_parent().specific
    page = ArticlePage(
        live=False,
        slug="one-by-one",
        body_zh_hans=json.dumps(imported.stream_data("body", "zh-hans")),
        **{
            name: getattr(imported, name)
            for name in (
                "heading_zh_hans",
                "summary_zh_hans",
                "author",
                "source",
                "first_published_at",
                "imported_at",
                "imported_from",
            )
        },
    )
    page.topics = list(imported.topics.all())
    page.audiences = list(imported.audiences.all())
    with time_machine.travel(NOW, tick=False):
        column.add_child(instance=page)
        page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def values(row: Model) -> dict[str, Any]:
    fields = {field.name: field.value_from_object(row) for field in row._meta.fields}
    return {name: value for name, value in fields.items() if name not in OWN}


def revision_of(page: Page) -> Revision:
    revision: Revision = Revision.objects.get(
        object_id=str(page.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return revision


def test_every_column_is_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    pointers = {"latest_revision", "live_revision"}
    ours, theirs = values(imported), values(one_by_one)
    assert {name for name in ours if ours[name] != theirs[name]} == pointers
    for page in (imported, one_by_one):
        assert page.latest_revision == page.live_revision == revision_of(page)


def test_the_bare_page_rows_are_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    ours, theirs = (
        values(Page.objects.get(pk=page.pk)) for page in (imported, one_by_one)
    )
    assert {name for name in ours if ours[name] != theirs[name]} == {
        "latest_revision",
        "live_revision",
    }


def test_the_revisions_hold_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    ours, theirs = revision_of(imported), revision_of(one_by_one)
    assert ours.content.keys() == theirs.content.keys()
    for revision, page in ((ours, imported), (theirs, one_by_one)):
        held = {name: revision.content[name] for name in ("pk", "path", "slug")}
        assert held == {"pk": page.pk, "path": page.path, "slug": page.slug}
    assert {
        name for name in ours.content if ours.content[name] != theirs.content[name]
    } <= OWN
    columns = set(values(ours)) - {"object_id", "content"}
    assert {n: values(ours)[n] for n in columns} == {
        n: values(theirs)[n] for n in columns
    }


@pytest.mark.parametrize("make", [MediaUse, OutwardLink, Citation])
def test_the_public_records_are_the_same(
    make: type[Model], imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    def rows(page: Page) -> list[dict[str, Any]]:
        found = make._default_manager.filter(page_id=page.pk).order_by("pk")
        return [{k: v for k, v in values(row).items() if k != "page"} for row in found]

    assert rows(imported) == rows(one_by_one) != []


def test_the_references_are_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    def rows(page: Page) -> set[tuple[Any, ...]]:
        found = ReferenceIndex.get_references_for_object(page)
        return {
            tuple(value for name, value in values(row).items() if name != "object_id")
            for row in found
        }

    assert rows(imported) == rows(one_by_one)
    assert len(rows(imported)) >= 4  # a page, a picture, a file twice


def test_wagtails_search_index_holds_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    def row(page: Page) -> dict[str, Any]:
        content_type = ContentType.objects.get_for_model(ArticlePage)
        entry = IndexEntry.objects.get(
            object_id=str(page.pk), content_type=content_type
        )
        return {
            k: v
            for k, v in values(entry).items()
            if k not in ("object_id", "title_norm")
        }

    assert row(imported) == row(one_by_one)


def test_the_public_search_index_is_given_the_same(
    imported: ArticlePage, one_by_one: ArticlePage
) -> None:
    ours, theirs = imported.search_entries(), one_by_one.search_entries()
    assert len(ours) == 1
    assert [e.__class__ for e in ours] == [e.__class__ for e in theirs]
    for name in ours[0].__slots__:
        if name not in ("key", "path"):
            assert getattr(ours[0], name) == getattr(theirs[0], name), name


def test_the_history_tells_of_making_and_publishing(imported: ArticlePage) -> None:
    entries = PageLogEntry.objects.filter(page_id=imported.pk).order_by("pk")
    assert [entry.action for entry in entries] == ["wagtail.create", "wagtail.publish"]
    assert {entry.timestamp for entry in entries} == {NOW}
    assert entries[0].data == {"imported_from": imported.imported_from}
    assert entries[1].revision == imported.latest_revision
    for entry in entries:
        entry.full_clean()


def test_the_tree_is_whole(imported: ArticlePage, one_by_one: ArticlePage) -> None:
    assert not any(Page.find_problems())
    column = imported.get_parent(update=True)
    assert column.numchild == column.get_children().count()


def test_what_was_written_passes_the_checks_of_a_form(imported: ArticlePage) -> None:
    imported.full_clean()
    field = ArticlePage._meta.get_field("body_zh_hans")
    field.stream_block.clean(imported.body_zh_hans)
    assert imported.publication_problems() == []
