"""Beyond a list of hits: answers, slips, the wider scope, what was just withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from home.indexing import IndexEntry
from home.models import Portal, Topic
from search.engines import get_engine
from search.engines.base import Engine, EngineHit, FacetCount
from search.finding import Known
from search.indexing import rebuild
from search.models import BestBet
from search.ordering import by_kind_in_bands, order_rules
from search.service import SearchRequest, SearchResult, search
from tests.search.builders import entry
from tests.search.tree import Tree, body

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
    tree.question(tree.qingshan, "怎么申请宅基地？")
    tree.question(tree.qingshan, "别人借钱不还怎么办？")
    tree.question(tree.baihe, "邻居家的狗咬了人谁赔？")
    tree.question(tree.baihe, "老板不给工钱怎么办？")
    tree.article(tree.baihe, "白鹤县欠薪举报电话")
    tree.article(tree.prefecture, "云岭市法治夜市开张")
    rebuild(get_engine())
    return tree


def ask(words: str, portal: Portal, **values: object) -> SearchResult:
    return search(SearchRequest(words, portal.pk, **values))  # type: ignore[arg-type]  # fields by name


def titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


# --- direct answers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("老板不给工钱怎么办", "老板不给工钱怎么办？"),
        ("老闆不給工錢怎麼辦", "老板不给工钱怎么办？"),
        ("老板拖着工资不给", "老板不给工钱怎么办？"),
        ("包工头跑了我的工钱找谁要", "老板不给工钱怎么办？"),
        ("宅基地怎么申请", "怎么申请宅基地？"),
        ("借钱不还", "别人借钱不还怎么办？"),
    ],
)
def test_question_that_the_portal_holds_is_answered(
    library: Tree, words: str, answer: str
) -> None:
    found = ask(words, library.qingshan).answer

    assert found is not None
    assert (found.entry.title, found.entry.portal_id) == (answer, library.qingshan.pk)


@pytest.mark.parametrize(
    "words", ["工钱", "欠薪", "宅基地", "邻居不给通行怎么办", "劳动法50条", "劳动法"]
)
def test_words_that_are_no_question_of_ours_are_not_answered(
    library: Tree, words: str
) -> None:
    assert ask(words, library.qingshan).answer is None


def test_other_countys_question_answers_nobody_here(library: Tree) -> None:
    result = ask("邻居家的狗咬了人谁赔", library.qingshan, scope="all")

    assert "邻居家的狗咬了人谁赔？" in titles(result)
    assert result.answer is None
    own = ask("邻居家的狗咬了人谁赔", library.baihe, scope="all").answer
    assert own is not None
    assert own.entry.portal_id == library.baihe.pk


def test_who_filters_or_turns_pages_wants_the_list(library: Tree) -> None:
    words = "老板不给工钱怎么办"

    assert ask(words, library.qingshan, kind="question").answer is None
    assert ask(words, library.qingshan, topic="qianxin").answer is None
    assert ask(words, library.qingshan, page=2).answer is None


# --- slips --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "meant", "first"),
    [
        ("欠新", "欠薪", "农民工欠薪求助指南"),
        ("宅机地", "宅基地", "怎么申请宅基地？"),
        ("qianxin", "欠薪", "农民工欠薪求助指南"),
        ("zhaijidi", "宅基地", "怎么申请宅基地？"),
        ("qanxin", "欠薪", "农民工欠薪求助指南"),
    ],
)
def test_slip_that_is_found_nowhere_is_mended_at_once(
    library: Tree, words: str, meant: str, first: str
) -> None:
    result = ask(words, library.qingshan)

    assert result.correction is not None
    assert (result.correction.words, result.is_corrected) == (meant, True)
    assert titles(result)[0] == first


def test_what_was_typed_is_searched_on_request(library: Tree) -> None:
    result = ask("qianxin", library.qingshan, is_exact=True)

    assert (result.correction, result.total) == (None, 0)


def test_slip_that_is_a_word_of_the_portal_is_only_offered(
    library: Tree, index: Engine
) -> None:
    for number in range(3):
        tree_body = body(f"欠新账还旧账，第{number}次。")
        library.article(library.qingshan, f"账目通报{number}", body_zh_hans=tree_body)
    rebuild(index)

    result = ask("欠新", library.qingshan)

    assert result.correction is not None
    assert (result.correction.words, result.is_corrected) == ("欠薪", False)
    assert titles(result)[0].startswith("账目通报")


def test_mended_question_is_answered(library: Tree) -> None:
    result = ask("laobanbugeigongqian", library.qingshan)

    assert result.is_corrected
    assert titles(result)[0] == "老板不给工钱怎么办？"


def test_correction_that_finds_nothing_is_not_offered(library: Tree) -> None:
    result = ask("qianxin", library.qingshan, topic="nothing")

    assert (result.correction, result.total) == (None, 0)


def test_words_of_another_portal_mend_nothing_here(library: Tree) -> None:
    assert ask("youshiyeshi", library.baihe).correction is None
    assert ask("yeshikaizhang", library.qingshan).correction is None
    assert ask("yeshikaizhang", library.prefecture).correction is not None


# --- scope ----------------------------------------------------------------------------------


def test_where_this_portal_has_nothing_the_prefecture_is_counted(library: Tree) -> None:
    result = ask("夜市", library.qingshan)

    assert (result.total, result.elsewhere) == (0, 1)
    assert ask("夜市", library.qingshan, scope="all").elsewhere == 0
    assert ask("银河", library.qingshan).elsewhere == 0
    assert ask("欠薪", library.qingshan).elsewhere == 0


def test_scope_ends_at_the_prefecture(library: Tree) -> None:
    Portal.objects.filter(pk=library.baihe.pk).update(parent=None)

    assert "白鹤县欠薪举报电话" not in titles(
        ask("欠薪", library.qingshan, scope="all")
    )
    assert titles(ask("夜市", library.baihe, scope="all")) == []


# --- what was just withdrawn ------------------------------------------------------------------


def test_withdrawn_page_is_neither_found_nor_counted(library: Tree) -> None:
    def is_public(found: IndexEntry) -> bool:
        return found.title != "老板不给工钱怎么办？"

    before = ask("工钱", library.qingshan)
    after = search(
        SearchRequest("工钱", library.qingshan.pk), known=Known(is_public=is_public)
    )

    assert after.total == before.total - 1
    assert "老板不给工钱怎么办？" not in titles(after)
    assert FacetCount("question", 1) in before.facets.kinds
    assert "question" not in {count.value for count in after.facets.kinds}
    assert after.answer is None


def test_everything_withdrawn_is_nothing_found(library: Tree) -> None:
    nothing = Known(is_public=lambda found: found.kind in ("statute", "provision"))

    result = search(SearchRequest("宅基地", library.qingshan.pk), known=nothing)

    assert (result.total, result.hits) == (0, ())


# --- best bets and order ----------------------------------------------------------------------


def test_best_bet_stands_on_top_and_is_not_there_twice(library: Tree) -> None:
    page = library.article(library.qingshan, "欠薪专项行动来了")
    BestBet.objects.create(portal=library.qingshan, queries="讨薪", page=page)
    BestBet.objects.create(
        portal=library.qingshan, queries="欠薪", citation="劳动法第五十条"
    )

    pinned = ask("讨薪", library.qingshan)
    law = ask("欠薪", library.qingshan)

    assert (titles(pinned)[0], pinned.hits[0].is_pinned) == ("欠薪专项行动来了", True)
    assert (titles(law)[0], titles(law).count("劳动法第五十条")) == (
        "劳动法第五十条",
        1,
    )
    assert not any(hit.is_pinned for hit in ask("讨薪", library.baihe).hits)
    assert not any(
        hit.is_pinned for hit in ask("讨薪", library.qingshan, kind="article").hits
    )


def test_equally_good_hits_are_in_the_order_of_kinds() -> None:
    hits = [
        EngineHit(entry("provision:1", "法条"), 10.0),
        EngineHit(entry("article:2:zh-hans", "文章"), 9.8),
        EngineHit(entry("question:3:zh-hans", "问答"), 9.6),
        EngineHit(entry("question:4:zh-hans", "问答"), 5.0),
    ]

    assert [hit.entry.key for hit in by_kind_in_bands(hits, 50, is_sentence=True)] == [
        "question:3:zh-hans",
        "article:2:zh-hans",
        "provision:1",
        "question:4:zh-hans",
    ]
    wide = by_kind_in_bands(
        [*hits[:2], EngineHit(entry("question:5:zh-hans", "问答"), 8.5)],
        50,
        is_sentence=False,
    )
    assert wide[0].entry.key == "question:5:zh-hans"
    below_zero = [replace(hit, score=hit.score - 20) for hit in hits]
    assert by_kind_in_bands(below_zero, 50, is_sentence=True) == below_zero
    assert by_kind_in_bands([], 50, is_sentence=False) == []


def test_kinds_to_choose_from_are_in_their_order(library: Tree) -> None:
    kinds = [c.value for c in ask("拖欠工资", library.qingshan).facets.kinds]

    assert kinds == sorted(kinds, key=order_rules().place)
    assert kinds[0] == "question"
