"""The search page as plain data."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup

from home.models import Portal, Topic
from home.presentation import Card, PortalData
from search.engines import get_engine
from search.indexing import rebuild
from search.pages import (
    SearchLinks,
    SearchNames,
    SearchSources,
    read_request,
    search_view,
)
from search.presentation import AnswerView, SearchView
from tests.search.tree import Tree

LINKS = SearchLinks(
    own=lambda path, fragment: path + (f"#{fragment}" if fragment else ""),
    other=lambda portal_id, path, fragment: f"https://portal-{portal_id}{path}",
)


def portal_data(portal: Portal) -> PortalData:
    return PortalData(
        id=portal.pk,
        host=portal.host,
        name=portal.name,
        region_name=portal.region_name,
        level=portal.level,
        state=portal.state,
        languages=("zh-hans",),
        service_base="",
        is_demo=False,
        change_number=0,
    )


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(shared_tree: Tree) -> Tree:
    tree = shared_tree
    wages = Topic.objects.create(name_zh_hans="欠薪", slug="qianxin")
    for number in range(12):
        tree.article(tree.qingshan, f"欠薪通报{number}", topics=[wages])
    tree.question(tree.qingshan, "欠薪找谁？")
    tree.article(tree.baihe, "白鹤县欠薪举报电话")
    rebuild(get_engine())
    return tree


def view(tree: Tree, portal: Portal | None = None, **params: str) -> SearchView:
    names = SearchNames(
        topics={"qianxin": "欠薪"},
        portals={p.pk: p.name for p in (tree.prefecture, tree.qingshan, tree.baihe)},
        wider="云岭市",
    )
    data = portal_data(portal or tree.qingshan)
    return search_view(data, "zh-hans", params, LINKS, names)


def query_of(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def test_hits_link_inside_the_portal(filled: Tree) -> None:
    page = view(filled, q="欠薪")

    assert page.total >= 13
    own = [hit for hit in page.hits if hit.kind == "article"]
    assert own
    assert all(hit.href.startswith("/wenda/") for hit in own)
    assert all(hit.portal_name == "" for hit in page.hits)
    assert {hit.kind_label for hit in own} == {"文章"}


def test_anchor_of_a_provision_is_kept(filled: Tree) -> None:
    hit = view(filled, q="最低工资标准").hits[0]

    assert (hit.kind_label, hit.href) == ("法条", "/laws/laodongfa/#t49")


def test_other_portals_hit_is_absolute_and_named(filled: Tree) -> None:
    page = view(filled, q="举报电话", scope="all")

    hit = next(hit for hit in page.hits if hit.portal_name)
    assert hit.portal_name == "白鹤县普法网"
    assert hit.href.startswith(f"https://portal-{filled.baihe.pk}/wenda/")


def test_pages_link_to_their_neighbors_and_keep_the_filters(filled: Tree) -> None:
    first = view(filled, q="欠薪", kind="article")
    second = view(filled, q="欠薪", kind="article", page="2")

    assert first.previous_href == ""
    assert query_of(first.next_href) == {
        "q": ["欠薪"],
        "kind": ["article"],
        "page": ["2"],
    }
    assert second.next_href == ""
    assert query_of(second.previous_href) == {"q": ["欠薪"], "kind": ["article"]}


def test_chosen_facet_is_marked_and_offers_the_way_back(filled: Tree) -> None:
    kinds = view(filled, q="欠薪", kind="question").kinds

    assert [facet.value for facet in kinds if facet.is_current] == ["question"]
    assert (kinds[0].label, query_of(kinds[0].href)) == ("全部", {"q": ["欠薪"]})
    assert kinds[0].count == sum(facet.count for facet in kinds[1:])


def test_topics_are_named_and_unknown_ones_left_out(filled: Tree) -> None:
    page = view(filled, q="欠薪")
    nameless = search_view(
        portal_data(filled.qingshan), "zh-hans", {"q": "欠薪"}, LINKS, SearchNames()
    )

    assert [(facet.label, facet.count) for facet in page.topics] == [("欠薪", 12)]
    assert nameless.topics == ()


def test_scope_is_offered_where_there_are_several_portals(filled: Tree) -> None:
    scopes = view(filled, q="欠薪").scope_links

    assert [(s.label, s.is_current) for s in scopes] == [
        ("青山县", True),
        ("云岭市各地", False),
    ]
    assert query_of(scopes[1].href) == {"q": ["欠薪"], "scope": ["all"]}


def test_empty_page_asks_for_nothing(filled: Tree) -> None:
    page = view(filled)

    assert (page.query, page.total, page.hits, page.scope_links) == ("", 0, (), ())


def test_citation_says_where_it_leads(filled: Tree) -> None:
    assert view(filled, q="劳动法50条").redirect_path == "/laws/laodongfa/#t50"


@pytest.mark.parametrize(
    "params",
    [
        {"page": "x", "year": "x"},
        {"page": "-1", "year": "99999"},
        {"page": "２", "scope": "everything"},
        {"page": "", "year": ""},
    ],
)
def test_wrong_parameters_count_as_absent(params: dict[str, str]) -> None:
    request = read_request(1, "zh-hans", {"q": " 欠薪 ", **params})

    assert (request.words, request.page, request.year) == ("欠薪", 1, None)
    assert request.scope == "portal"


# --- slips, answers, help -----------------------------------------------------------------


def test_slip_that_was_mended_leads_back_to_what_was_typed(filled: Tree) -> None:
    page = view(filled, q="qianxin")

    assert page.correction is not None
    assert (page.query, page.searched) == ("qianxin", "欠薪")
    assert (page.correction.words, page.correction.is_applied) == ("欠薪", True)
    assert query_of(page.correction.href) == {"q": ["qianxin"], "exact": ["1"]}
    exact = view(filled, q="qianxin", exact="1")
    assert (exact.correction, exact.total) == (None, 0)


def test_next_page_of_an_exact_search_is_exact(filled: Tree) -> None:
    page = view(filled, q="欠薪", kind="article", exact="1")

    assert query_of(page.next_href)["exact"] == ["1"]


def test_answer_is_shown_once(filled: Tree) -> None:
    shown = AnswerView(
        card=Card(1, "question", "法律问答", "/a/", "欠薪找谁？", "", None, None),
        answer=Markup("打12333。"),
        whom=Markup(""),
        legal_basis=(),
        needs_check=False,
        reviewed_on=None,
        wording="",
    )
    sources = SearchSources(answer=lambda _found: shown)
    page = search_view(
        portal_data(filled.qingshan),
        "zh-hans",
        {"q": "欠薪找谁"},
        LINKS,
        SearchNames(),
        sources,
    )

    assert page.answer == shown
    assert "欠薪找谁？" not in {hit.heading.striptags() for hit in page.hits}
    without = view(filled, q="欠薪找谁")  # its page is not public any more
    assert without.answer is None
    assert "欠薪找谁？" in {hit.heading.striptags() for hit in without.hits}


def test_nothing_found_names_the_wider_scope(filled: Tree) -> None:
    page = view(filled, q="举报")

    assert page.help is not None
    assert (page.total, page.help.elsewhere) == (0, 1)
    assert query_of(page.help.elsewhere_href) == {"q": ["举报"], "scope": ["all"]}
    assert view(filled, q="欠薪").help is None


def test_words_of_a_query_that_only_some_hits_hold_are_offered_singly(
    filled: Tree,
) -> None:
    page = view(filled, q="通报 银河")

    assert page.is_relaxed
    assert page.help is not None
    words = dict(page.help.shorter)
    assert list(words) == ["通报", "银河"]
    assert query_of(words["通报"]) == {"q": ["通报"]}
