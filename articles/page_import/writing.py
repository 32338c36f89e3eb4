"""Writes pages by the thousand, with all that publishing one by one would write.

What ``add_child``, ``save_revision`` and ``publish`` do for a page (its rows, revision,
history, references, what the public may see, Wagtail's search index) is done here for
many at once. A test holds both ways against each other, field by field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from articles.models import ArticlePage, OldAddress
from articles.page_import import indexes
from articles.page_import.marks import filled
from articles.page_import.reading import PagePlan
from home.models import Audience, Portal, Topic, localized, slug_of
from home.outbox import record_change

BATCH = 500
MAIN = settings.LANGUAGE_CODE
BODY = localized("body", MAIN)
# How a page stands while its first revision is made.
AS_DRAFT = {"live": False, "has_unpublished_changes": False, "last_published_at": None}


@dataclass(slots=True)
class Written:
    """A page with its plan; ``revision`` comes last."""

    plan: PagePlan
    page: ArticlePage
    revision: Revision = field(default_factory=Revision)


def write_pages(
    portal: Portal,
    plans: Sequence[PagePlan],
    files: Mapping[tuple[str, str], int],
    now: datetime,
) -> list[int]:
    """The numbers of the new pages, in the order of the plans.

    To be called inside a transaction; ``files``: numbers of pictures and documents.
    """
    columns = _columns(plans)
    written = list(_make_pages(plans, columns, now))
    _insert_page_rows(written)
    _fill_in_bodies(portal, written, files)
    _insert_article_rows(written)
    _insert_revisions(written, now)
    _insert_terms(written)
    _insert_history(written, now)
    _insert_old_addresses(portal, written)
    indexes.fill([one.page for one in written])
    for column_id, count in Counter(plan.column_id for plan in plans).items():
        columns[column_id].add(count)
        record_change(portal, "branch", column_id)
    return [one.page.pk for one in written]


# --- the tree ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Column:
    """Where the next page below a column goes."""

    row: Page
    last_step: int
    slugs: set[str]

    def add(self, count: int) -> None:
        Page.objects.filter(pk=self.row.pk).update(numchild=F("numchild") + count)

    def place(self, page: ArticlePage) -> None:
        self.last_step += 1
        page.depth = self.row.depth + 1
        page.path = Page._get_path(self.row.path, page.depth, self.last_step)
        page.slug = self._free_slug(slug_of(page.title))
        page.url_path = f"{self.row.url_path}{page.slug}/"
        page.locale_id = self.row.locale_id

    def _free_slug(self, wanted: str) -> str:
        slug, number = wanted, 1
        while slug in self.slugs:
            number += 1
            slug = f"{wanted}-{number}"
        self.slugs.add(slug)
        return slug


def _columns(plans: Sequence[PagePlan]) -> dict[int, _Column]:
    ids = {plan.column_id for plan in plans}
    # Locked, so that nobody adds a page at the same place meanwhile.
    rows = Page.objects.select_for_update().filter(pk__in=ids).order_by("path")
    columns = {}
    for row in rows:
        below = Page.objects.child_of(row).order_by("-path")
        last = below.values_list("path", flat=True).first()
        step = Page._str2int(last[-Page.steplen :]) if last else 0
        slugs = set(below.values_list("slug", flat=True))
        columns[row.pk] = _Column(row, step, slugs)
    return columns


# --- rows --------------------------------------------------------------------------------


def _make_pages(
    plans: Sequence[PagePlan], columns: Mapping[int, _Column], now: datetime
) -> Iterator[Written]:
    content_type = ContentType.objects.get_for_model(ArticlePage)
    topics, audiences = Topic.objects.in_bulk(), Audience.objects.in_bulk()
    relations = [
        relation.get_accessor_name()
        for relation in get_all_child_relations(ArticlePage)
    ]
    for plan in plans:
        is_public = not plan.losses
        page = ArticlePage(
            content_type=content_type,
            title=plan.heading,
            draft_title=plan.heading,
            live=is_public,
            has_unpublished_changes=not is_public,
            first_published_at=plan.moment,
            last_published_at=now if is_public else None,
            latest_revision_created_at=now,
            imported_at=now,
            imported_from=plan.addresses.written,
            source=plan.source,
            author=plan.author,
            **{
                localized("heading", MAIN): plan.heading,
                localized("summary", MAIN): plan.summary,
            },
        )
        # Known to be empty or complete: nobody has to ask the database for them.
        for relation in relations:
            setattr(page, relation, [])
        page.topics = [topics[pk] for pk in plan.topics]
        page.audiences = [audiences[pk] for pk in plan.audiences]
        columns[plan.column_id].place(page)
        yield Written(plan, page)


def _insert_page_rows(written: Sequence[Written]) -> None:
    names = [
        column.attname
        for column in Page._meta.local_concrete_fields
        if not column.primary_key
    ]
    rows = [
        Page(**{name: getattr(one.page, name) for name in names}) for one in written
    ]
    Page._base_manager.bulk_create(rows, batch_size=BATCH)
    for one, row in zip(written, rows, strict=True):
        # Django sets the link to the parent alone, and a revision asks for the number.
        one.page.pk = one.page.id = row.pk


def _fill_in_bodies(
    portal: Portal, written: Sequence[Written], files: Mapping[tuple[str, str], int]
) -> None:
    """Now that all pages have numbers, links between them can be written."""
    numbers = dict(files)
    known = OldAddress.objects.filter(portal=portal)
    for address, page_id in known.values_list("address", "page_id"):
        numbers["page", address] = page_id
    for one in written:
        for key in one.plan.addresses.keys:
            numbers["page", key] = one.page.pk
    block = ArticlePage._meta.get_field(BODY).stream_block
    for one in written:
        raw = [
            {**part, "value": filled(part["value"], numbers)} for part in one.plan.body
        ]
        setattr(one.page, BODY, StreamValue(block, raw, is_lazy=True))


def _insert_article_rows(written: Sequence[Written]) -> None:
    """Django's ``bulk_create`` refuses tables with a parent; the parents are there."""
    rows: QuerySet[ArticlePage] = QuerySet(ArticlePage)
    rows._batched_insert(  # type: ignore[attr-defined]  # not public, see the docstring
        [one.page for one in written], ArticlePage._meta.local_concrete_fields, BATCH
    )


