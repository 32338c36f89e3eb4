"""Every endpoint, every block and every error is as ``openapi.yaml`` says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from home import streams
from home.models import page_models
from publishing.api.page_fields import OWN
from publishing.api.schema import document
from publishing.api.searching import hit_kinds
from publishing.api.urls import urlpatterns
from tests.factories import TwoPortals
from tests.publishing.api_content import ApiClient, Library, add_library


@pytest.fixture
def library(two_portals: TwoPortals) -> Library:
    return add_library(two_portals)


@pytest.fixture
def api(client: Client, two_portals: TwoPortals) -> ApiClient:
    return ApiClient(client, two_portals.qingshan.host)


def test_contract_is_a_valid_openapi_document() -> None:
    validate(document())


def test_contract_is_served_with_this_host_as_server(api: ApiClient) -> None:
    served = api.json("openapi.json")

    assert served["servers"] == [{"url": "http://qingshan.localhost/api/v2"}]
    assert served["paths"].keys() == document()["paths"].keys()


def test_contract_lists_exactly_the_addresses_that_are_routed() -> None:
    described = {re.sub(r"\{\w+\}", "{}", path) for path in document()["paths"]}

    assert set(routed(urlpatterns)) == described


def routed(patterns: list[Any], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        text = str(pattern.pattern).lstrip("^").rstrip("$")
        text = re.sub(r"<int:\w+>|\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "{}", text)
        if hasattr(pattern, "url_patterns"):
            yield from routed(pattern.url_patterns, prefix + text)
        elif pattern.name != "nothing":
            yield prefix + text


def test_contract_knows_every_kind_of_page_and_its_fields() -> None:
    schemas = document()["components"]["schemas"]
    kinds = {model.kind for model in page_models()}

    assert set(schemas["PageKind"]["enum"]) == kinds == set(OWN)
    for kind, fields in OWN.items():
        assert set(schemas[f"{kind.title()}Page"]["properties"]) == set(fields)


def test_contract_knows_every_kind_of_hit() -> None:
    kinds = document()["components"]["schemas"]["HitKind"]["enum"]

    assert set(kinds) == set(hit_kinds())


def test_contract_knows_every_type_of_block() -> None:
    schemas = document()["components"]["schemas"]
    described = {
        schemas[entry["$ref"].rpartition("/")[2]]["properties"]["type"]["const"]
        for entry in schemas["Blocks"]["items"]["oneOf"]
    }

    assert described == set(streams._types)


def test_page_with_every_block_is_as_the_contract_says(
    api: ApiClient, library: Library
) -> None:
    body = api.json(f"pages/{library.rich.pk}/")["body"]

    shown = {block["type"] for block in body}
    assert shown == {
        "text",
        "heading",
        "picture",
        "gallery",
        "video",
        "attachment",
        "contact",
        "quote",
        "table",
        "alert",
        "citation",
        "question_link",
    }


def test_home_page_with_every_block_is_as_the_contract_says(
    api: ApiClient, library: Library, two_portals: TwoPortals
) -> None:
    body = api.json(f"pages/{two_portals.qingshan.home.pk}/")["body"]

    shown = [block["type"] for block in body]
    assert shown == ["notice", "top_tasks", "questions_by_topic", "latest", "links"]


LISTS = [
    "",
    "pages/",
    "pages/?kind=article&fields=*",
    "pages/?kind=question&fields=*",
    "pages/?kind=home&fields=*",
    "pages/?kind=column&fields=*",
    "pages/?fields=_",
    "questions/",
    "questions/?fields=*&lang=en",
    "images/",
    "documents/",
    "statutes/",
    "statutes/?category=local&status=in_force&cited=true",
    "statutes/minfadian/",
]


def test_lists_are_as_the_contract_says(api: ApiClient, library: Library) -> None:
    for path in LISTS:
        assert api.json(path), path


def test_statute_is_as_the_contract_says(api: ApiClient, library: Library) -> None:
    below = ["", "provisions/", "provisions/2/"]
    for path in [*below, *(f"{path}?date=2020-01-01" for path in below)]:
        assert api.json(f"statutes/{library.statute.slug}/{path}"), path


def test_pictures_and_files_are_as_the_contract_says(
    api: ApiClient, library: Library
) -> None:
    assert api.json(f"images/{library.picture.pk}/")["used_by"]
    assert api.json(f"documents/{library.attachment.pk}/")["used_by"]


def test_prefecture_lists_its_counties_as_the_contract_says(
    client: Client, library: Library
) -> None:
    home = library.prefecture.site.root_page.specific
    home.body_zh_hans = '[{"type": "counties", "value": {"heading": "各县"}}]'
    home.save()
    api = ApiClient(client, library.prefecture.host)

    (block,) = api.json(f"pages/{home.pk}/")["body"]
    assert [link["name"] for link in block["value"]["portals"]] == ["青山县普法网"]
    assert api.json("")["children"] == block["value"]["portals"]
