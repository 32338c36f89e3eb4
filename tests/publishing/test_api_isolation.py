"""What is not public in a portal is in no answer of its API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from home.outbox import deliver_pending
from tests.factories import TwoPortals
from tests.publishing.api_content import (
    DRAFT,
    FOREIGN,
    PRIVATE,
    ApiClient,
    Library,
    add_library,
)


@pytest.fixture
def library(two_portals: TwoPortals, tmp_path: Path) -> Iterator[Library]:
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "search"):
        found = add_library(two_portals)
        list(deliver_pending())
        yield found


@pytest.fixture
def api(client: Client, two_portals: TwoPortals) -> ApiClient:
    return ApiClient(client, two_portals.qingshan.host)


LISTS = [
    "",
    "pages/?limit=100",
    "pages/?lang=en",
    "pages/?kind=home&fields=*",
    "pages/?kind=column&fields=*",
    "pages/?kind=article&fields=*&limit=100",
    "pages/?kind=question&fields=*&limit=100",
    "pages/?kind=question&fields=*&lang=en",
    "questions/?fields=*",
    "questions/?q=%E5%B7%A5%E9%92%B1&fields=*",
    "images/?limit=100",
    "documents/?limit=100",
    "statutes/?limit=100",
    "statutes/?cited=true",
    "statutes/?q=%E6%9D%A1%E4%BE%8B",
    "search/?q=%E5%B7%A5%E9%92%B1",
    f"search/?q={DRAFT}",
    f"search/?q={PRIVATE}",
    f"search/?q={FOREIGN}",
]


def details(api: ApiClient, library: Library) -> Iterator[str]:
    """The address of everything that the lists name."""
    for name in ("pages", "questions", "images", "documents"):
        for item in api.json(f"{name}/?limit=100")["items"]:
            yield f"{name}/{item['id']}/"
    slug = library.statute.slug
    yield f"statutes/{slug}/"
    yield f"statutes/{slug}/provisions/?limit=100"
    for item in api.json(f"statutes/{slug}/provisions/?limit=100")["items"]:
        yield f"statutes/{slug}/provisions/{item['key']}/"


def without_echo(answer: dict[str, Any]) -> str:
    """The answer as text, without the words of the query that a search gives back."""
    if helping := answer.get("meta", {}).get("help"):
        helping["parts"] = []
    return json.dumps(answer, ensure_ascii=False)


def test_no_answer_holds_a_draft_or_something_private_or_foreign(
    api: ApiClient, library: Library
) -> None:
    answers = {
        path: without_echo(api.json(path)) for path in [*LISTS, *details(api, library)]
    }

    assert "青山记号" in "".join(answers.values())
    for marker in (DRAFT, PRIVATE, FOREIGN, "白河", "baihe"):
        found = [path for path, answer in answers.items() if marker in answer]
        assert found == [], marker


def test_every_list_shows_what_is_public(
    api: ApiClient, library: Library, two_portals: TwoPortals
) -> None:
    """The twin of the test above: it would pass if the API were silent."""
    pages = {item["id"] for item in api.json("pages/?limit=100")["items"]}
    own = two_portals.qingshan

    assert {own.home.pk, own.column.pk, own.article.pk, own.question.pk} <= pages
    assert [item["id"] for item in api.json("images/")["items"]] == [library.picture.pk]
    files = {item["title"] for item in api.json("documents/")["items"]}
    assert files == {library.attachment.title, "宣讲"}
    assert api.json("search/?q=工钱")["meta"]["total_count"] >= 1


def test_hidden_pages_are_not_found(
    api: ApiClient, library: Library, two_portals: TwoPortals
) -> None:
    hidden = [page.pk for page in library.hidden_pages]
    for pk in [*hidden, two_portals.baihe.article.pk, 999_999]:
        assert api.problem(f"pages/{pk}/", 404)["detail"].startswith("这个门户没有")


def test_pages_of_hidden_kinds_are_no_questions(
    api: ApiClient, two_portals: TwoPortals
) -> None:
    api.problem(f"questions/{two_portals.qingshan.article.pk}/", 404)
    api.problem(f"questions/{two_portals.baihe.question.pk}/", 404)


def test_addresses_of_hidden_pages_are_not_found(
    api: ApiClient, library: Library
) -> None:
    for page in library.hidden_pages:
        api.problem(f"pages/find/?html_path=/dongtai/{page.slug}/", 404)


def test_hidden_pictures_and_files_are_not_found(
    api: ApiClient, library: Library
) -> None:
    for picture in library.hidden_pictures:
        api.problem(f"images/{picture.pk}/", 404)
    for attachment in library.hidden_attachments:
        api.problem(f"documents/{attachment.pk}/", 404)


def test_page_leaves_out_a_picture_that_may_no_longer_be_shown(
    api: ApiClient, library: Library
) -> None:
    (page,) = [
        item
        for item in api.json("pages/?kind=article&fields=heading,body")["items"]
        if item["heading"].startswith("同意书收回的图")
    ]

    assert [block["type"] for block in page["body"]] == ["text"]


def test_regulation_of_the_prefecture_is_shown_and_that_of_another_county_is_not(
    client: Client, api: ApiClient, library: Library, two_portals: TwoPortals
) -> None:
    other = ApiClient(client, two_portals.baihe.host)
    slug = library.statute.slug

    assert api.json("statutes/")["items"][0]["slug"] == slug
    assert other.json("statutes/")["items"] == []
    for path in ("", "provisions/", "provisions/2/"):
        other.problem(f"statutes/{slug}/{path}", 404)


def test_page_of_a_stranger_does_not_cite_the_prefectures_regulation(
    api: ApiClient, client: Client, library: Library, two_portals: TwoPortals
) -> None:
    """Whose county is of no prefecture has no name for it."""
    other = ApiClient(client, two_portals.baihe.host)

    assert cites(api, library)
    assert not cites(other, library)


def cites(api: ApiClient, library: Library) -> bool:
    pages = api.json("pages/?kind=article&fields=citations")["items"]
    found = [cited["statute"] for page in pages for cited in page["citations"]]
    return library.statute.slug in found


def test_withdrawn_page_is_not_found_by_search_before_the_index_knows(
    api: ApiClient, library: Library, two_portals: TwoPortals
) -> None:
    own = two_portals.qingshan
    assert own.question.pk in found_pages(api, "工钱")

    own.question.unpublish()

    assert own.question.pk not in found_pages(api, "工钱")


def test_withdrawn_page_is_not_on_the_search_page_before_the_index_knows(
    client: Client, library: Library, two_portals: TwoPortals
) -> None:
    own = two_portals.qingshan
    heading = own.question.heading_zh_hans
    assert heading in found_words(client, own.host)

    own.question.unpublish()

    assert heading not in found_words(client, own.host)
    assert heading not in found_words(client, two_portals.baihe.host)


def found_words(client: Client, host: str) -> str:
    address = "/search/?q=工钱&scope=all"
    response = client.get(address, headers={"host": host})
    return re.sub(r"</?mark>", "", response.content.decode())


def found_pages(api: ApiClient, words: str) -> set[int]:
    return {item["page_id"] for item in api.json(f"search/?q={words}")["items"]}


def test_unknown_host_has_no_api(client: Client, two_portals: TwoPortals) -> None:
    stranger = ApiClient(client, "nowhere.example")

    for path in ("", "pages/", "openapi.json", "search/?q=%E5%B7%A5"):
        assert "域名" in stranger.problem(path, 404)["detail"]
