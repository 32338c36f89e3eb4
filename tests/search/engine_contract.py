"""What every engine must do; ``EngineContract`` is run once per engine.

A test class for an engine inherits it and supplies the fixture ``engine``: ready to be
filled, empty, and seen by nobody else. ``refresh`` lets an engine that shows changes
late (Elasticsearch) catch up.
"""

from __future__ import annotations

from datetime import date

import pytest

from search.engines.base import Batch, Engine, EngineNotReadyError, FacetCount
from tests.search.builders import (
    BAIHE,
    QINGSHAN,
    change,
    entry,
    fill,
    find,
    keys,
    provision,
)

GUIDE = entry(
    "article:1:zh-hans",
    "农民工欠薪求助指南",
    body="遇到拖欠工资，可以拨打12333投诉。",
    topics=("qianxin", "laodong"),
    year=2025,
    published_on=date(2025, 3, 1),
)
WAGES = entry(
    "question:2:zh-hans",
    "老板不给工钱怎么办？",
    alternatives=("包工头拖着不给钱咋办",),
    summary="可以向劳动监察投诉，也可以申请劳动仲裁。",
    topics=("qianxin",),
    year=2026,
)
NEIGHBOR = entry(
    "article:3:zh-hans",
    "白鹤县农民工欠薪投诉电话",
    portal_id=BAIHE,
    topics=("qianxin",),
    year=2026,
)
PAY = provision(50, "工资应当以货币形式按月支付给劳动者本人。不得克扣或者无故拖欠。")


