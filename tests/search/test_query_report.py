"""What readers searched for, as editors of the portal see it, and what they make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import Portal, PortalRole
from search.models import HandledQuery, PortalSynonym, QueryCount
from tests.factories import make_user
from tests.home.admin_asking import logged_in, text_of
from tests.search.tree import Tree
from tests.search.word_forms import bet_form, synonym_form

pytestmark = pytest.mark.django_db
Role = PortalRole.Role


@pytest.fixture(scope="module")
def library(shared_tree: Tree) -> Tree:
    return shared_tree


@pytest.fixture
def editor(library: Tree) -> Client:
    return logged_in(make_user(library.qingshan, Role.EDITOR))


@pytest.fixture
def owner(library: Tree) -> Client:
    """The editor of the other county, to whom everything foreign belongs."""
    return logged_in(make_user(library.baihe, Role.EDITOR))


def count(portal: Portal, text: str, times: int = 5, nothing: int = 5) -> None:
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        QueryCount.objects.create(
            portal=portal, language="zh-hans", text=text, day=day,
            count=times, nothing_count=nothing,
        )  # fmt: skip


def report(client: Client, **query: Any) -> Any:
    return client.get(reverse("search-queries:index"), query)


def texts(response: Any) -> list[str]:
    return [row.query.text for row in response.context["rows"]]


def test_report_shows_the_own_portals_queries_only(
    library: Tree, editor: Client, owner: Client
) -> None:
    prefecture = logged_in(make_user(library.prefecture, Role.ADMIN))
    count(library.qingshan, "青山的话")
    count(library.baihe, "白鹤的话")
    count(library.prefecture, "云岭的话")

    assert texts(report(editor)) == ["青山的话"]
    assert texts(report(owner)) == ["白鹤的话"]
    assert texts(report(prefecture)) == ["云岭的话"]
    assert report(editor, portal=library.baihe.pk).status_code == 404
    assert report(prefecture, portal=library.baihe.pk).status_code == 404
    assert report(owner, portal=library.baihe.pk).status_code == 200


def test_who_works_for_two_portals_chooses(library: Tree) -> None:
    person = make_user(library.qingshan, Role.EDITOR)
    person.groups.add(library.baihe.roles.get(role=Role.EDITOR).group)
    count(library.baihe, "白鹤的话")
    client = logged_in(person)

    assert texts(report(client, portal=library.baihe.pk)) == ["白鹤的话"]
    assert texts(report(client, portal=library.qingshan.pk)) == []


def test_report_begins_with_what_found_nothing(library: Tree, editor: Client) -> None:
    count(library.qingshan, "找不到的")
    count(library.qingshan, "找得到的", nothing=0)

    assert texts(report(editor)) == ["找不到的"]
    assert set(texts(report(editor, show="all"))) == {"找不到的", "找得到的"}
    assert texts(report(editor, show="done")) == []


def test_text_of_a_reader_is_no_markup(library: Tree, editor: Client) -> None:
    count(library.qingshan, "<b>粗</b>")

    assert "<b>粗" not in text_of(report(editor))
    assert "&lt;b&gt;粗" in text_of(report(editor))


def test_query_that_needs_nothing_is_put_away_and_back(
    library: Tree, editor: Client, owner: Client
) -> None:
    address = reverse("search-queries:index")
    count(library.qingshan, "乱按的")
    sent = {"text": "乱按的", "act": "ignore", "portal": library.qingshan.pk}

    assert owner.post(address, sent).status_code == 404
    assert texts(report(editor)) == ["乱按的"]

    assert editor.post(address, sent).status_code == 302
    assert texts(report(editor)) == []
    assert texts(report(editor, show="done")) == ["乱按的"]

    editor.post(address, sent | {"act": "reopen"})
    assert texts(report(editor)) == ["乱按的"]
    assert editor.post(address, sent | {"text": "没搜过"}).status_code == 404


@pytest.mark.parametrize(
    ("way", "field", "form", "outcome"),
    [
        ("synonym_href", "lay", synonym_form, "synonym"),
        ("best_bet_href", "queries", bet_form, "best_bet"),
    ],
)
def test_query_becomes_words_with_one_click(
    library: Tree, editor: Client, way: str, field: str, form: Any, outcome: str
) -> None:
    count(library.qingshan, "〔姓名〕赶歌场")
    (row,) = report(editor).context["rows"]

    page = editor.get(getattr(row, way))
    assert page.context["form"][field].value() == "赶歌场"

    hidden = page.context["answered_query"]
    assert f'name="query" value="{hidden}"' in text_of(page)
    address = urlsplit(getattr(row, way)).path
    assert editor.post(address, form(query=hidden)).status_code == 302
    assert HandledQuery.objects.get().outcome == outcome
    assert texts(report(editor)) == []


def test_saving_marks_nothing_that_nobody_searched_for(
    library: Tree, editor: Client
) -> None:
    count(library.baihe, "赶歌场")

    editor.post(reverse("search-synonyms:add"), synonym_form(query="赶歌场"))

    assert PortalSynonym.objects.exists()
    assert not HandledQuery.objects.exists()


def test_query_becomes_a_question_with_one_click(
    library: Tree, editor: Client, owner: Client
) -> None:
    count(library.qingshan, "赶歌场要不要钱")
    (row,) = report(editor).context["rows"]
    assert owner.get(row.question_href).status_code == 404

    page = editor.get(row.question_href)

    form = page.context["form"]
    assert form["heading_zh_hans"].value() == "赶歌场要不要钱"
    assert form["wordings_zh_hans"].value() == "赶歌场要不要钱"
    column = library.column(library.qingshan)
    add = reverse(
        "wagtailadmin_pages:add", args=["articles", "questionpage", column.pk]
    )
    assert f'action="{add}"' in text_of(page)


def test_question_answers_the_queries_in_its_wordings(
    library: Tree, editor: Client
) -> None:
    for text in ("赶歌场要不要钱", "别的话"):
        count(library.qingshan, text)
        count(library.baihe, text)
    page = library.question(
        library.qingshan, "进歌场收费吗？", wordings_zh_hans="赶歌场要不要钱？"
    )

    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), page_form(page))

    handled = HandledQuery.objects.get()
    assert (handled.portal, handled.text) == (library.qingshan, "赶歌场要不要钱")
    assert handled.outcome == "question"


def page_form(page: Any) -> dict[str, Any]:
    """What Wagtail's form of a question sends back unchanged."""
    streams = ("explanation_zh_hans", "legal_basis", "related")
    empty = {f"{name}-count": "0" for name in streams}
    comments = {
        f"comments-{name}": "0"
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    }
    return {
        "heading_zh_hans": page.heading_zh_hans,
        "wordings_zh_hans": page.wordings_zh_hans,
        "answer_zh_hans": page.answer_zh_hans,
        "slug": page.slug,
        "area": "全国",
        "comments-MAX_NUM_FORMS": "",
        **empty,
        **comments,
    }


def test_links_of_the_report_carry_the_text_as_it_is(
    library: Tree, editor: Client
) -> None:
    count(library.qingshan, "a&b=c？“引号”")
    (row,) = report(editor).context["rows"]

    assert parse_qs(urlsplit(row.synonym_href).query)["query"] == [row.query.text]
