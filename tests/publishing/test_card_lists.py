"""Lists of pages, newest first, and what is found in them without looking through."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from publishing.card_lists import CardList, Listed, card_lists

# 1: the home page; 2, 3: columns; 4: a column below 2.
PARENTS: dict[int, int | None] = {1: None, 2: 1, 3: 1, 4: 2}
KINDS = ("article", "question")
TOPICS = (7, 8, 9)


def listed(
    pk: int, moment: int, kind: str, parent: int, topics: Sequence[int]
) -> Listed:
    year = 2020 + moment if moment else None
    return Listed((-float(moment), -pk), kind, parent, tuple(topics), year)


@st.composite
def pages(draw: st.DrawFn, first: int = 100, least: int = 0) -> list[Listed]:
    count = draw(st.integers(least, 25))
    return [
        listed(
            first + number,
            # Few moments, so that many pages have the same one.
            draw(st.integers(0, 3)),
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(sorted(PARENTS))),
            draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=3)),
        )
        for number in range(count)
    ]


def made(found: Sequence[Listed]) -> dict[int, CardList]:
    parents = PARENTS | {page.id: page.parent_id for page in found}
    return card_lists(sorted(found), parents)


def is_below(page: Listed, under: int) -> bool:
    above = page.parent_id
    while above not in (None, under):
        above = PARENTS[above or 0]
    return above == under


@given(found=pages())
def test_a_list_holds_what_is_below_its_page_and_groups_of_it(
    found: list[Listed],
) -> None:
    lists = made(found)
    for under in PARENTS:
        below = sorted(page for page in found if is_below(page, under))
        own = lists.get(under, CardList())
        assert list(own.ids) == [page.id for page in below]
        assert own.ids[1:3] == [page.id for page in below][1:3]
        for topic in TOPICS:
            wanted = [page.id for page in below if topic in page.topics]
            assert list(own.select(topic=topic)) == wanted
        for kind in KINDS:
            of_kind = [page for page in below if page.kind == kind]
            assert list(own.select(kind)) == [page.id for page in of_kind]
            assert list(own.select(kind, 7)) == [
                page.id for page in of_kind if 7 in page.topics
            ]
        for year in range(2021, 2024):
            wanted = [page.id for page in below if page.year == year]
            assert list(own.years.get(year, ())) == wanted


@given(found=pages())
def test_the_neighbours_of_a_page_are_of_its_kind_and_parent(
    found: list[Listed],
) -> None:
    lists = made(found)
    for page in found:
        peers = [
            other.id
            for other in sorted(found)
            if (other.kind, other.parent_id) == (page.kind, page.parent_id)
        ]
        at = peers.index(page.id)
        older, newer = lists[page.parent_id or 0].neighbours(page)
        assert older == (peers[at + 1] if at + 1 < len(peers) else None)
        assert newer == (peers[at - 1] if at else None)
    stranger = listed(99, 1, "article", 2, ())
    assert lists.get(2, CardList()).neighbours(stranger) == (None, None)


@given(found=pages(), topics=st.sets(st.sampled_from(TOPICS)))
def test_the_pages_of_some_topics_are_the_newest_first(
    found: list[Listed], topics: set[int]
) -> None:
    every = made(found).get(1, CardList())
    assert list(every.of_topics(topics)) == [
        page.id for page in sorted(found) if topics & set(page.topics)
    ]


@given(before=pages(), data=st.data())
def test_a_patched_list_is_the_list_made_anew(
    before: list[Listed], data: st.DataObject
) -> None:
    """Some pages go, some come, some change in every respect but their id."""
    gone = data.draw(st.sets(st.sampled_from(before))) if before else set()
    changed = data.draw(pages(first=100))  # ids of those before, as far as they go
    kept = [page for page in before if page not in gone]
    replaced = {page.id for page in changed}
    after = [page for page in kept if page.id not in replaced] + changed
    old, new = made(before), made(after)
    removed = [page for page in before if page not in after]
    added = [page for page in after if page not in before]
    for under in PARENTS:
        source = old.get(under, CardList())
        copy = made(before).get(under, CardList())
        patched = source.patched(
            under,
            [page for page in removed if is_below(page, under)],
            [page for page in added if is_below(page, under)],
        )
        assert patched == new.get(under, CardList())
        assert source == copy  # whoever still reads it reads what it was
