"""The search index of an export as files: what is in it, and what a change rewrites."""

from __future__ import annotations

import random
import re

import pytest

from home.indexing import IndexEntry
from search.offline.build import OfflineIndex, index_files, key_of
from search.offline.files import place_of, term_file
from tests.search.builders import entry, provision


def page(number: int, title: str, body: str = "") -> IndexEntry:
    return entry(f"article:{number}:zh-hans", title, body=body)


SUBJECTS = "工资 土地承包 宅基地 离婚 抚养费 借条 工伤认定 选举 低保 赡养 彩礼 欠薪 调解".split()


def some_pages(count: int = 40) -> list[IndexEntry]:
    dice = random.Random(6)  # noqa: S311  (the same pages each time)
    return [
        page(
            number,
            "".join(dice.sample(SUBJECTS, 2)),
            "，".join(dice.choices(SUBJECTS, k=9)),
        )
        for number in range(1, count + 1)
    ]


def whole(*entries: IndexEntry) -> dict[str, bytes]:
    return dict(index_files(entries))


def applied(
    files: dict[str, bytes], index: OfflineIndex, names: set[str]
) -> dict[str, bytes]:
    """The files after those with these names were written or deleted."""
    kept = {name: body for name, body in files.items() if name not in names}
    fresh = {name: body for name in names if (body := index.file(name)) is not None}
    return kept | fresh


def text_of(files: dict[str, bytes]) -> str:
    return b"".join(files.values()).decode()


def test_files_follow_from_the_entries_and_not_from_their_order() -> None:
    entries = some_pages()
    assert whole(*entries) == whole(*reversed(entries))


CHANGES: dict[str, tuple[list[str], list[IndexEntry]]] = {
    "new": ([], [page(99, "拆迁补偿", "征地拆迁按条例补偿")]),
    "edited": (["page:7"], [page(7, "改了题目", "内容也改了")]),
    "withdrawn": (["page:7"], []),
    "came again": (["page:7"], [some_pages()[6]]),
    "never there": (["page:4711"], []),
    "many": ([f"page:{number}" for number in range(1, 39)], []),
    "more kinds": ([], [provision(50, "工资应当以货币形式按月支付")]),
}


@pytest.mark.parametrize("keys, entries", CHANGES.values(), ids=list(CHANGES))
def test_a_change_gives_what_a_whole_build_gives(
    keys: list[str], entries: list[IndexEntry]
) -> None:
    before = some_pages()
    index = OfflineIndex.of(before)
    names = index.replace(keys, entries)
    gone = {*keys, *map(key_of, entries)}
    after = [entry for entry in before if key_of(entry) not in gone]
    assert applied(whole(*before), index, names) == whole(*after, *entries)


def test_a_change_names_only_files_that_hold_the_terms_of_the_page() -> None:
    entries = some_pages(400)
    index = OfflineIndex.of(entries)
    names = index.replace(["page:7"], [page(7, "狗咬人", "狗咬人怎么赔")])
    terms = [name for name in names if name.startswith("terms/")]
    assert len(terms) < index.file_count
    assert term_file("狗咬", index.file_count) in names


def test_more_pages_get_more_files_and_those_before_are_rewritten() -> None:
    index = OfflineIndex.of(some_pages(20))
    files = dict(index.files())
    more = some_pages(700)
    count = index.file_count
    files = applied(files, index, index.replace([], more))
    assert index.file_count > count
    assert files == whole(*more)
    files = applied(files, index, index.replace([key_of(one) for one in more[20:]], []))
    assert index.file_count == count
    assert files == whole(*more[:20])


def test_words_of_a_withdrawn_page_are_gone() -> None:
    index = OfflineIndex.of([*some_pages(), page(99, "独脚戏", "内容是独脚戏")])
    assert "独脚戏" in text_of(dict(index.files()))
    index.replace(["page:99"], [])
    assert "独脚" not in text_of(dict(index.files()))


def test_lay_wordings_are_terms_and_never_text() -> None:
    law = provision(91, "用人单位应当支付工资", asked_as=("干了活老板赖账不认",))
    text = text_of(whole(law))
    assert '"老板"' in text
    assert "老板赖账" not in text


def test_every_file_is_a_script_that_says_its_name() -> None:
    for name, body in whole(*some_pages(), provision(1, "工资")).items():
        called = re.match(r'xiangfatong\.index\("([a-z0-9/-]+)",', body.decode())
        assert called and f"{called[1]}.js" == name


def test_longer_words_lie_beside_their_beginning() -> None:
    assert place_of("土地承包经营权") == place_of("土地")
    assert place_of("第146条") != place_of("第147条")


def test_a_statute_is_found_by_its_slug() -> None:
    index = OfflineIndex.of(
        [page(1, "工资"), provision(1, "工资"), provision(2, "工时")]
    )
    assert index.keys_of_statute("laodongfa") == ["provision:1", "provision:2"]
