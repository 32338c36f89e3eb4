"""What not even the readers of a place may see, and a person who has left it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Comment, Page, PageSubscription, PageViewRestriction

from articles.models import ArticlePage
from home.models import PortalRole
from home.portals import people
from home.publication import system_release
from home.review.models import ReviewPolicy
from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.directory_factories import DirectoryPageFactory, ServicePointPageFactory
from tests.factories import (
    ColumnPageFactory,
    QuestionPageFactory,
    UserFactory,
    stream,
)
from tests.isolation import place_pages
from tests.policy_factories import PolicyDocumentPageFactory


def fill(place: Any) -> None:
    """A draft of every kind whose page has files or lists of its own."""
    things, tag = place.things, f"{place.mark}{place.secret}"
    things.closed_column = ColumnPageFactory(
        parent=things.home,
        slug=f"{tag}-column",
        heading_zh_hans=f"{tag}栏目",
        show_in_menus=True,
        live=False,
    )
    # Published by itself, and its column is not.
    place_pages.article(place, "below", parent=things.closed_column)
    for kind, factory, parent, texts in (
        (
            "question",
            QuestionPageFactory,
            things.column,
            {"answer_zh_hans": f"{tag}先问。", "wordings_zh_hans": f"{tag}土话问法"},
        ),
        ("campaign", CampaignPageFactory, things.column, {}),
        ("event", EventPageFactory, things.campaign, {}),
        ("policy", PolicyDocumentPageFactory, things.column, {}),
        ("directory", DirectoryPageFactory, things.home, {}),
        (
            "point",
            ServicePointPageFactory,
            things.directory,
            {"township": things.township},
        ),
    ):
        page = factory(
            parent=parent,
            slug=f"{tag}-{kind}",
            heading_zh_hans=f"{tag} {things.word}",
            live=False,
            first_published_at=None,
            last_published_at=None,
            **texts,
        )
        setattr(things, f"closed_{kind}", page)


def open_everything(place: Any) -> None:
    """What was closed is public from now on."""
    PageViewRestriction.objects.filter(page__path__startswith=place.home.path).delete()
    pages = Page.objects.descendant_of(Page.objects.get(pk=place.home.pk))
    with system_release():
        for page in pages.exclude(pk=place.faulty.pk).order_by("path").specific():
            if page.slug.startswith(f"{place.mark}{place.secret}"):
                page.expire_at = page.go_live_at = None
                page.save_revision().publish()
        article = ArticlePage.objects.get(pk=place.article.pk)
        article.get_latest_revision().publish()


def cite(place: Any, other: Any) -> None:
    """A public page that names another place's regulation, by the name that does not
    say whose it is."""
    words = f"《{other.nickname}》第一条"
    blocks = (("text", f"<p>见{words}。</p>"), ("citation", words))
    place_pages.article(place, "citing")
    page = ArticlePage.objects.get(pk=place.citing.pk)
    page.body_zh_hans = stream(*blocks)
    page.save_revision().publish()


def move_person(superuser: Any, before: Any, after: Any) -> Any:
    """Somebody who worked for one place, and left traces, and works for another now."""
    person = UserFactory(username=f"{after.mark}.moved")
    people.set_role(superuser, before.portal, person, PortalRole.Role.EDITOR)
    place_pages.article(before, "left", owner=person)
    locked = place_pages.article(before, "left_locked", owner=person)
    locked.locked, locked.locked_by = True, person
    locked.locked_at = timezone.now()
    locked.save()
    sent = place_pages.article(
        before, "left_sent", owner=person, live=False, first_published_at=None
    )
    before.workflow.start(sent, person)
    comment = Comment.objects.create(
        page_id=before.left.pk,
        user=person,
        text=f"{before.mark}我的意见",
        contentpath="heading_zh_hans",
    )
    before.things.left_comment = comment
    PageSubscription.objects.create(
        page_id=before.left.pk, user=person, comment_notifications=True
    )
    for stage in before.way.stage_tasks.all():
        stage.reviewers.add(person, before.users["editor"])
    policy = ReviewPolicy.objects.get(portal=before.portal)
    policy.releasers.add(person, before.users["admin"])
    people.set_role(superuser, before.portal, person, None)
    people.set_role(superuser, after.portal, person, PortalRole.Role.ADMIN)
    return person
