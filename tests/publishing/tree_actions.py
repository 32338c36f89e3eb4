"""What editors do to the trees of two portals, at random, and how trees are compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from articles.models import PolicyDocumentPage
from home.models import Office, Portal, Region, Topic
from home.outbox import record_change
from home.publication import PublicationError
from publishing.light_rows import PageRow
from publishing.portal_tree import Tree
from statutes.models import Category, Statute
from tests.directory_factories import ServicePointPageFactory
from tests.factories import (
    PUBLISHED_AT,
    ArticlePageFactory,
    ColumnPageFactory,
    OfficeFactory,
    QuestionPageFactory,
    TopicFactory,
    TwoPortals,
    stream,
)
from tests.policy_factories import (
    CataloguePageFactory,
    InterpretationPageFactory,
    PolicyDocumentPageFactory,
)

Action = Callable[["Editors"], Any]
ACTIONS: dict[str, Action] = {}
# After these, everything may be read anew; after all others a tree is patched.
RARE = {"speak_another_language"}


@dataclass(slots=True)
class Editors:
    """Two portals and whoever works in them; ``done``: what they did, for a failure."""

    portals: TwoPortals
    random: Random
    done: list[str] = field(default_factory=list)
    count: int = 0

    def act(self) -> str:
        name = self.random.choice(sorted(ACTIONS))
        self.done.append(name)
        self.count += 1
        # What may not be published as it stands is refused as a whole; treebeard
        # cannot move some pages to the front on SQLite, and undoes that.
        refused = (PublicationError, IntegrityError)
        with suppress(*refused), transaction.atomic():
            ACTIONS[name](self)
        return name

    # --- choosing ----------------------------------------------------------------------

    def portal(self) -> Any:
        return self.random.choice(list(self.portals))

    def pages(self, *, containers: bool = False, **wanted: Any) -> list[Page]:
        home = self.portal().home
        found = Page.objects.descendant_of(home).filter(**wanted).order_by("pk")
        return [
            page
            for page in found.specific()
            if page.specific_class.is_container == containers
        ]

    def page(self, **wanted: Any) -> Any:
        found = self.pages(**wanted)
        return self.random.choice(found) if found else None

    def column(self, **wanted: Any) -> Any:
        """A column of either portal; where there is none any more, a new one."""
        found = self.pages(containers=True, **wanted)
        found = [page for page in found if page.kind == "column"]
        if not found:
            return ColumnPageFactory(parent=self.portal().home)
        return self.random.choice(found)

    def topics(self) -> list[Topic]:
        every = list(Topic.objects.order_by("pk"))
        return self.random.sample(every, self.random.randint(0, min(3, len(every))))

    def moment(self) -> dict[str, Any]:
        moment = PUBLISHED_AT - timedelta(days=self.random.choice([0, 1, 200, 400]))
        return {"first_published_at": moment, "last_published_at": moment}

    def english(self) -> dict[str, Any]:
        if self.random.random() < 0.5:
            return {}
        return {
            "heading_en": f"English {self.count}",
            "body_en": stream(("text", "<p>x</p>")),
        }


def action(made: Action) -> Action:
    ACTIONS[made.__name__] = made
    return made


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
    ArticlePageFactory(parent=editors.column(), live=False, **editors.moment())


@action
def publish_a_change(editors: Editors) -> None:
    page = editors.page(alias_of=None)
    if page is not None:
        page.heading_zh_hans = f"改过{editors.count}"
        page.save_revision().publish()


@action
def change_the_citations(editors: Editors) -> None:
    page = editors.page(live=True, alias_of=None)
    if page is not None and page.kind == "article":
        number = editors.random.choice(["一", "二", "三条至第五"])
        page.body_zh_hans = stream(("text", f"<p>见《民法典》第{number}条。</p>"))
        page.save_revision().publish()


@action
def change_the_topics(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None and page.specific_class.has_topics:
        page.topics.set(editors.topics())
        page.save()


@action
def translate(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None:
        page.heading_en = "" if page.heading_en else f"Translated {editors.count}"
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


@action
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


@action
def withdraw_a_column(editors: Editors) -> None:
    column = editors.column()
    if editors.random.random() < 0.4:
        everything_below = editors.random.random() < 0.3
        UnpublishPageAction(
            column,
            include_descendants=everything_below,
            user=editors.portals.qingshan.admin,
        ).execute(skip_permission_checks=True)


@action
def publish_a_column_again(editors: Editors) -> None:
    hidden = editors.pages(containers=True, live=False, alias_of=None)
    if hidden:
        editors.random.choice(hidden).save_revision().publish()


@action
def delete_a_column(editors: Editors) -> None:
    if editors.random.random() < 0.2:
        editors.column().delete()


@action
def change_the_home_page(editors: Editors) -> None:
    home = editors.portal().home.specific
    home.summary_zh_hans = f"简介{editors.count}"
    home.save_revision().publish()


@action
def make_private(editors: Editors) -> None:
    page = editors.random.choice([editors.page(), editors.column()])
    if page is not None and not page.view_restrictions.exists():
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )


@action
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
        page.create_alias(parent=parent, update_slug=f"alias-{editors.count}")


@action
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


@action
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


@action
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


@action
def delete_a_topic(_editors: Editors) -> None:
    topic = Topic.objects.exclude(slug="qianxin").order_by("pk").first()
    if topic is not None:
        topic.delete()


@action
def save_an_office(editors: Editors) -> None:
    OfficeFactory(portal=editors.portal().portal, name=f"股室{editors.count}")


@action
def delete_an_office(_editors: Editors) -> None:
    office = Office.objects.order_by("pk").first()
    if office is not None:
        office.delete()


@action
def add_a_statute(editors: Editors) -> None:
    portal = editors.random.choice([None, editors.portal().portal])
    statute = Statute.objects.create(
        title=f"某办法{editors.count}",
        slug=f"banfa-{editors.count}",
        category=Category.LAW,
        portal=portal,
    )
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


# --- comparing -----------------------------------------------------------------------------


def everything(tree: Tree) -> dict[str, Any]:
    """Every field of a tree and all that can be asked of it, in plain values."""
    ids = sorted(tree.rows)
    languages = tree.languages
    return {
        "rows": {pk: row_of(tree, pk) for pk in ids},
        "places": {pk: row.tree_path for pk, row in tree.rows.items()},
        "paths": {path: row.id for path, row in tree.by_path.items()},
        "paths' rows": {path: row.tree_path for path, row in tree.by_path.items()},
        "ids by place": tree.ids_by_tree_path,
        "children": below(tree),
        "topics": tree.topics,
        "audiences": tree.audiences,
        "page topics": tree.page_topics,
        "page audiences": tree.page_audiences,
        "names": tree.names.title("minfadian"),
        "listed": tree.listed,
        "lists": {pk: lists_of(tree, pk) for pk in ids},
        "lists made": {
            language: tree.lists_made[language].keys() for language in languages
        },
        "kinds": {
            row.kind: [row_of(tree, one.id) for one in tree.of_kind(row.kind)]
            for row in tree.rows.values()
        },
        "kinds' places": {
            row.id: row.tree_path
            for kind in {row.kind for row in tree.rows.values()}
            for row in tree.of_kind(kind)
        },
        "kinds' rows": all(
            tree.rows[row.id] is row
            for kind in {row.kind for row in tree.rows.values()}
            for row in tree.of_kind(kind)
        ),
        "about": {pk: tree.about[pk] for pk in tree.about.keys() & tree.rows.keys()},
        "cards": {(pk, code): tree.card(pk, code) for pk in ids for code in languages},
        "siblings": {
            (pk, code): tree.siblings(pk, code) for pk in ids for code in languages
        },
        "nearest": {
            (topics, code): tree.nearest(topics, code, "", 4)
            for topics in set(tree.page_topics.values())
            for code in languages
            if "/" in tree.by_path
        },
        "pages": {pk: of_page(tree, pk) for pk in ids},
        "citing": tree.citations.pages_citing("minfadian", "zh-hans"),
        "statutes": tree.citations.statutes(),
        "library": tree.citations.library(),
        "offices": [office.pk for office in tree.details.records(Office)],
        "regions": tree.details.regions(["000002"]),
    }


def row_of(tree: Tree, page_id: int) -> PageRow | None:
    """But for what it is about, where that is a page of the other portal: a copy of an
    interpretation still names its document, and nobody is told when that goes."""
    row = tree.rows.get(page_id)
    if row is None or row.target_id in tree.rows:
        return row
    return replace(row, target_id=None)


def below(tree: Tree) -> dict[int, list[int]]:
    return {pk: [row.id for row in rows] for pk, rows in tree.children.items()}


def lists_of(tree: Tree, page_id: int) -> list[Any]:
    return [tree.card_list(page_id, code) for code in tree.languages]


def of_page(tree: Tree, page_id: int) -> tuple[Any, ...]:
    """Everything that a tree knows of one page by itself."""
    return (
        row_of(tree, page_id),
        tree.page_topics.get(page_id, ()),
        tree.page_audiences.get(page_id, ()),
        [tree.details.facts(page_id, code) for code in tree.languages],
        tree.citations.of_page(page_id),
    )


def ask_for_some(tree: Tree, random: Random) -> None:
    """What is found on demand is there, or it is not, when the next change comes."""
    questions: list[Callable[[], Any]] = [
        lambda: [tree.card(pk, code) for pk in tree.rows for code in tree.languages],
        lambda: tree.card_list(0, tree.languages[0]),
        lambda: tree.card_list(0, tree.languages[-1]),
        lambda: tree.listed,
        lambda: tree.about,
        lambda: tree.of_kind("article"),
        lambda: tree.of_kind("column"),
        lambda: tree.details.facts(0, "zh-hans"),
        lambda: tree.citations.library(),
        lambda: tree.details.records(Office),
        lambda: [
            tree.nearest(topics, "zh-hans", "", 4)
            for topics in tree.page_topics.values()
            if "/" in tree.by_path
        ],
    ]
    for question in random.sample(questions, random.randint(0, len(questions))):
        question()