def _insert_revisions(written: Sequence[Written], now: datetime) -> None:
    own = ContentType.objects.get_for_model(ArticlePage)
    base = ContentType.objects.get_for_model(Page)
    for one in written:
        one.revision = Revision(
            content_type=own,
            base_content_type=base,
            object_id=str(one.page.pk),
            created_at=now,
            object_str=str(one.page),
            content=one.page.serializable_data()
            | AS_DRAFT
            | {"latest_revision_created_at": None},
        )
    Revision.objects.bulk_create([one.revision for one in written], batch_size=BATCH)
    for one in written:
        one.page.latest_revision = one.revision
        one.page.live_revision = one.revision if one.page.live else None
    latest = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())
    )
    number = Subquery(latest.values("pk")[:1])
    for start in range(0, len(written), BATCH):
        chunk = written[start : start + BATCH]
        for is_public in (True, False):
            ids = [one.page.pk for one in chunk if one.page.live == is_public]
            pointers = {"latest_revision": number}
            if is_public:
                pointers["live_revision"] = number
            if ids:
                Page._base_manager.filter(pk__in=ids).update(**pointers)


def _insert_terms(written: Sequence[Written]) -> None:
    for name in ("topics", "audiences"):
        relation: Any = ArticlePage._meta.get_field(name)
        through: type[Model] = relation.remote_field.through
        page_column = f"{relation.m2m_field_name()}_id"
        term_column = f"{relation.m2m_reverse_field_name()}_id"
        through._default_manager.bulk_create(
            (
                through(**{page_column: one.page.pk, term_column: term})
                for one in written
                for term in getattr(one.plan, name)
            ),
            batch_size=BATCH,
        )


def _insert_history(written: Sequence[Written], now: datetime) -> None:
    """Who looks at a page's history sees that it was imported, when and from where."""
    content_type = ContentType.objects.get_for_model(ArticlePage)
    action_id = uuid4()

    def entry(one: Written, action: str, **values: Any) -> PageLogEntry:
        return PageLogEntry(
            content_type=content_type,
            label=one.page.get_admin_display_title(),
            action=action,
            timestamp=now,
            uuid=action_id,
            page_id=one.page.pk,
            content_changed=True,
            **values,
        )

    entries = []
    for one in written:
        origin = {"imported_from": one.page.imported_from}
        entries.append(entry(one, "wagtail.create", data=origin))
        if one.page.live:
            entries.append(entry(one, "wagtail.publish", revision=one.revision))
    PageLogEntry.objects.bulk_create(entries, batch_size=BATCH)


def _insert_old_addresses(portal: Portal, written: Sequence[Written]) -> None:
    OldAddress.objects.bulk_create(
        (
            OldAddress(
                portal=portal,
                address=key,
                page_id=one.page.pk,
                source_hash=one.plan.source_hash,
            )
            for one in written
            for key in one.plan.addresses.keys
        ),
        batch_size=BATCH,
    )
    Redirect.objects.bulk_create(
        (
            Redirect(
                site=portal.site,
                old_path=path,
                redirect_page_id=one.page.pk,
                is_permanent=True,
                automatically_created=True,
            )
            for one in written
            for path in one.plan.addresses.paths
        ),
        batch_size=BATCH,
    )