class EngineContract:
    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        fill(engine, GUIDE, WAGES, NEIGHBOR, PAY, stamp=7)
        return engine

    # --- not ready --------------------------------------------------------------------

    def test_without_an_index_nothing_is_found(self, engine: Engine) -> None:
        result = find(engine, "欠薪")

        assert (result.total, result.hits) == (0, ())
        assert not engine.status().is_ready
        assert engine.status().problem == "absent"

    def test_without_an_index_a_change_is_refused(self, engine: Engine) -> None:
        with pytest.raises(EngineNotReadyError), engine.writing():
            pass

    # --- finding ----------------------------------------------------------------------

    def test_word_inside_a_run_of_chinese_is_found(self, filled: Engine) -> None:
        assert keys(find(filled, "欠薪"))[0] == GUIDE.key

    def test_words_of_the_law_are_found_after_the_word_itself(
        self, filled: Engine
    ) -> None:
        assert PAY.key in keys(find(filled, "欠薪"))[1:]

    def test_single_character_is_found(self, filled: Engine) -> None:
        assert keys(find(filled, "薪")) == [GUIDE.key]

    def test_stored_entry_comes_back_as_it_was_handed_in(self, filled: Engine) -> None:
        assert find(filled, "指南").hits[0].entry == GUIDE

    def test_question_in_its_own_words_comes_first(self, filled: Engine) -> None:
        assert keys(find(filled, "包工头拖着不给钱咋办"))[0] == WAGES.key

    def test_traditional_characters_find_simplified(self, filled: Engine) -> None:
        assert keys(find(filled, "農民工"))[0] == GUIDE.key

    def test_required_concepts_must_all_be_there(self, filled: Engine) -> None:
        assert find(filled, "货币 电话", required=2).total == 0
        assert find(filled, "货币 按月", required=2).total == 1

    def test_operators_of_query_languages_are_plain_characters(
        self, filled: Engine
    ) -> None:
        for words in ('"欠薪', "欠薪 AND", "title:(", "欠薪*", "-欠薪", "a:b OR ["):
            find(filled, words)
        assert keys(find(filled, '+"欠薪"~')) == keys(find(filled, "欠薪"))

    def test_weight_of_an_entry_multiplies_its_score(self, engine: Engine) -> None:
        weights = {"article:1:zh-hans": 2.0, "article:2:zh-hans": 1.0}
        weights |= {"article:3:zh-hans": 0.5, "article:4:zh-hans": 0.1}
        fill(engine, *(entry(key, "选举", boost=b) for key, b in weights.items()))

        scores = {hit.entry.key: hit.score for hit in find(engine, "选举").hits}

        whole = scores["article:2:zh-hans"]
        shares = {key: score / whole for key, score in scores.items()}
        assert shares == pytest.approx(weights, rel=1e-3)

    def test_heading_counts_beside_many_texts_without_one(self, engine: Engine) -> None:
        """The average length of a heading was taken over provisions too, which have
        none: every heading counted as endless and lost to a word in passing."""
        provisions = [provision(n, f"第{n}项 登记") for n in range(1, 300)]
        about = entry("article:1:zh-hans", "选举公告", body="明天上午在村委会。")
        passing = entry(
            "article:2:zh-hans", "公告", body="选举明天上午，选举在村委会。"
        )
        fill(engine, about, passing, *provisions)

        best, second = find(engine, "选举").hits

        assert best.entry.key == about.key
        assert best.score > 1.3 * second.score

    # --- filters ----------------------------------------------------------------------

    def test_other_portals_are_never_found(self, filled: Engine) -> None:
        assert NEIGHBOR.key not in keys(find(filled, "欠薪 投诉 电话"))
        assert GUIDE.key not in keys(find(filled, "欠薪", portals=(BAIHE,)))

    def test_shared_content_is_found_in_every_portal(self, filled: Engine) -> None:
        for portal in (QINGSHAN, BAIHE):
            assert PAY.key in keys(find(filled, "货币", portals=(portal,)))

    def test_all_portals_are_searched_on_request(self, filled: Engine) -> None:
        found = keys(find(filled, "欠薪", portals=None))

        assert {GUIDE.key, NEIGHBOR.key} <= set(found)

    def test_library_of_a_portal_gives_its_laws_and_not_its_pages(
        self, engine: Engine
    ) -> None:
        regulation = provision(1, "电动车应当登记。", portal_id=BAIHE)
        page = entry("article:9:zh-hans", "电动车登记通知", portal_id=BAIHE)
        fill(engine, regulation, page)

        found = find(engine, "登记", portals=(QINGSHAN,), libraries=(BAIHE,))

        assert keys(found) == [regulation.key]

    def test_kind_topic_and_year_narrow_the_result(self, filled: Engine) -> None:
        assert keys(find(filled, "投诉", kind="question")) == [WAGES.key]
        assert keys(find(filled, "投诉", topic="laodong")) == [GUIDE.key]
        assert keys(find(filled, "投诉", year=2026)) == [WAGES.key]

    def test_languages_are_apart_and_laws_are_in_all(self, engine: Engine) -> None:
        english = entry("article:1:en", "Unpaid wages 欠薪")
        fill(engine, GUIDE, english, PAY)

        assert keys(find(engine, "欠薪", language="zh-hans")) == [GUIDE.key, PAY.key]
        assert keys(find(engine, "wages", language="en")) == [english.key]
        assert keys(find(engine, "货币", language="en")) == [PAY.key]

    def test_hidden_owners_are_neither_found_nor_counted(self, filled: Engine) -> None:
        everything = find(filled, "投诉")
        without = find(filled, "投诉", hidden=(WAGES.key, "page:404"))

        assert set(keys(everything)) - set(keys(without)) == {WAGES.key}
        assert without.total == everything.total - 1
        assert without.facets.kinds == (FacetCount("article", 1),)
        assert without.facets.topics == (
            FacetCount("laodong", 1),
            FacetCount("qianxin", 1),
        )

    # --- counting ---------------------------------------------------------------------

    def test_total_counts_all_hits_and_pages_follow_each_other(
        self, engine: Engine
    ) -> None:
        entries = [entry(f"article:{n}:zh-hans", f"欠薪 {n}") for n in range(25)]
        fill(engine, *entries)

        pages = [find(engine, "欠薪", limit=10, offset=start) for start in (0, 10, 20)]

        assert [page.total for page in pages] == [25, 25, 25]
        assert len({key for page in pages for key in keys(page)}) == 25

    def test_facets_count_kinds_topics_and_years(self, filled: Engine) -> None:
        facets = find(filled, "投诉").facets

        assert set(facets.kinds) == {
            FacetCount("article", 1),
            FacetCount("question", 1),
        }
        assert facets.topics == (FacetCount("qianxin", 2), FacetCount("laodong", 1))
        assert facets.years == (FacetCount("2026", 1), FacetCount("2025", 1))

    def test_facet_counts_what_its_other_values_would_bring(
        self, filled: Engine
    ) -> None:
        result = find(filled, "投诉", kind="question")

        assert result.total == 1
        assert FacetCount("article", 1) in result.facets.kinds
        assert result.facets.years == (FacetCount("2026", 1),)

    # --- changing ---------------------------------------------------------------------

    def test_change_replaces_and_is_seen_at_once(self, filled: Engine) -> None:
        newer = entry(GUIDE.key, "宅基地申请指南")

        change(filled, newer, stamp=8)

        assert GUIDE.key not in keys(find(filled, "欠薪"))
        assert keys(find(filled, "宅基地")) == [newer.key]
        assert filled.status().stamp == 8

    def test_owner_loses_entries_that_it_no_longer_has(self, engine: Engine) -> None:
        other = entry("article:1:en", "Unpaid wages")
        with engine.rebuilding() as batch:
            batch.replace("page:1", [GUIDE, other])
            batch.publish(lambda _batch: 1)

        with engine.writing() as batch:
            batch.replace("page:1", [GUIDE])
            batch.commit(2)

        assert find(engine, "wages", language="en").total == 0
        assert find(engine, "欠薪").total == 1

    def test_removed_owner_is_gone(self, filled: Engine) -> None:
        with filled.writing() as batch:
            batch.remove(GUIDE.key)
            batch.commit(8)

        assert GUIDE.key not in keys(find(filled, "欠薪"))

    def test_removed_portal_takes_nothing_of_others(self, filled: Engine) -> None:
        with filled.writing() as batch:
            batch.remove_portal(QINGSHAN)
            batch.commit(8)

        assert keys(find(filled, "欠薪")) == [PAY.key]
        assert NEIGHBOR.key in keys(find(filled, "欠薪", portals=(BAIHE,)))

    def test_without_commit_nothing_changes(self, filled: Engine) -> None:
        with filled.writing() as batch:
            batch.remove(GUIDE.key)

        assert GUIDE.key in keys(find(filled, "欠薪"))
        assert filled.status().stamp == 7

    def test_failing_change_leaves_the_index_as_it_was(self, filled: Engine) -> None:
        with pytest.raises(RuntimeError), filled.writing() as batch:
            batch.remove(GUIDE.key)
            raise RuntimeError

        assert GUIDE.key in keys(find(filled, "欠薪"))
        change(filled, WAGES, stamp=8)  # and the next writer can write
        assert GUIDE.key in keys(find(filled, "欠薪"))

    def test_same_change_twice_is_the_same_as_once(self, filled: Engine) -> None:
        change(filled, GUIDE, stamp=8)
        once = find(filled, "欠薪")

        change(filled, GUIDE, stamp=8)

        assert find(filled, "欠薪").total == once.total
        assert filled.status().entries == 4

    def test_older_change_does_not_set_the_stamp_back(self, filled: Engine) -> None:
        change(filled, GUIDE, stamp=3)

        assert filled.status().stamp == 7

    # --- building anew ----------------------------------------------------------------

    def test_old_index_answers_until_the_new_one_is_published(
        self, filled: Engine
    ) -> None:
        with filled.rebuilding() as batch:
            batch.replace(WAGES.key, [WAGES])
            during = find(filled, "欠薪")
            batch.publish(lambda _batch: 9)

        assert GUIDE.key in keys(during)
        assert GUIDE.key not in keys(find(filled, "欠薪"))
        assert filled.status().stamp == 9

    def test_changes_are_taken_while_an_index_is_built(self, filled: Engine) -> None:
        with filled.rebuilding() as batch:
            change(filled, entry("article:8:zh-hans", "欠薪新闻"), stamp=8)
            during = find(filled, "新闻")
            batch.publish(lambda _batch: 8)

        assert during.total == 1

    def test_what_happened_meanwhile_is_in_the_new_index(self, filled: Engine) -> None:
        late = entry("article:8:zh-hans", "欠薪新闻")

        with filled.rebuilding() as batch:
            batch.replace(GUIDE.key, [GUIDE])

            def catch_up(final: Batch) -> int:
                final.replace(late.key, [late])
                return 8

            batch.publish(catch_up)

        assert keys(find(filled, "新闻")) == [late.key]
        assert filled.status().stamp == 8

    def test_build_that_is_given_up_changes_nothing(self, filled: Engine) -> None:
        with pytest.raises(RuntimeError), filled.rebuilding() as batch:
            batch.replace(WAGES.key, [WAGES])
            raise RuntimeError

        assert GUIDE.key in keys(find(filled, "欠薪"))
        assert filled.status().entries == 4

    def test_empty_index_is_ready_and_finds_nothing(self, engine: Engine) -> None:
        fill(engine)

        assert engine.status().is_ready
        assert find(engine, "欠薪").total == 0
