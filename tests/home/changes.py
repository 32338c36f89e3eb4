"""Every kind of change that the outbox has to hear of, and the rows that it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page, PageViewRestriction

from home.models import (
    Change,
    ChangeCounter,
    HostingIdentity,
    Portal,
    PublisherIdentity,
    Topic,
)
from media.models import PortalDocument, PortalImage
from tests.factories import TwoPortals
from tests.home.pages import picture

Subjects = list[tuple[int | None, str, str]]


def rows_after(number: int) -> Subjects:
    rows = Change.objects.filter(number__gt=number)
    return list(rows.values_list("portal_id", "subject", "key"))


def last_number() -> int:
    return ChangeCounter.objects.get(pk=1).last


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def changes(portals: TwoPortals) -> dict[str, tuple[Callable[[], object], Subjects]]:
    """name → (the change, the rows it must leave behind)."""
    own, other = portals.qingshan, portals.baihe
    pk = own.portal.pk
    article, column = own.article, own.column
    image = picture(own.portal)
    document = PortalDocument(
        title="申请表", file="documents/none.pdf", collection=own.portal.collection
    )
    PortalDocument.objects.bulk_create([document])
    document = PortalDocument.objects.latest("pk")
    topic = Topic.objects.create(name_zh_hans="土地", slug="tudi")
    site = own.portal.site
    page_row = (pk, "page", str(article.pk))
    portal_row = (None, "portal", str(pk))
    topic_row = (None, "topic", str(topic.pk))
    return {
        "publish": (lambda: fresh(article).save_revision().publish(), [page_row]),
        "unpublish": (lambda: fresh(article).unpublish(), [page_row]),
        "unpublish the bare row": (
            lambda: Page.objects.get(pk=article.pk).unpublish(),
            [page_row],
        ),
        "move": (
            lambda: fresh(article).move(fresh(other.home), pos="last-child"),
            [
                (other.portal.pk, "page", str(article.pk)),
                (other.portal.pk, "branch", str(article.pk)),
                (pk, "branch", str(article.pk)),
            ],
        ),
        "delete": (lambda: fresh(article).delete(), [page_row]),
        "column": (
            lambda: fresh(column).save_revision().publish(),
            [(pk, "branch", str(column.pk))],
        ),
        "restriction": (
            lambda: PageViewRestriction.objects.create(
                page=column, restriction_type="login"
            ),
            [(pk, "branch", str(column.pk))],
        ),
        "hosting": (
            lambda: HostingIdentity.objects.get(site=site).save(),
            [(pk, "portal", str(pk))],
        ),
        "publisher": (
            lambda: PublisherIdentity.objects.get(site=site).save(),
            [(pk, "portal", str(pk))],
        ),
        "portal": (lambda: Portal.objects.get(pk=pk).save(), [portal_row]),
        "host": (lambda: site.save(), [portal_row]),
        "topic": (lambda: topic.save(), [topic_row]),
        "topic deleted": (lambda: Topic.objects.get(pk=topic.pk).delete(), [topic_row]),
        "topics deleted together": (
            lambda: Topic.objects.filter(pk=topic.pk).delete(),
            [topic_row],
        ),
        "image": (lambda: image.save(), [(pk, "media", f"portalimage:{image.pk}")]),
        "image deleted": (
            lambda: PortalImage.objects.get(pk=image.pk).delete(),
            [(pk, "media", f"portalimage:{image.pk}")],
        ),
        "document": (
            lambda: document.save(),
            [(pk, "media", f"portaldocument:{document.pk}")],
        ),
    }


NAMES = [
    "publish",
    "unpublish",
    "unpublish the bare row",
    "move",
    "delete",
    "column",
    "restriction",
    "hosting",
    "publisher",
    "portal",
    "host",
    "topic",
    "topic deleted",
    "topics deleted together",
    "image",
    "image deleted",
    "document",
]
