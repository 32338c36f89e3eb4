"""The pages of a place: public, withdrawn, draft, scheduled, locked, in review …"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    PageSubscription,
    PageViewRestriction,
    Workflow,
)

from articles.gate.deciding import open_findings
from articles.gate.records import record
from articles.models import ArticlePage
from home.findings import Finding, Severity
from home.models import ColumnPage
from home.review import setting_up
from home.review.models import ReviewSheet, ReviewWay
from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.directory_factories import DirectoryPageFactory, ServicePointPageFactory
from tests.factories import (
    CITATION,
    ArticlePageFactory,
    AudienceFactory,
    ColumnPageFactory,
    QuestionPageFactory,
    TopicFactory,
    stream,
)
from tests.media.factories import PortalDocumentFactory, PortalImageFactory
from tests.policy_factories import InterpretationPageFactory, PolicyDocumentPageFactory

# Articles that no reader may see, as they stand.
CLOSED = frozenset(
    {"draft", "withdrawn", "scheduled", "submitted", "strict", "private", "below"}
)


def fill(place: Any) -> None:
    _media(place)
    _columns(place)
    _articles(place)
    _other_kinds(place)
    _states(place)
    _findings(place)
    _talk(place)


def _media(place: Any) -> None:
    """Of what is shown, of what only a draft has, and of what was withdrawn."""
    things = place.things
    things.collection = place.portal.collection
    for name in ("shown", "drafted", "taken_down"):
        mark = place.mark + (place.secret if name != "shown" else "")
        image = PortalImageFactory(
            title=f"{mark}图{name} {things.word}",
            collection=things.collection,
            file__filename=f"{mark}-{name}.jpg",
            alt_text_zh_hans=f"{mark}替代文字",
            credit=f"{mark}摄",
            uploaded_by_user=place.users["author"],
            with_renditions=True,
        )
        image.tags.add(f"{mark}-{name}-tag")
        document = PortalDocumentFactory(
            title=f"{mark}文件{name} {things.word}",
            collection=things.collection,
            file__filename=f"{mark}-{name}.pdf",
            uploaded_by_user=place.users["author"],
        )
        document.tags.add(f"{mark}-{name}-tag")
        setattr(things, f"{name}_image", image)
        setattr(things, f"{name}_document", document)
        setattr(things, f"{name}_rendition", image.renditions.order_by("pk").first())
    things.bare = PortalImageFactory(
        title=f"{place.mark}没说明", collection=things.collection, alt_text_zh_hans=""
    )
    things.image, things.document = things.shown_image, things.shown_document
    things.subcollection = things.collection.add_child(name=f"{place.mark}子集合")


def _columns(place: Any) -> None:
    things, mark = place.things, place.mark
    things.home = Page.objects.get(pk=place.portal.site.root_page_id)
    # Provisioning has made one.
    things.first_column = things.home.get_children().get()
    for name, letter in (("column", "a"), ("column2", "b"), ("empty_column", "c")):
        column = ColumnPageFactory(
            parent=things.home,
            slug=f"{mark}-{letter}",
            heading_zh_hans=f"{mark}栏目{letter} {things.word}",
            summary_zh_hans=f"{mark}的摘要",
            keywords_zh_hans=mark,
            column_type=ColumnPage.ColumnType.NEWS,
            owner=place.users["admin"],
        )
        column.save_revision(user=place.users["admin"]).publish()
        setattr(things, name, column)


def article(place: Any, name: str, **values: Any) -> Any:
    """An article whose every text, picture and file is marked; with the secret as well
    while the public may not see it."""
    things, owner = place.things, values.pop("owner", place.users["author"])
    mark = place.mark + (place.secret if name in CLOSED else "")
    page = ArticlePageFactory(
        parent=values.pop("parent", things.column),
        slug=f"{mark}-{name}",
        heading_zh_hans=f"{mark}{name} {things.word}",
        heading_en=f"{mark} {name} {things.word}",
        summary_zh_hans=f"{mark}{name}的摘要",
        body_zh_hans=_body(
            place, mark, **{k: values.pop(k, None) for k in ("image", "file")}
        ),
        body_en=stream(("text", f"<p>{mark} text</p>")),
        topics=[TopicFactory()],
        audiences=[AudienceFactory()],
        owner=owner,
        **values,
    )
    page.save_revision(user=owner, log_action=True)
    setattr(things, name, page)
    return page


def _body(place: Any, mark: str, image: Any, file: Any) -> str:
    law = f"《{place.mark}条例》第一条"
    blocks: list[tuple[str, Any]] = [
        ("text", f"<p>{mark}的正文 {place.things.word}，见{CITATION}、{law}。</p>"),
        ("heading", {"text": f"{mark}小标题", "level": "h2"}),
    ]
    if image is not None:
        blocks.append(("picture", {"image": image.pk, "caption": f"{mark}图说"}))
    if file is not None:
        blocks.append(("attachment", {"document": file.pk}))
    return stream(*blocks)


def _articles(place: Any) -> None:
    things = place.things
    shown = {"image": things.shown_image, "file": things.shown_document}
    article(place, "article", **shown)
    article(place, "neighbour")
    article(place, "doomed")
    article(
        place,
        "draft",
        image=things.drafted_image,
        file=things.drafted_document,
        live=False,
        first_published_at=None,
        last_published_at=None,
    )
    withdrawn = article(
        place,
        "withdrawn",
        image=things.taken_down_image,
        file=things.taken_down_document,
    )
    withdrawn.save_revision().publish()
    ArticlePage.objects.get(pk=withdrawn.pk).unpublish()
    things.alias = things.article.create_alias(
        parent=things.column2, update_slug=f"{place.mark}-alias"
    )


def _other_kinds(place: Any) -> None:
    things, mark = place.things, place.mark
    things.question = QuestionPageFactory(
        parent=things.column,
        slug=f"{mark}-question",
        heading_zh_hans=f"{mark}老板不给工钱怎么办？{things.word}",
        wordings_zh_hans=f"{mark}工资要不回来",
        answer_zh_hans=f"{mark}先投诉。",
        whom_zh_hans=f"{mark}人社局",
    )
    things.campaign = CampaignPageFactory(
        parent=things.column, slug=f"{mark}-campaign", heading_zh_hans=f"{mark}宣传月"
    )
    things.event = EventPageFactory(
        parent=things.campaign, slug=f"{mark}-event", heading_zh_hans=f"{mark}咨询"
    )
    things.policy = PolicyDocumentPageFactory(
        parent=things.column,
        slug=f"{mark}-policy",
        heading_zh_hans=f"关于{mark}的通知 {things.word}",
    )
    things.interpretation = InterpretationPageFactory(
        parent=things.column,
        slug=f"{mark}-interpretation",
        heading_zh_hans=f"{mark}大白话",
        document=things.policy,
    )
    things.directory = DirectoryPageFactory(
        parent=things.home, slug=f"{mark}-directory", heading_zh_hans=f"{mark}名录"
    )
    things.point = ServicePointPageFactory(
        parent=things.directory,
        slug=f"{mark}-point",
        heading_zh_hans=f"{mark}司法所",
        township=things.township,
    )
    for name in ("question", "campaign", "event", "policy", "interpretation"):
        getattr(things, name).save_revision(user=place.users["editor"])


def _states(place: Any) -> None:
    things, users = place.things, place.users
    scheduled = article(place, "scheduled", live=False, first_published_at=None)
    scheduled.go_live_at = timezone.now() + timedelta(days=3)
    things.scheduled_revision = scheduled.save_revision(user=users["editor"])
    things.scheduled_revision.publish()
    locked = article(place, "locked")
    locked.locked, locked.locked_by = True, users["admin"]
    locked.locked_at = timezone.now()
    locked.save()
    submitted = article(place, "submitted", live=False, first_published_at=None)
    things.workflow = Workflow.objects.get(
        workflow_pages__page_id=place.portal.site.root_page_id
    )
    things.workflow_state = things.workflow.start(submitted, users["author"])
    things.task_state = things.workflow_state.current_task_state
    things.task = things.task_state.task
    things.sheet = ReviewSheet.objects.filter(page_id=submitted.pk).first()
    things.way = ReviewWay.objects.get(page_id=place.portal.site.root_page_id)
    strict_column = ColumnPageFactory(
        parent=things.column2, slug=f"{place.mark}-s", heading_zh_hans=place.mark
    )
    things.column_way = setting_up.create_way(place.portal, strict_column, 2)
    things.strict_draft = article(
        place, "strict", parent=strict_column, live=False, first_published_at=None
    )
    ReviewSheet.objects.create(
        portal=place.portal,
        kind=ReviewSheet.Kind.EMERGENCY,
        state=ReviewSheet.State.PUBLISHED,
        page_id=things.article.pk,
        title=f"{place.mark}紧急",
        opened_at=timezone.now(),
        content_hash="3" * 64,
        reason=f"{place.mark}理由",
    )
    private = article(place, "private")
    things.restriction = PageViewRestriction.objects.create(
        page=private, restriction_type="password", password=f"{place.mark}口令"
    )
    changed = ArticlePage.objects.get(pk=things.article.pk)
    changed.heading_zh_hans = f"{place.mark}{place.secret}还没有公开 {things.word}"
    things.revision = changed.save_revision(user=users["editor"], log_action=True)
    things.old_revision = things.article.revisions.order_by("pk").first()


def _findings(place: Any) -> None:
    """What the gate found on a public page, and a draft that it refuses."""
    things = place.things
    page = article(place, "faulty", live=False, first_published_at=None)
    page.summary_zh_hans = f"{place.mark}人民调节委员会"
    page.save_revision(user=place.users["editor"])
    things.digest = open_findings(page)[0].digest()
    hint = Finding("page", Severity.HINT, f"{place.mark}请再看一眼")
    things.page_check = record(things.article, [hint])


def _talk(place: Any) -> None:
    things, users = place.things, place.users
    things.comment = Comment.objects.create(
        page_id=things.article.pk,
        user=users["editor"],
        text=f"{place.mark}意见",
        contentpath="heading_zh_hans",
    )
    CommentReply.objects.create(
        comment=things.comment, user=users["author"], text=f"{place.mark}答复"
    )
    PageSubscription.objects.create(
        page_id=things.article.pk, user=users["author"], comment_notifications=True
    )
