"""The one search function: scope, order, citations, pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import Portal, Topic
from search.engines import get_engine
from search.engines.base import Engine, FacetCount
from search.indexing import rebuild
from search.service import LAST_PAGE, SearchRequest, SearchResult, search
from tests.search.builders import entry, fill
from tests.search.tree import Tree, add_statute, body

# Words of villagers, and the heading that must be first.
ANSWERS = [
    ("欠薪", "农民工欠薪求助指南"),
    ("老板不给工钱怎么办", "老板不给工钱怎么办？"),
    ("老闆不給工錢怎麼辦", "老板不给工钱怎么办？"),
    ("老板拖着不给工钱怎么办", "老板不给工钱怎么办？"),
    ("包工头跑了工钱找谁要", "老板不给工钱怎么办？"),
    ("选举", "村民委员会选举怎么选？"),
    ("离婚要娃", "离婚后孩子跟谁过？"),
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(shared_tree: Tree) -> Tree:
    tree = shared_tree
    wages = Topic.objects.create(name_zh_hans="欠薪", slug="qianxin")
    tree.article(
        tree.qingshan,
        "农民工欠薪求助指南",
        body_zh_hans=body("被拖欠工资，可以打12333，也可以找司法所。"),
        topics=[wages],
    )
    tree.question(
        tree.qingshan,
        "老板不给工钱怎么办？",
        wordings_zh_hans="包工头跑了工钱找谁要\n干完活不发工资",
        topics=[wages],
    )
    tree.question(
        tree.qingshan,
        "离婚后孩子跟谁过？",
        answer_zh_hans="两周岁以下一般由母亲直接抚养。",
    )
    tree.question(tree.qingshan, "村民委员会选举怎么选？")
    tree.article(tree.qingshan, "欠薪草稿", live=False)
    tree.article(tree.baihe, "白鹤县欠薪举报电话")
    tree.article(tree.prefecture, "云岭市欠薪专项行动")
    rebuild(get_engine())
    return tree


def ask(words: str, portal: Portal, **values: object) -> SearchResult:
    return search(SearchRequest(words, portal.pk, **values))  # type: ignore[arg-type]  # fields by name


def titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


@pytest.mark.parametrize(("words", "first"), ANSWERS)
def test_answer_is_first(library: Tree, words: str, first: str) -> None:
    assert titles(ask(words, library.qingshan))[0] == first


def test_pages_in_other_words_of_villagers_are_found_too(library: Tree) -> None:
    found = titles(ask("讨薪", library.qingshan))

    assert {"农民工欠薪求助指南", "老板不给工钱怎么办？"} <= set(found)


def test_default_scope_has_this_portal_and_the_law_and_nothing_else(
    library: Tree,
) -> None:
    for portal, own in (
        (library.qingshan, {"农民工欠薪求助指南", "老板不给工钱怎么办？"}),
        (library.baihe, {"白鹤县欠薪举报电话"}),
        (library.prefecture, {"云岭市欠薪专项行动"}),
    ):
        hits = ask("欠薪 拖欠工资", portal, page_size=50).hits

        assert {hit.portal_id for hit in hits} <= {portal.pk, None}
        assert {hit.title for hit in hits if hit.kind != "provision"} <= own
        assert any(hit.kind == "provision" for hit in hits)


def test_all_portals_are_searched_on_request(library: Tree) -> None:
    found = titles(ask("欠薪", library.qingshan, scope="all"))

    assert {"白鹤县欠薪举报电话", "云岭市欠薪专项行动"} < set(found)


def test_portal_that_is_not_online_is_found_by_itself_only(library: Tree) -> None:
    Portal.objects.filter(pk=library.baihe.pk).update(state=Portal.State.PAUSED)

    assert "白鹤县欠薪举报电话" not in titles(
        ask("欠薪", library.qingshan, scope="all")
    )
    assert "白鹤县欠薪举报电话" in titles(ask("欠薪", library.baihe, scope="all"))


def test_demo_portals_find_each_other_and_real_ones_do_not_find_them(
    library: Tree,
) -> None:
    demo = [library.qingshan.pk, library.baihe.pk]
    Portal.objects.filter(pk__in=demo).update(is_demo=True, state=Portal.State.DRAFT)

    found = titles(ask("欠薪", library.qingshan, scope="all"))
    elsewhere = titles(ask("欠薪", library.prefecture, scope="all"))

    assert "白鹤县欠薪举报电话" in found
    assert "白鹤县欠薪举报电话" not in elsewhere


def test_prefectures_regulation_is_found_in_its_counties(
    library: Tree, index: Engine
) -> None:
    add_statute("云岭市农村公路条例", "yunlinggonglu", portal=library.prefecture)
    add_statute("白鹤县殡葬办法", "baihebinzang", portal=library.baihe)
    rebuild(index)

    regulation = ask("农村公路条例", library.qingshan).hits[0]

    assert (regulation.title, regulation.is_here) == ("云岭市农村公路条例", True)
    assert "白鹤县殡葬办法" not in titles(ask("殡葬", library.qingshan))
    elsewhere = ask("殡葬办法", library.qingshan, scope="all").hits[0]
    assert (elsewhere.title, elsewhere.is_here) == ("白鹤县殡葬办法", False)


def test_draft_is_in_no_scope(library: Tree) -> None:
    for scope in ("portal", "all"):
        found = titles(ask("欠薪草稿", library.qingshan, scope=scope, page_size=50))

        assert "欠薪草稿" not in found


def test_filters_narrow_and_facets_count(library: Tree) -> None:
    result = ask("欠薪", library.qingshan, kind="question", topic="qianxin")

    assert titles(result) == ["老板不给工钱怎么办？"]
    assert FacetCount("article", 1) in result.facets.kinds
    assert FacetCount("qianxin", 1) in result.facets.topics


def test_nothing_that_holds_all_words_gives_what_holds_some(library: Tree) -> None:
    result = ask("指南 银河", library.qingshan)

    assert result.is_relaxed
    assert "农民工欠薪求助指南" in titles(result)


def test_words_that_nobody_wrote_find_nothing(library: Tree) -> None:
    result = ask("银河", library.qingshan)

    assert (result.total, result.hits, result.is_relaxed) == (0, (), False)


@pytest.mark.parametrize("words", ["", "  ", "？！", "\x00"])
def test_query_without_words_finds_nothing(library: Tree, words: str) -> None:
    assert ask(words, library.qingshan) == SearchResult()


def test_pages_follow_each_other_without_a_hit_twice(
    library: Tree, index: Engine
) -> None:
    notices = [
        entry(f"article:{n}:zh-hans", f"土地流转通知{n}号", portal_id=library.baihe.pk)
        for n in range(70)
    ]
    fill(index, *notices)

    pages = [ask("土地流转", library.baihe, page=n) for n in range(1, 9)]

    found = [hit.entry.key for page in pages for hit in page.hits]
    assert pages[0].total == 70
    assert pages[0].page_count == 7
    assert len(found) == len(set(found)) == 70
    assert pages[7].hits == ()


def test_absurd_pages_are_cut_down(library: Tree) -> None:
    assert ask("欠薪", library.qingshan, page=10**9).page == LAST_PAGE
    assert ask("欠薪", library.qingshan, page=-5, page_size=0).page == 1


def test_heading_and_passage_are_marked_and_escaped(
    library: Tree, index: Engine
) -> None:
    library.article(
        library.baihe,
        "彩礼<script>alert(1)</script>",
        body_zh_hans=body("返还彩礼的<b>条件</b>。"),
    )
    rebuild(index)

    hit = ask("彩礼", library.baihe).hits[0]

    assert str(hit.heading).startswith("<mark>彩礼</mark>&lt;script&gt;")
    assert "<mark>彩礼</mark>" in hit.snippet


def test_question_shows_its_answer(library: Tree) -> None:
    hit = ask("离婚后孩子跟谁过", library.qingshan).hits[0]

    assert "两周岁以下" in hit.snippet


# --- citations ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "劳动法50条",
        "劳动法第五十条",
        "《中华人民共和国劳动法》第五十条",
        "劳动法 50",
        "劳动法第50条规定",
    ],
)
def test_citation_goes_to_its_provision(library: Tree, words: str) -> None:
    result = ask(words, library.qingshan)

    assert result.hits[0].title == "劳动法第五十条"
    assert result.redirect_path == result.hits[0].path
    assert result.redirect_path.endswith("/laws/laodongfa/#t50")


def test_citation_of_an_inserted_provision(library: Tree) -> None:
    result = ask("劳动法第五十条之一", library.qingshan)

    assert result.redirect_path.endswith("/laws/laodongfa/#t50-1")


def test_name_of_a_statute_puts_it_on_top_without_leaving(library: Tree) -> None:
    result = ask("劳动法", library.qingshan)

    assert (result.hits[0].kind, result.redirect_path) == ("statute", "")


def test_provision_that_does_not_exist_is_searched_as_words(library: Tree) -> None:
    assert ask("劳动法第999条", library.qingshan).redirect_path == ""


def test_who_filters_a_citation_stays_on_the_list(library: Tree) -> None:
    result = ask("劳动法50条", library.qingshan, kind="provision")

    assert result.redirect_path == ""
    assert result.hits[0].title == "劳动法第五十条"


def test_regulation_of_another_county_is_no_citation_here(library: Tree) -> None:
    add_statute("白鹤县殡葬办法", "baihebinzang", portal=library.baihe)

    assert ask("白鹤县殡葬办法第50条", library.qingshan).redirect_path == ""


# --- cost -----------------------------------------------------------------------------


def test_number_of_queries_does_not_grow_with_hits(library: Tree) -> None:
    counts = []
    for words in ("银河", "欠薪", "工资 劳动者 怎么办"):
        ask(words, library.qingshan)  # names are read once
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(words, library.qingshan, scope="all", page_size=50)
        counts.append(len(queries))

    assert max(counts) <= 4, counts
