"""The search page and its API as people meet them: answers, slips, dead ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings

from home.outbox import deliver_pending
from search.service import SearchRequest
from tests.factories import (
    ArticlePageFactory,
    PortalFixture,
    QuestionPageFactory,
    TwoPortals,
    stream,
)
from tests.publishing.api_content import ApiClient
from tests.publishing.world import make_civil_code

QUESTION = "老板不给工钱怎么办？"


@pytest.fixture
def portals(two_portals: TwoPortals, tmp_path: Path) -> Iterator[TwoPortals]:
    make_civil_code()
    for own in two_portals:
        own.question.unpublish()  # it asks the same
        QuestionPageFactory(
            parent=own.column,
            slug="gongqian",
            heading_zh_hans=QUESTION,
            wordings_zh_hans="包工头跑了工钱找谁要",
            answer_zh_hans=f"先打12333投诉，{own.marker}。",
            whom_zh_hans="县人社局劳动监察大队。",
            legal_basis=stream(("citation", "《民法典》第一千零四十六条")),
        )
        ArticlePageFactory(
            parent=own.column,
            heading_zh_hans=f"{own.portal.region_name}欠薪举报电话",
            slug="dianhua",
        )
    ArticlePageFactory(
        parent=two_portals.baihe.column, heading_zh_hans="火把节法治集市", slug="jishi"
    )
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "search"):
        list(deliver_pending())
        yield two_portals


def page(client: Client, own: PortalFixture, **params: str) -> str:
    response = client.get(f"/search/?{urlencode(params)}", headers={"host": own.host})
    assert response.status_code == 200
    return response.content.decode()


def test_question_is_answered_with_the_next_step_and_the_law(
    client: Client, portals: TwoPortals
) -> None:
    for own in portals:
        text = page(client, own, q="老板拖着工资不给怎么办")

        assert "direct-answer" in text
        assert f"先打12333投诉，{own.marker}。" in text
        assert "县人社局劳动监察大队。" in text
        assert 'href="/laws/minfadian/b5c2/#t1046"' in text


def test_answer_is_what_the_page_says_now(client: Client, portals: TwoPortals) -> None:
    own = portals.qingshan
    question = own.column.get_children().get(slug="gongqian").specific
    question.answer_zh_hans = "改过的回答。"
    question.save_revision()
    assert "改过的回答" not in page(client, own, q=QUESTION)  # a draft

    question.save_revision().publish()

    assert "改过的回答。" in page(client, own, q=QUESTION)  # before the index knows


def test_withdrawn_question_answers_nobody_and_is_not_counted(
    client: Client, portals: TwoPortals
) -> None:
    own = portals.qingshan
    api = ApiClient(client, own.host)
    path = f"search/?{urlencode({'q': '工钱'})}"
    before = api.json(path)["meta"]

    own.column.get_children().get(slug="gongqian").specific.unpublish()

    text = page(client, own, q=QUESTION)
    after = api.json(path)["meta"]
    assert "direct-answer" not in text
    assert own.marker + "。" not in text
    assert after["total_count"] == before["total_count"] - 1
    assert counts(before)["question"] - counts(after).get("question", 0) == 1


def counts(meta: dict[str, dict[str, list[dict[str, int]]]]) -> dict[int, int]:
    return {kind["value"]: kind["count"] for kind in meta["facets"]["kinds"]}


def test_pinyin_and_wrong_characters_are_searched_with_a_note(
    client: Client, portals: TwoPortals
) -> None:
    for typed in ("qianxin", "欠新"):
        text = page(client, portals.qingshan, q=typed)

        assert "按“欠薪”查找。" in text
        assert f"{urlencode({'q': typed})}&amp;exact=1" in text
        assert "欠薪</mark>举报电话" in text
        exact = page(client, portals.qingshan, q=typed, exact="1")
        assert "按“欠薪”查找。" not in exact


def test_nothing_found_shows_whom_to_ask(client: Client, portals: TwoPortals) -> None:
    text = page(client, portals.qingshan, q="银河飞船")

    assert "没有找到" in text
    assert 'href="tel:12348"' in text
    assert "按主题找" in text


def test_wider_scope_is_counted_where_this_portal_has_nothing(
    client: Client, portals: TwoPortals
) -> None:
    prefecture = portals.qingshan.portal
    baihe = portals.baihe.portal
    baihe.parent = prefecture
    baihe.state = baihe.State.ONLINE
    baihe.save()

    text = page(client, portals.qingshan, q="火把节集市")
    everywhere = page(client, portals.qingshan, q="火把节集市", scope="all")

    assert "各地有 1 条" in text
    assert "法治集市" not in text
    assert f"http://{portals.baihe.host}" in everywhere
    assert baihe.name in everywhere


def test_every_form_of_a_citation_opens_the_provision(
    client: Client, portals: TwoPortals
) -> None:
    forms = (
        "民法典1046",
        "民法典1046条",
        "民法典 1046",
        "民法典第1046条",
        "民法典第一千零四十六条",
        "《民法典》第一千零四十六条",
        "中华人民共和国民法典第一千零四十六条",
        "民法典１０４６条",
        "民法典第１０４６條",
        "民法典第一千零四十六條",
        "中華人民共和國民法典第1046條",
        "请问民法典第1046条是什么？",
        "第1046条 民法典",
        "民法典1046条第一款",
        "民法典婚姻家庭编第一千零四十六条",
    )
    for form in forms:
        response = client.get(
            f"/search/?{urlencode({'q': form})}",
            headers={"host": portals.qingshan.host},
        )
        assert (response.status_code, response["Location"]) == (
            302,
            "/laws/minfadian/b5c2/#t1046",
        ), form


# --- API ----------------------------------------------------------------------------------


def test_api_answers_as_the_page_does(client: Client, portals: TwoPortals) -> None:
    for own in portals:
        api = ApiClient(client, own.host)
        meta = api.json(f"search/?{urlencode({'q': QUESTION})}")["meta"]

        assert meta["answer"]["page"]["heading"] == QUESTION
        assert own.marker in meta["answer"]["answer_html"]
        assert meta["answer"]["legal_basis"][0]["anchor"] == "t1046"
        assert (meta["correction"], meta["help"]) == (None, None)


def test_api_says_what_it_corrected_and_where_to_ask(
    client: Client, portals: TwoPortals
) -> None:
    api = ApiClient(client, portals.qingshan.host)

    corrected = api.json("search/?q=qianxin")
    nothing = api.json(f"search/?{urlencode({'q': '银河飞船'})}")

    assert corrected["meta"]["correction"] == {"words": "欠薪", "is_applied": True}
    assert corrected["items"][0]["title"].endswith("欠薪举报电话")
    assert api.json("search/?q=qianxin&exact=true")["items"] == []
    assert nothing["meta"]["help"]["hotline"] == "12348"
    assert nothing["items"] == []


def test_suggestions_are_of_this_portal_and_of_public_pages_only(
    client: Client, portals: TwoPortals
) -> None:
    QuestionPageFactory(
        parent=portals.qingshan.column,
        slug="mimi",
        heading_zh_hans="老板的秘密草稿怎么办？",
        live=False,
    )
    for own, other in ((portals.qingshan, "白河"), (portals.baihe, "青山")):
        api = ApiClient(client, own.host)
        for typed in ("欠薪", "qx", "laoban", "老板", "lb", "q薪"):
            items = api.json(f"suggest/?{urlencode({'q': typed})}")["items"]

            assert items, typed
            assert not [i for i in items if "秘密" in i["text"] or other in i["text"]]
            assert all(not i["url"] or own.host in i["url"] for i in items)
        first = api.json("suggest/?q=laobanbugei")["items"][0]
        assert (first["text"], first["path"]) == (QUESTION, "/dongtai/gongqian/")


def test_withdrawn_page_is_not_suggested_a_moment_longer(
    client: Client, portals: TwoPortals
) -> None:
    own = portals.qingshan
    api = ApiClient(client, own.host)
    assert [i["text"] for i in api.json("suggest/?q=laobanbugei")["items"]]

    own.column.get_children().get(slug="gongqian").specific.unpublish()

    texts = [i["text"] for i in api.json("suggest/?q=laobanbugei")["items"]]
    assert QUESTION not in texts


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=" + "长" * 41, "q"), ("q=x&limit=9", "limit"), ("q=x&scope=all", "scope")],
)
def test_wrong_request_for_suggestions_is_explained(
    client: Client, portals: TwoPortals, query: str, parameter: str
) -> None:
    problem = ApiClient(client, portals.qingshan.host).problem(f"suggest/?{query}", 400)

    assert (problem["parameter"], problem["code"]) == (parameter, "bad_parameter")


def test_nothing_typed_is_nothing_suggested(
    client: Client, portals: TwoPortals
) -> None:
    api = ApiClient(client, portals.qingshan.host)

    assert api.json("suggest/")["items"] == api.json("suggest/?q=")["items"] == []


def test_page_asks_for_suggestions_in_its_language(
    client: Client, portals: TwoPortals
) -> None:
    text = page(client, portals.qingshan, q="欠薪")

    assert 'data-suggest="/api/v2/suggest/"' in text
    assert "js/suggest.js" in text


def test_default_request_is_of_this_portal_alone() -> None:
    assert SearchRequest("欠薪", 1).scope == "portal"
