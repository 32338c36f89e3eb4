"""Two portals with something of every kind that an archive has to carry."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from home.models import Office, PortalLimits
from search.models import PortalSynonym
from tests.factories import ArticlePageFactory, PortalFixture, TwoPortals, stream
from tests.media.factories import PortalDocumentFactory, PortalImageFactory


def enrich(fixture: PortalFixture) -> None:
    """Pictures, files, links inside the portal, a draft, records, redirects."""
    portal, marker = fixture.portal, fixture.marker
    image = PortalImageFactory(
        title=f"{marker}图片",
        collection=portal.collection,
        alt_text_zh_hans=f"{marker}调解现场",
        with_renditions=True,
    )
    image.tags.add(f"{marker}标签")
    document = PortalDocumentFactory(
        title=f"{marker}表格", collection=portal.collection
    )
    rich = (
        f'<p>{marker}见<a linktype="page" id="{fixture.question.pk}">问答</a>'
        f'和<a linktype="document" id="{document.pk}">表格</a>。</p>'
    )
    article = ArticlePageFactory(
        parent=fixture.column,
        slug="duli",
        heading_zh_hans=f"{marker}有图",
        cover=image,
        body_zh_hans=stream(("text", rich)),
        topics=list(fixture.article.topics.all()),
        owner=fixture.author,
    )
    article.save_revision(user=fixture.author).publish()
    article.heading_zh_hans = f"{marker}草稿标题"
    article.save_revision(user=fixture.author)
    hidden = ArticlePageFactory(
        parent=fixture.column, slug="neibu", heading_zh_hans=f"{marker}内部"
    )
    hidden.save_revision().publish()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    _add_records(fixture, article, image)


def _add_records(fixture: PortalFixture, article: Any, image: Any) -> None:
    portal, marker = fixture.portal, fixture.marker
    Office.objects.create(portal=portal, name_zh_hans=f"{marker}股", phone="1")
    PortalSynonym.objects.create(
        portal=portal, lay=f"{marker}土话", legal="工资", reason="试"
    )
    Redirect.add_redirect("/jiu", article, site=portal.site)
    PortalLimits.objects.create(portal=portal, max_users=7)
    identity = portal.site.publisheridentity
    identity.logo = image
    identity.save()


def enrich_both(portals: TwoPortals) -> TwoPortals:
    for fixture in portals:
        enrich(fixture)
    return portals
