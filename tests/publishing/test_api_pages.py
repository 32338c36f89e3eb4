"""Pages and questions of the API: filters, order, fields, languages, bodies."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from home.outbox import deliver_pending, record_change
from tests.factories import (
    ArticlePageFactory,
    ColumnPageFactory,
    PortalFixture,
    QuestionPageFactory,
    TopicFactory,
    TwoPortals,
    stream,
)
from tests.publishing.api_content import ApiClient, add_library


@pytest.fixture
def own(two_portals: TwoPortals) -> PortalFixture:
    return two_portals.qingshan


@pytest.fixture
def api(client: Client, own: PortalFixture) -> ApiClient:
    return ApiClient(client, own.host)


def ids(api: ApiClient, path: str) -> list[int]:
    return [item["id"] for item in api.json(path)["items"]]


def article(own: PortalFixture, day: int, **values: Any) -> int:
    moment = datetime(2026, 6, day, tzinfo=UTC)
    values.setdefault("parent", own.column)
    page = ArticlePageFactory(
        first_published_at=moment, last_published_at=moment, **values
    )
    return int(page.pk)


# --- lists -----------------------------------------------------------------------------


def test_list_comes_newest_first(api: ApiClient, own: PortalFixture) -> None:
    older, newer = article(own, 2), article(own, 3)

    assert ids(api, "pages/?kind=article") == [newer, older, own.article.pk]


def test_pages_of_one_moment_keep_their_order_from_part_to_part(
    api: ApiClient, own: PortalFixture
) -> None:
    made = [article(own, 2) for _number in range(5)]

    parts = [
        ids(api, f"pages/?kind=article&limit=2&offset={offset}")
        for offset in (0, 2, 4, 6)
    ]

    assert [len(part) for part in parts] == [2, 2, 2, 0]
    assert sum(parts, []) == [*reversed(made), own.article.pk]


def test_order_by_tree_puts_a_column_before_what_is_in_it(
    api: ApiClient, own: PortalFixture
) -> None:
    expected = [own.home.pk, own.column.pk, own.article.pk, own.question.pk]

    assert ids(api, "pages/?order=tree") == expected


def test_total_counts_all_that_matches(api: ApiClient, own: PortalFixture) -> None:
    article(own, 2)

    answer = api.json("pages/?kind=article&limit=1")

    assert answer["meta"] == {"total_count": 2}
    assert len(answer["items"]) == 1


def test_column_filter_brings_everything_below(
    api: ApiClient, own: PortalFixture
) -> None:
    below = ColumnPageFactory(parent=own.column, slug="xia")
    deep = article(own, 2, parent=below)

    assert ids(api, "pages/?column=dongtai/xia") == [deep]
    assert set(ids(api, "pages/?column=/dongtai/&kind=article")) == {
        deep,
        own.article.pk,
    }


def test_topic_filter_brings_pages_with_the_topic(
    api: ApiClient, own: PortalFixture
) -> None:
    topic = TopicFactory(slug="hunyin", name_zh_hans="婚姻")
    tagged = article(own, 2, topics=[topic])

    assert ids(api, "pages/?topic=hunyin") == [tagged]


def test_year_filter_goes_by_local_time(api: ApiClient, own: PortalFixture) -> None:
    # 17:00 UTC on 31 December is already New Year's Day in Shanghai.
    moment = datetime(2024, 12, 31, 17, tzinfo=UTC)
    page = ArticlePageFactory(parent=own.column, first_published_at=moment)

    assert ids(api, "pages/?year=2025") == [page.pk]
    assert ids(api, "pages/?year=2024") == []


MISTAKES = [
    ("lang=fr", "lang"),
    ("lang=ug", "lang"),
    ("kind=poster", "kind"),
    ("column=nowhere", "column"),
    ("topic=nothing", "topic"),
    ("year=26", "year"),
    ("limit=0", "limit"),
    ("limit=101", "limit"),
    ("limit=x", "limit"),
    ("offset=-1", "offset"),
    ("offset=99999999999999999999", "offset"),
    ("order=random", "order"),
    ("fields=secret", "fields"),
    ("fields=body", "fields"),
    ("fields=heading(x)", "fields"),
    ("fields=a b", "fields"),
    ("search=x", "search"),
    ("kind=article&kind=home", "kind"),
]


def test_wrong_parameter_is_named(api: ApiClient, own: PortalFixture) -> None:
    for query, parameter in MISTAKES:
        problem = api.problem(f"pages/?{query}", 400)
        assert problem["parameter"] == parameter, query
        assert problem["title"] == "请求参数有误"


def test_fields_choose_what_is_shown(api: ApiClient, own: PortalFixture) -> None:
    def shown(fields: str) -> set[str]:
        items = api.json(f"pages/?kind=article&fields={fields}")["items"]
        return set(items[0]) - {"id", "meta"}

    assert shown("_") == set()
    assert shown("_,heading,author") == {"heading", "author"}
    assert shown("-summary") == {"heading", "source", "topics", "audiences"}
    assert "body" in shown("*")


# --- languages -------------------------------------------------------------------------


def test_language_parameter_brings_the_translation(
    api: ApiClient, own: PortalFixture
) -> None:
    page = api.json(f"pages/{own.article.pk}/?lang=en")

    assert page["heading"] == f"{own.marker} wages recovered"
    assert page["meta"]["path"] == "/en/dongtai/zhengqian/"
    assert page["meta"]["detail_url"].endswith("?lang=en")
    assert page["meta"]["languages"] == ["zh-hans", "en"]
    assert page["topics"][0]["name"] == "Unpaid wages"


def test_accept_language_plays_no_part(api: ApiClient, own: PortalFixture) -> None:
    response = api.get(
        f"pages/{own.article.pk}/", headers={"accept-language": "en;q=1.0"}
    )

    assert response.json()["meta"]["language"] == "zh-hans"


def test_untranslated_page_is_not_found_in_the_language(
    api: ApiClient, own: PortalFixture
) -> None:
    pk = article(own, 2)

    assert pk not in ids(api, "pages/?lang=en")
    api.problem(f"pages/{pk}/?lang=en", 404)


def test_language_of_one_portal_is_refused_by_another(
    client: Client, two_portals: TwoPortals
) -> None:
    problem = ApiClient(client, two_portals.baihe.host).problem("pages/?lang=en", 400)

    assert problem["parameter"] == "lang"


# --- one page --------------------------------------------------------------------------


def test_text_holds_absolute_links_and_linked_citations(
    api: ApiClient, two_portals: TwoPortals
) -> None:
    library = add_library(two_portals)
    text = api.json(f"pages/{library.rich.pk}/")["body"][0]["value"]["html"]

    statute = f"http://qingshan.localhost/laws/{library.statute.slug}/"
    assert f'href="{statute}#t2"' in text
    assert 'href="http://qingshan.localhost/dongtai/zhengqian/"' in text


def test_citation_names_its_place_and_brings_the_text(
    api: ApiClient, two_portals: TwoPortals
) -> None:
    library = add_library(two_portals)
    blocks = api.json(f"pages/{library.rich.pk}/")["body"]
    held, registered = [b["value"] for b in blocks if b["type"] == "citation"]

    (provision,) = held["provisions"]
    assert (provision["statute"], provision["number"]) == (library.statute.slug, 2)
    assert provision["paragraphs"][0].startswith("本市行政区域内农村的法治宣传教育")
    assert api.json(provision["detail_url"].partition("localhost")[2])["key"] == "2"
    (missing,) = registered["provisions"]
    assert missing["statute"] == "minfadian"
    assert (missing["paragraphs"], missing["url"], missing["detail_url"]) == (
        [],
        None,
        None,
    )


def test_picture_of_a_page_is_served_at_its_url(
    api: ApiClient, client: Client, two_portals: TwoPortals
) -> None:
    library = add_library(two_portals)
    cover = api.json(f"pages/{library.rich.pk}/")["cover"]

    assert cover["alt"] == "调解员在院坝里听两户村民说话"
    files = [cover, *(c for source in cover["sources"] for c in source["candidates"])]
    assert len(files) > 2
    for file in files:
        response = client.get(file["path"], headers={"host": api.host})
        assert response.status_code == 200
        assert file["url"] == f"http://{api.host}{file['path']}"


def test_foreign_link_says_where_it_leads_in_the_end(
    api: ApiClient, client: Client, two_portals: TwoPortals
) -> None:
    library = add_library(two_portals)
    reprint = api.json(f"pages/{library.rich.pk}/?fields=_,reprint")["reprint"]

    assert reprint["target"] == "https://news.example.com/1"
    assert reprint["path"].startswith("/leave/")
    page = client.get(reprint["path"], headers={"host": api.host})
    assert page.status_code == 200


def test_question_has_answer_next_step_and_law(
    api: ApiClient, own: PortalFixture
) -> None:
    question = api.json(f"questions/{own.question.pk}/")

    assert question["answer"] == f"{own.marker}先投诉，再仲裁。"
    assert question["wordings"] == [
        f"{own.marker}工资要不回来",
        f"{own.marker}拖欠工钱",
    ]
    assert question["next_step"]["whom"] == f"{own.marker}人社局"
    (basis,) = question["legal_basis"]
    assert (basis["statute"], basis["number"]) == ("minfadian", 1046)


def test_line_ends_of_an_answer_are_html_and_signs_are_escaped(
    api: ApiClient, own: PortalFixture
) -> None:
    page = QuestionPageFactory(
        parent=own.column, answer_zh_hans="是。", bring_zh_hans="身份证\n<欠条>"
    )

    step = api.json(f"questions/{page.pk}/")["next_step"]
    assert step["bring"] == "身份证<br>\n&lt;欠条&gt;"


def test_detail_and_list_say_the_same(api: ApiClient, own: PortalFixture) -> None:
    (listed,) = api.json("questions/?fields=*")["items"]

    assert api.json(f"questions/{own.question.pk}/") == listed
    assert api.json(f"pages/{own.question.pk}/") == listed


def test_column_has_its_subcolumns_and_counts_what_is_below(
    api: ApiClient, own: PortalFixture
) -> None:
    below = ColumnPageFactory(parent=own.column, slug="xia")
    article(own, 2, parent=below)
    column = api.json(f"pages/{own.column.pk}/")

    assert [item["id"] for item in column["subcolumns"]] == [below.pk]
    assert column["page_count"] == 3


# --- from an address to its page ---------------------------------------------------------


def test_address_leads_to_its_page(api: ApiClient, own: PortalFixture) -> None:
    for path, query in (
        ("/dongtai/zhengqian/", ""),
        ("/en/dongtai/zhengqian/", "?lang=en"),
    ):
        response = api.get(f"pages/find/?html_path={path}")
        location = f"http://{api.host}/api/v2/pages/{own.article.pk}/{query}"
        assert (response.status_code, response["Location"]) == (302, location)


def test_address_without_a_page_is_not_found(
    api: ApiClient, own: PortalFixture
) -> None:
    for path in ("/nothing/", "", "/en/dongtai/nothing/", "/dongtai/"):
        status = 302 if path == "/dongtai/" else 404
        assert api.get(f"pages/find/?html_path={path}").status_code == status


# --- searching questions -----------------------------------------------------------------


def test_questions_are_searched_with_the_words_of_their_wordings(
    api: ApiClient, own: PortalFixture, tmp_path: Path
) -> None:
    QuestionPageFactory(parent=own.column, heading_zh_hans="离婚找谁？")
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "search"):
        list(deliver_pending())

        assert ids(api, "questions/?q=拖欠工钱") == [own.question.pk]
        assert ids(api, "questions/?q=拖欠工钱&year=2019") == []


def test_search_words_and_order_are_not_mixed(
    api: ApiClient, own: PortalFixture
) -> None:
    assert api.problem("questions/?q=工钱&order=id", 400)["parameter"] == "order"
    assert api.problem("questions/?q=", 400)["parameter"] == "q"


# --- cost ----------------------------------------------------------------------------------


def test_longer_list_of_whole_pages_costs_no_more_queries(
    api: ApiClient, two_portals: TwoPortals, django_assert_max_num_queries: Any
) -> None:
    library = add_library(two_portals)
    path = "pages/?kind=article&fields=*&limit=100"
    api.json(path)
    ArticlePageFactory(parent=two_portals.qingshan.column)

    def cost() -> int:
        """Right after a change: the portals and this one's tree are read anew."""
        record_change(two_portals.qingshan.portal, "page", 0)
        with django_assert_max_num_queries(9) as queries:
            api.json(path)
        return len(queries)

    few = cost()
    for number in range(5):
        ArticlePageFactory(
            parent=two_portals.qingshan.column,
            body_zh_hans=stream(
                (
                    "citation",
                    f"《云岭市农村法治宣传教育条例》第{'三四五六七'[number]}条",
                ),
                ("picture", {"image": library.picture.pk}),
            ),
        )
    assert cost() == few


def test_list_from_the_tree_costs_one_query(
    api: ApiClient, own: PortalFixture, django_assert_num_queries: Any
) -> None:
    api.json("pages/")

    with django_assert_num_queries(1):
        api.json("pages/?order=id")
