"""Synonyms and best bets of a portal: what they do to its search, and to no other's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from home.indexing import IndexEntry
from home.models import Portal
from search.engines import get_engine
from search.indexing import rebuild
from search.models import BestBet, PortalSynonym
from search.portal_words import portal_words
from search.service import SearchRequest, search
from tests.search.tree import Tree, body

pytestmark = pytest.mark.django_db


def synonym(portal: Portal, lay: str, legal: str, **values: Any) -> PortalSynonym:
    made = PortalSynonym(portal=portal, lay=lay, legal=legal, reason="本地话", **values)
    made.full_clean()
    made.save()
    return made


def bet(portal: Portal, queries: str, **values: Any) -> BestBet:
    made = BestBet(portal=portal, queries=queries, **values)
    made.full_clean()
    made.save()
    return made


def titles(portal: Portal, words: str) -> list[str]:
    return [hit.title for hit in search(SearchRequest(words, portal.pk)).hits]


def pinned(portal: Portal, words: str, language: str = "zh-hans") -> IndexEntry | None:
    """As the search finds it: the change numbers are read anew."""
    own = portal_words(portal.pk, Portal.objects.in_bulk())
    return own.pinned(own.analyze(words), language)


def pinned_title(portal: Portal, words: str) -> str:
    entry = pinned(portal, words)
    return entry.title if entry else ""


@pytest.fixture(scope="module")
def library(shared_tree: Tree) -> Tree:
    """The same article in both counties and in the prefecture."""
    tree = shared_tree
    for portal in (tree.qingshan, tree.baihe, tree.prefecture):
        text = f"{portal.region_name}的火把节这天不办理。"
        tree.article(portal, f"{portal.region_name}休假安排", body_zh_hans=body(text))
    rebuild(get_engine())
    return tree


# --- synonyms ----------------------------------------------------------------------------


def test_synonym_works_at_once_in_its_portal_only(library: Tree) -> None:
    assert titles(library.qingshan, "赶歌场") == []

    synonym(library.qingshan, "赶歌场", "火把节")

    assert titles(library.qingshan, "赶歌场") == ["青山县休假安排"]
    assert titles(library.baihe, "赶歌场") == []
    assert titles(library.prefecture, "赶歌场") == []


def test_changed_and_deleted_synonym_is_forgotten_at_once(library: Tree) -> None:
    made = synonym(library.qingshan, "赶歌场", "火把节")
    assert titles(library.qingshan, "赶歌场") != []

    made.lay = "唱山歌"
    made.save()
    assert titles(library.qingshan, "赶歌场") == []
    assert titles(library.qingshan, "唱山歌") != []

    made.delete()
    assert titles(library.qingshan, "唱山歌") == []


def test_shared_synonym_of_the_prefecture_works_in_its_counties(library: Tree) -> None:
    made = synonym(library.prefecture, "赶歌场", "火把节", is_shared=True)
    for portal in (library.prefecture, library.qingshan, library.baihe):
        assert titles(portal, "赶歌场") == [f"{portal.region_name}休假安排"]

    made.is_shared = False
    made.save()

    assert titles(library.prefecture, "赶歌场") != []
    assert titles(library.qingshan, "赶歌场") == []


def test_shared_synonym_does_not_reach_another_prefecture(library: Tree) -> None:
    synonym(library.prefecture, "赶歌场", "火把节", is_shared=True)

    Portal.objects.filter(pk=library.baihe.pk).update(parent=None)

    assert titles(library.baihe, "赶歌场") == []
    assert titles(library.qingshan, "赶歌场") != []


def test_interchangeable_lay_words_find_each_other(library: Tree) -> None:
    made = synonym(library.qingshan, "赶歌场\n火把节", "节日习俗")
    assert titles(library.qingshan, "赶歌场") == []

    made.is_interchangeable = True
    made.save()

    assert titles(library.qingshan, "赶歌场") == ["青山县休假安排"]


def test_stronger_synonym_weighs_more(library: Tree) -> None:
    weights = []
    for strength in PortalSynonym.Strength:
        made = synonym(library.qingshan, "赶歌场", "火把节", strength=strength)
        own = portal_words(library.qingshan.pk, Portal.objects.in_bulk())
        (alternative,) = own.analyze("赶歌场").concepts[0].alternatives
        weights.append(alternative.weight)
        made.delete()

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_words_are_read_once_until_something_changes(library: Tree) -> None:
    synonym(library.qingshan, "赶歌场", "火把节")
    titles(library.qingshan, "赶歌场")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        titles(library.qingshan, "赶歌场")
    assert not [q for q in asked.captured_queries if 'FROM "search_' in q["sql"]]

    synonym(library.baihe, "别的", "火把节")
    with CaptureQueriesContext(connection) as asked:
        titles(library.qingshan, "赶歌场")
    assert not [q for q in asked.captured_queries if 'FROM "search_' in q["sql"]]


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"lay": "怎么办"}, "lay", "到处都有"),
        ({"legal": "请问 怎么办"}, "legal", "到处都有"),
        ({"lay": "娃"}, "lay", "至少要两个字"),
        ({"lay": "，。"}, "lay", ""),
        ({"lay": "火" * 21}, "lay", "太长"),
        ({"lay": "\n".join(f"说法{n}" for n in range(21))}, "lay", "最多写 20 个"),
        ({"legal": "赶歌场"}, "legal", "上面已经写了"),
        ({"is_shared": True}, "is_shared", "只有市（州）"),
        ({"reason": ""}, "reason", ""),
    ],
)
def test_useless_synonym_is_refused_in_plain_words(
    library: Tree, values: dict[str, Any], field: str, told: str
) -> None:
    good = {"lay": "赶歌场", "legal": "火把节", "reason": "本地话"}
    PortalSynonym(portal=library.qingshan, **good).full_clean()

    with pytest.raises(ValidationError) as refused:
        PortalSynonym(portal=library.qingshan, **(good | values)).full_clean()

    assert set(refused.value.message_dict) == {field}
    assert told in "".join(refused.value.message_dict[field])


# --- best bets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["离婚要娃", "离婚要娃怎么办？", "離婚要娃", "要娃 离婚"]
)
def test_best_bet_answers_its_wordings_in_its_portal(library: Tree, words: str) -> None:
    page = library.question(library.qingshan, "离婚后孩子跟谁过？")
    bet(library.qingshan, "开饭店要办什么证\n离婚要娃", page=page)

    assert pinned_title(library.qingshan, words) == "离婚后孩子跟谁过？"
    assert pinned(library.baihe, words) is None
    assert pinned(library.prefecture, words) is None


def test_best_bet_leaves_other_queries_alone(library: Tree) -> None:
    page = library.question(library.qingshan, "离婚后孩子跟谁过？")
    bet(library.qingshan, "离婚要娃", page=page)

    assert pinned(library.qingshan, "离婚") is None
    assert pinned(library.qingshan, "离婚要娃要房子") is None
    assert pinned(library.qingshan, "") is None


def test_best_bet_shows_while_its_page_is_public(library: Tree) -> None:
    page = library.question(library.qingshan, "离婚后孩子跟谁过？")
    bet(library.qingshan, "离婚要娃", page=page)
    assert pinned_title(library.qingshan, "离婚要娃")

    page.unpublish()
    assert pinned(library.qingshan, "离婚要娃") is None

    page.save_revision().publish()
    assert pinned_title(library.qingshan, "离婚要娃")

    page.delete()
    assert pinned(library.qingshan, "离婚要娃") is None
    assert not BestBet.objects.exists()


def test_best_bet_shows_in_languages_that_its_page_has(library: Tree) -> None:
    page = library.question(library.qingshan, "离婚后孩子跟谁过？")
    bet(library.qingshan, "离婚要娃", page=page)

    assert pinned(library.qingshan, "离婚要娃", "en") is None


def test_best_bet_shows_a_provision_of_the_library(library: Tree) -> None:
    bet(library.qingshan, "工钱咋发", citation="劳动法第50条")

    entry = pinned(library.qingshan, "工钱咋发")

    assert entry is not None
    assert (entry.kind, entry.number, entry.suffix) == ("provision", 50, 0)
    assert "按月支付" in entry.body


def test_best_bet_keeps_to_its_days(library: Tree) -> None:
    bet(
        library.qingshan,
        "工钱咋发",
        citation="劳动法第50条",
        first_day=date(2026, 12, 1),
        last_day=date(2026, 12, 4),
    )
    shown = {}
    for day in ("11-30", "12-01", "12-04", "12-05"):
        # Noon in Shanghai; one process all the while, and nothing has changed.
        with travel(f"2026-{day}T04:00:00Z", tick=False):
            shown[day] = pinned(library.qingshan, "工钱咋发") is not None

    assert shown == {"11-30": False, "12-01": True, "12-04": True, "12-05": False}


def test_newest_of_two_best_bets_wins(library: Tree) -> None:
    bet(library.qingshan, "工钱咋发", citation="劳动法第49条")
    bet(library.qingshan, "工钱咋发", citation="劳动法第50条")

    entry = pinned(library.qingshan, "工钱咋发")

    assert entry is not None
    assert entry.number == 50


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "page"),
        ({"citation": "劳动法第50条", "page": "own"}, "page"),
        ({"page": "foreign"}, "page"),
        ({"page": "home"}, "page"),
        ({"citation": "劳动法第500条"}, "citation"),
        ({"citation": "老板"}, "citation"),
        ({"page": "own", "queries": "？！"}, "queries"),
        ({"page": "own", "queries": "欠" * 61}, "queries"),
        (
            {
                "page": "own",
                "first_day": date(2026, 2, 2),
                "last_day": date(2026, 2, 1),
            },
            "last_day",
        ),
    ],
)
def test_useless_best_bet_is_refused(
    library: Tree, values: dict[str, Any], field: str
) -> None:
    pages = {
        "own": library.column(library.qingshan),
        "foreign": library.column(library.baihe),
        "home": library.qingshan.site.root_page,
    }
    named = {**values, "page": pages.get(values.get("page", ""))}

    with pytest.raises(ValidationError) as refused:
        bet(library.qingshan, named.pop("queries", "工钱"), **named)
    assert set(refused.value.message_dict) == {field}
