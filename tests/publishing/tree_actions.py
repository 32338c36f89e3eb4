"""What editors do to the trees of two portals."""

from __future__ import annotations

from typing import Any

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from articles.models import PolicyDocumentPage
from home.models import Office, Portal, Region, Topic
from home.outbox import record_change
from tests.directory_factories import ServicePointPageFactory
from tests.factories import (
    ArticlePageFactory,
    ColumnPageFactory,
    OfficeFactory,
    QuestionPageFactory,
    TopicFactory,
    stream,
)
from tests.policy_factories import (
    CataloguePageFactory,
    InterpretationPageFactory,
    PolicyDocumentPageFactory,
)
from tests.publishing.tree_editors import ACTIONS as ACTIONS
from tests.publishing.tree_editors import RARE as RARE
from tests.publishing.tree_editors import Editors as Editors
from tests.publishing.tree_editors import action, rare_action
from tests.publishing.world import make_statute

# --- pages -------------------------------------------------------------------------------


@action
def publish_an_article(editors: Editors) -> None:
    values = {**editors.moment(), **editors.english(), "topics": editors.topics()}
    ArticlePageFactory(parent=editors.column(), **values)


@action
def publish_a_question(editors: Editors) -> None:
    QuestionPageFactory(
        parent=editors.column(), topics=editors.topics(), **editors.moment()
    )


@action
def save_a_draft(editors: Editors) -> None:
    page = editors.page(alias_of=None)
    if page is not None:
        page.heading_zh_hans = f"草稿{editors.count}"
        page.save_revision()


@action
def begin_an_article(editors: Editors) -> None:
    columns = editors.columns()
    if columns:  # making one would be public
        parent = editors.random.choice(columns)
        ArticlePageFactory(parent=parent, live=False, **editors.moment())


@action
def publish_a_change(editors: Editors) -> None:
    page = editors.page(alias_of=None)
    if page is not None:
        page.heading_zh_hans = f"改过{editors.count}"
        page.save_revision().publish()


@rare_action(2)
def change_the_citations(editors: Editors) -> None:
    page = editors.page(live=True, alias_of=None, articlepage__isnull=False)
    if page is not None:
        number = editors.random.choice(["一", "二", "三条至第五"])
        page.body_zh_hans = stream(("text", f"<p>见《民法典》第{number}条。</p>"))
        page.save_revision().publish()


