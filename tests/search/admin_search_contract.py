"""What the admin's search must do, whichever database or server holds its index.

Two counties have the same titles, and everything is asked as the admin's views ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from modelsearch.query import And, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.models import Page

from articles.models import ArticlePage
from home.roles import pages_of
from media.models import PortalDocument, PortalImage
from tests.factories import (
    ArticlePageFactory,
    PortalFixture,
    TwoPortals,
    make_two_portals,
)
from tests.home.admin_asking import logged_in
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

TITLES = {
    "wages": "农民工欠薪求助指南",
    "short": "欠薪投诉",
    "arrears": "拖欠工资怎么讨",
    "land": "土地承包纠纷调解",
    "traffic": "道路交通安全法宣传",
    "code": "《民法典》第四十六条解读",
    "brief": "2026年第3期普法简报：Wi-Fi 与诈骗",
    "contract": "繁體標題：勞動合同",
    "form": "法律援助申请表_2024.docx",
}
# What is typed, and what is found: every word, wherever it stands in the title.
QUERIES = {
    "欠薪": {"wages", "short"},
    "农民工 欠薪": {"wages"},
    "欠薪 农民工": {"wages"},
    "欠薪　指南": {"wages"},
    "欠薪指南": {"wages"},
    "农民工欠薪求助指南": {"wages"},
    "農民工欠薪": {"wages"},
    "勞動合同": {"contract"},
    "劳动合同": {"contract"},
    "欠": {"wages", "short", "arrears"},
    "薪": {"wages", "short", "青山记号讨薪成功"},
    "安全": {"traffic"},
    "交通安全法": {"traffic"},
    "安全法 宣传": {"traffic"},
    "民法典": {"code"},
    "第46条": {"code"},
    "第四十六条": {"code"},
    "46条": {"code"},
    "2026": {"brief"},
    "２０２６年": {"brief"},
    "二〇二六年": {"brief"},
    "第三期": set(),  # 期 is no measure, and nothing says 第三
    "WI-FI": {"brief"},
    "fi": {"brief"},
    "2024": {"form"},
    "docx": {"form"},
    "农民工 土地": set(),
    "工农": set(),
    "薪求助": {"wages"},
    "土地流转": set(),
    "？": set(),
    '"': set(),
    '"欠薪"': {"wages", "short"},
    "欠薪* OR (": set(),  # signs are passed over; “or” is a word like any other
    "'欠薪' \\": {"wages", "short"},
    "欠薪:*&|!<->": {"wages", "short"},
    "%欠薪_": {"wages", "short"},
}
# While somebody types, what is there of the last word counts.
TYPED = {
    "农": {"wages"},
    "农民": {"wages"},
    "农民工欠": {"wages"},
    "农民工欠薪求": {"wages"},
    "欠薪 求助指": {"wages"},
    "w": {"brief"},
    "wi": {"brief"},
    "202": {"brief", "form"},
    "第46": {"code"},
    "普法 wi": {"brief"},
    "wi 普法": {"brief"},
    "w 普法": set(),  # not the last word: it is whole
    "do": {"form"},
}
COMBINED: dict[str, tuple[SearchQuery, set[str]]] = {
    "any word": (PlainText("投诉 土地 流转", operator="or"), {"short", "land"}),
    "any word, no pair of one": (PlainText("农民工 工农业", operator="or"), {"wages"}),
    "phrase": (Phrase("薪求助"), {"wages"}),
    "phrase in another order": (Phrase("指南欠薪"), set()),
    "phrase with a gap": (Phrase("欠薪指南"), set()),
    "both": (And([PlainText("欠薪"), Phrase("求助指南")]), {"wages"}),
    "either": (Or([Phrase("欠薪投诉"), PlainText("土地 承包")]), {"short", "land"}),
    "not": (And([PlainText("欠薪"), Not(PlainText("投诉"))]), {"wages"}),
    "with an empty part": (
        And([PlainText("欠薪"), PlainText("？")]),
        {"wages", "short"},
    ),
}


class AdminSearchContract:
    """Derive from it, and bring ``search_place``, a fixture of the class: an empty index."""

    @pytest.fixture(scope="class")
    @classmethod
    def shared_places(
        cls,
        search_place: None,
        django_db_setup: None,
        django_db_blocker: DjangoDbBlocker,
    ) -> Iterator[TwoPortals]:
        """Made once; what a test changes is undone in the database."""
        with django_db_blocker.unblock(), transaction.atomic():
            portals = make_two_portals()
            for portal in portals:
                add_titles(portal)
            yield portals
            transaction.set_rollback(True)

    @pytest.fixture
    def places(self, shared_places: TwoPortals, db: None) -> TwoPortals:
        self.settle()
        return shared_places

    def settle(self) -> None:
        """Wait until what was saved can be found."""

    # --- queries ---------------------------------------------------------------------

    def test_queries_find_what_has_every_word(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        for query, expected in QUERIES.items():
            assert keys(own.search(query)) == expected, query
            assert keys(own.autocomplete(query)) == expected, query

    def test_half_typed_queries_find_as_well(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        for query, expected in TYPED.items():
            assert keys(own.autocomplete(query)) == expected, query

    def test_queries_can_be_combined(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        for name, (query, expected) in COMBINED.items():
            assert keys(own.search(query)) == expected, name
            assert keys(own.autocomplete(query)) == expected, name

    def test_the_operator_can_be_given(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        found = own.search("投诉 土地", operator="or")
        assert keys(found) == {"short", "land"}
        assert keys(own.search("投诉 土地", operator="and")) == set()

    def test_the_fields_can_be_given(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        assert keys(own.search("欠薪", fields=["title"])) == {"wages", "short"}
        PortalImageFactory(
            title="院坝", alt_text_zh_hans="两户村民说话", credit="司法局"
        )
        self.settle()
        everything = PortalImage.objects.all()
        assert everything.search("村民", fields=["title"]).count() == 0
        assert everything.search("村民", fields=["alt_text_zh_hans"]).count() == 1
        assert everything.search("村民").count() == 1

    # --- order and pages of a list -----------------------------------------------------

    def test_the_better_match_comes_first(self, places: TwoPortals) -> None:
        found = own_pages(places.qingshan).search("欠薪")
        assert [page.title for page in found] == [TITLES["short"], TITLES["wages"]]

    def test_another_order_can_be_asked_for(self, places: TwoPortals) -> None:
        found = own_pages(places.qingshan)
        for sign in ("", "-"):
            pages = list(found.autocomplete("欠", order_by=f"{sign}id"))
            assert (
                pages
                == sorted(pages, key=lambda page: page.pk, reverse=bool(sign))
                != []
            )

    def test_pages_of_the_list_divide_what_was_found(self, places: TwoPortals) -> None:
        found = own_pages(places.qingshan).autocomplete("欠")
        assert found.count() == len(found) == 3
        first, rest = list(found[:2]), list(found[2:10])
        assert (len(first), len(rest)) == (2, 1)
        assert {*first, *rest} == set(found)
        assert found[:2].count() == 2
        assert found[0] == first[0]

    # --- the index follows ----------------------------------------------------------------

    def test_changed_and_deleted_pages(self, places: TwoPortals) -> None:
        own = own_pages(places.qingshan)
        page = ArticlePage.objects.get(pk=own.get(title=TITLES["land"]).pk)
        page.heading_zh_hans = "宅基地确权"
        page.save()
        self.settle()
        assert (own.search("土地").count(), own.search("确权").count()) == (0, 1)
        page.delete()
        self.settle()
        assert own.search("确权").count() == 0
        assert own_pages(places.baihe).search("土地").count() == 1

    # --- views, as an editor of one county --------------------------------------------------

    def test_explorer_below_a_column(self, places: TwoPortals) -> None:
        own = places.qingshan
        address = reverse("wagtailadmin_explore", args=[own.column.pk])
        for query in ("欠薪", "農民工", "欠薪求", "薪"):
            response = logged_in(own.editor).get(address, {"q": query})
            shown = {page.pk for page in response.context["object_list"]}
            assert shown, query
            assert shown <= pks(own_pages(own)), query

    def test_explorer_search_of_everything(self, places: TwoPortals) -> None:
        for own in places:
            client = logged_in(own.editor)
            for query in ("欠薪", "欠薪 live:true", '"欠薪"'):
                response = client.get(
                    reverse("wagtailadmin_pages:search"), {"q": query}
                )
                shown = response.context["object_list"]
                assert keys(shown) == {"wages", "short"}, query
                assert {page.pk for page in shown} <= pks(own_pages(own)), query
            ordered = client.get(
                reverse("wagtailadmin_pages:search"), {"q": "欠薪", "ordering": "title"}
            )
            assert keys(ordered.context["object_list"]) == {"wages", "short"}

    def test_page_chooser(self, places: TwoPortals) -> None:
        for own in places:
            for query in ("欠薪", "农民工 欠薪", "农民工欠薪求"):
                response = logged_in(own.editor).get(
                    reverse("wagtailadmin_choose_page_search"),
                    {"q": query, "page_type": "articles.articlepage"},
                )
                shown = {page.pk for page in response.context["pages"]}
                assert shown, query
                assert shown <= pks(own_pages(own)), query

    @pytest.mark.parametrize("kind", ["image", "document"])
    def test_pictures_and_files(self, places: TwoPortals, kind: str) -> None:
        media = {own.portal.pk: add_media(own) for own in places}
        self.settle()
        views = {
            "image": ("wagtailimages:index", "wagtailimages_chooser:choose_results"),
            "document": ("wagtaildocs:index", "wagtaildocs_chooser:choose_results"),
        }
        context_name = {
            "image": ("images", "results"),
            "document": ("documents", "results"),
        }
        for own in places:
            mine = next(one for one in media[own.portal.pk] if kind_of(one) == kind)
            for view, name in zip(views[kind], context_name[kind], strict=True):
                client = logged_in(own.editor)
                for query in ("欠薪", "欠薪 农民工", "農民工欠", "薪"):
                    shown = client.get(reverse(view), {"q": query}).context[name]
                    assert [one.pk for one in shown] == [mine.pk], (view, query)
                assert not client.get(reverse(view), {"q": "工农"}).context[name]


def add_titles(portal: PortalFixture) -> None:
    for key, title in TITLES.items():
        ArticlePageFactory(parent=portal.column, slug=f"t-{key}", heading_zh_hans=title)


def own_pages(portal: PortalFixture) -> QuerySet[Page]:
    """As the explorer shows them to the portal's editor."""
    return pages_of(portal.editor, Page.objects.all())


def keys(pages: Iterable[Any]) -> set[str]:
    names = {title: key for key, title in TITLES.items()}
    found = [names.get(page.title, page.title) for page in pages]
    assert len(found) == len(set(found)), found
    return set(found)


def pks(pages: QuerySet[Any]) -> set[int]:
    return set(pages.values_list("pk", flat=True))


def add_media(portal: PortalFixture) -> tuple[PortalImage, PortalDocument]:
    collection = portal.portal.collection
    title = "农民工欠薪宣传画"
    return (
        PortalImageFactory(title=title, collection=collection),
        PortalDocumentFactory(title=title, collection=collection),
    )


def kind_of(media: Any) -> str:
    return "image" if isinstance(media, PortalImage) else "document"
