"""Related pages: of the same topics, and neighbours in the order of publication."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from publishing.card_lists import CardList, Listed, card_lists
from publishing.related import MOST_RELATED, OFTEN, levels, may_relate_to, related
from tests.publishing.test_card_lists import KINDS, PARENTS, TOPICS, listed

# Of few topics, so that many pages share them, and more pages than anybody asks for.
MANY = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(TOPICS), unique=True, max_size=3).map(sorted),
    ),
    max_size=60,
)


def made(found: Sequence[Listed]) -> CardList:
    parents = PARENTS | {page.id: page.parent_id for page in found}
    return card_lists(sorted(found), parents).get(1, CardList())


def pages(values: Sequence[tuple[int, str, list[int]]]) -> list[Listed]:
    return [
        listed(100 + number, moment, kind, 2, topics)
        for number, (moment, kind, topics) in enumerate(values)
    ]


def related_of(every: CardList, page: Listed, kind: str, limit: int) -> tuple[int, ...]:
    found = levels(every, page.topics, kind)
    first = related(found, page.order, limit)
    for _again in range(OFTEN):  # a level that is asked often is kept in another way
        assert related(found, page.order, limit) == first
    return first


def by_looking_through(
    found: Sequence[Listed], page: Listed, kind: str, limit: int
) -> list[int]:
    """What ``related`` says, by looking at every page."""
    result: list[int] = []
    for shared in range(len(TOPICS), 0, -1):
        others = [
            other
            for other in sorted(found)
            if other.id != page.id
            and len(set(other.topics) & set(page.topics)) == shared
            and kind in ("", other.kind)
        ]
        newer = [other for other in others if other.order < page.order][::-1]
        older = [other for other in others if other.order > page.order]
        chosen: list[Listed] = []
        while (newer or older) and len(result) + len(chosen) < limit:
            for side in (newer, older):
                if side and len(result) + len(chosen) < limit:
                    chosen.append(side.pop(0))
        result += [other.id for other in sorted(chosen)]
    return result


@given(MANY, st.sampled_from(["", *KINDS]), st.integers(1, MOST_RELATED))
def test_they_share_the_most_topics_and_stand_next_to_the_page(
    values: list[tuple[int, str, list[int]]], kind: str, limit: int
) -> None:
    found = pages(values)
    every = made(found)
    for page in found:
        wanted = by_looking_through(found, page, kind, limit)
        assert list(related_of(every, page, kind, limit)) == wanted


@given(MANY, st.data())
def test_whom_a_page_may_touch_is_known_beforehand(
    values: list[tuple[int, str, list[int]]], data: st.DataObject
) -> None:
    """Whoever has other related pages after one page went is named."""
    found = pages(values)
    if not found:
        return
    gone = data.draw(st.sampled_from(found))
    before, after = made(found), made([page for page in found if page != gone])
    named = set(may_relate_to(before, gone)) | {gone.id}
    for page in found:
        for kind in ("", *KINDS):
            for limit in (1, 3, MOST_RELATED):
                if page.id not in named:
                    assert related_of(before, page, kind, limit) == related_of(
                        after, page, kind, limit
                    )


def test_a_new_page_is_related_to_few_of_many() -> None:
    topics = [[7], [7, 8], [8], [9]]
    found = [
        listed(100 + number, number, "article", 2, topics[number % 4])
        for number in range(400)
    ]
    new = listed(999, 400, "article", 2, [7, 8])
    before, after = made(found), made([*found, new])
    changed = {
        page.id
        for page in found
        if related_of(before, page, "", 5) != related_of(after, page, "", 5)
    }
    assert 1 <= len(changed) <= 10
    assert changed <= set(may_relate_to(after, new))
    assert len(set(may_relate_to(after, new))) <= 60


def test_a_page_that_is_not_public_yet_stands_before_the_newest() -> None:
    found = [listed(100 + number, number, "article", 2, [7]) for number in range(9)]
    before_all = (float("-inf"), 0)
    assert related(levels(made(found), [7], ""), before_all, 3) == (108, 107, 106)