@rare_action(3)
def change_the_topics(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None and page.specific_class.has_topics:
        page.topics.set(editors.topics())
        page.save()


@rare_action(2)
def translate(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None:
        page.heading_en = "" if page.heading_en else f"Translated {editors.count}"
        if page.body_field in page.stream_fields:
            setattr(page, f"{page.body_field}_en", stream(("text", "<p>x</p>")))
        elif page.body_field:
            setattr(page, f"{page.body_field}_en", "Text")
        page.save()


@action
def withdraw(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None:
        page.unpublish()


@action
def delete(editors: Editors) -> None:
    page = editors.page()
    if page is not None:
        page.delete()


@action
def change_the_address(editors: Editors) -> None:
    page = editors.page()
    if page is not None:
        page.slug = f"neu-{editors.count}"
        page.save()


@action
def change_the_date(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None:
        page.first_published_at = editors.moment()["first_published_at"]
        page.save()


# --- the tree ----------------------------------------------------------------------------


def _moved(editors: Editors, page: Any, target: Any) -> None:
    is_below = target.path.startswith(page.path)
    if not is_below and page.pk != target.pk:
        places = ["first-child", "last-child"]
        Page.objects.get(pk=page.pk).move(
            Page.objects.get(pk=target.pk), pos=editors.random.choice(places)
        )


def _free_slug(editors: Editors, page: Any) -> None:
    """No two pages of one parent have the same slug."""
    page.slug = f"zug-{editors.count}"
    page.save()
    page.refresh_from_db()


@action
def move_to_a_column(editors: Editors) -> None:
    page = editors.page()
    if page is not None:
        _free_slug(editors, page)
        _moved(editors, page, editors.column())


@action
def move_a_column(editors: Editors) -> None:
    column = editors.column()
    _free_slug(editors, column)
    _moved(editors, column, editors.column())


@rare_action(5)
def reorder(editors: Editors) -> None:
    page = editors.random.choice([editors.page(), editors.column()])
    beside = list(page.get_siblings(inclusive=False)) if page is not None else []
    if beside:
        place = editors.random.choice(["left", "right", "first-sibling"])
        chosen = editors.random.choice(beside)
        Page.objects.get(pk=page.pk).move(chosen, pos=place)


@action
def make_a_column(editors: Editors) -> None:
    parent = editors.random.choice([editors.portal().home, editors.column()])
    ColumnPageFactory(parent=parent, heading_en=f"Column {editors.count}")


@action
def rename_a_column(editors: Editors) -> None:
    column = editors.column(alias_of=None)
    column.heading_zh_hans = f"改名的栏目{editors.count}"
    column.save_revision().publish()


@action
def change_the_address_of_a_column(editors: Editors) -> None:
    column = editors.column()
    column.slug = f"spalte-{editors.count}"
    column.save()


@rare_action(2)
def withdraw_a_column(editors: Editors) -> None:
    column = editors.small_column()
    if editors.random.random() < 0.6:
        everything_below = editors.random.random() < 0.3
        UnpublishPageAction(
            column,
            include_descendants=everything_below,
            user=editors.portals.qingshan.admin,
        ).execute(skip_permission_checks=True)


@rare_action(6)
def publish_a_column_again(editors: Editors) -> None:
    hidden = editors.pages(containers=True, live=False, alias_of=None)
    hidden += editors.pages(containers=True, live=False, alias_of=None)
    if hidden:
        editors.random.choice(hidden).save_revision().publish()


@rare_action(4)
def delete_a_column(editors: Editors) -> None:
    if editors.random.random() < 0.5:
        editors.small_column().delete()


@action
def change_the_home_page(editors: Editors) -> None:
    home = editors.portal().home.specific
    home.summary_zh_hans = f"简介{editors.count}"
    home.save_revision().publish()


@action
def make_private(editors: Editors) -> None:
    page = editors.random.choice([editors.page(), editors.small_column()])
    if page is not None and not page.view_restrictions.exists():
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )


@rare_action(2)
def make_public(editors: Editors) -> None:
    for restriction in PageViewRestriction.objects.order_by("pk")[:2]:
        restriction.delete()


@action
def copy_a_branch(editors: Editors) -> None:
    column = editors.column()
    target = editors.portal().home
    if column.get_descendants().count() < 6:
        slug = {"slug": f"kopie-{editors.count}"}
        column.copy(recursive=True, to=target, update_attrs=slug)


@action
def make_an_alias(editors: Editors) -> None:
    page = editors.page(live=True, alias_of=None)
    if page is not None:
        parent = editors.column()
        if page.kind == "interpretation" and page.portal != parent.portal:
            return  # refused: its document stays behind
        page.create_alias(parent=parent, update_slug=f"alias-{editors.count}")


@rare_action(5)
def change_a_page_with_aliases(editors: Editors) -> None:
    page = editors.page(live=True, alias_of=None, aliases__isnull=False)
    if page is not None:
        page.heading_zh_hans = f"别名也改{editors.count}"
        page.save_revision().publish()


# --- documents and places ------------------------------------------------------------------


@action
def publish_a_document(editors: Editors) -> None:
    document = PolicyDocumentPageFactory(
        parent=editors.column(), topics=editors.topics(), **editors.moment()
    )
    InterpretationPageFactory(parent=document.get_parent(), document=document)


@rare_action(5)
def delete_a_document(editors: Editors) -> None:
    found = PolicyDocumentPage.objects.order_by("pk").first()
    if found is not None:
        found.delete()


@action
def make_a_catalogue(editors: Editors) -> None:
    slug = f"mulu-{editors.count}"
    CataloguePageFactory(parent=editors.column(), slug=slug)


@action
def publish_a_service_point(editors: Editors) -> None:
    code = f"000002{editors.count % 900:03}"
    region, _made = Region.objects.get_or_create(
        code=code, defaults={"name_zh_hans": f"镇{editors.count}"}
    )
    ServicePointPageFactory(parent=editors.column(), township=region)


@rare_action(4)
def delete_a_region(_editors: Editors) -> None:
    found = Region.objects.filter(code__startswith="000002").exclude(code="000002")
    last = found.order_by("-pk").first()
    if last is not None:
        last.delete()


# --- what is no page -----------------------------------------------------------------------


@action
def make_a_topic(editors: Editors) -> None:
    TopicFactory(
        slug=f"thema-{editors.count}",
        name_zh_hans=f"主题{editors.count}",
        order=editors.random.randint(1, 200),
    )


@action
def reorder_the_topics(editors: Editors) -> None:
    topic = editors.random.choice(list(Topic.objects.order_by("pk")))
    topic.order = editors.random.randint(1, 200)
    topic.name_zh_hans = f"改名{editors.count}"
    topic.save()


@rare_action(2)
def delete_a_topic(_editors: Editors) -> None:
    topic = Topic.objects.exclude(slug="qianxin").order_by("pk").first()
    if topic is not None:
        topic.delete()


@rare_action(2)
def save_an_office(editors: Editors) -> None:
    OfficeFactory(portal=editors.portal().portal, name=f"股室{editors.count}")


@rare_action(4)
def delete_an_office(_editors: Editors) -> None:
    office = Office.objects.order_by("pk").first()
    if office is not None:
        office.delete()


@rare_action(2)
def add_a_statute(editors: Editors) -> None:
    portal = editors.random.choice([None, editors.portal().portal])
    name = f"banfa-{editors.count}"
    statute = make_statute(f"某办法{editors.count}", name, portal)
    record_change(None, "statute", statute.pk)


@action
def rename_the_portal(editors: Editors) -> None:
    portal = Portal.objects.get(pk=editors.portal().portal.pk)
    portal.name_zh_hans = f"改名的门户{editors.count}"
    portal.save()


@action
def speak_another_language(editors: Editors) -> None:
    portal = Portal.objects.get(pk=editors.portals.baihe.portal.pk)
    is_one = len(portal.languages) == 1
    portal.languages = ["zh-hans", "en"] if is_one else ["zh-hans"]
    portal.save()
