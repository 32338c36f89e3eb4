"""What surrounds an answer of the API: caching, other origins, limits, errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.urls import resolve

from home.clients import client_address
from home.outbox import record_change
from publishing.api.pages import PagesViewSet
from tests.factories import PortalFixture, TwoPortals
from tests.publishing.api_content import ApiClient


@pytest.fixture
def own(two_portals: TwoPortals) -> PortalFixture:
    return two_portals.qingshan


@pytest.fixture
def api(client: Client, own: PortalFixture) -> ApiClient:
    return ApiClient(client, own.host)


# --- caching ---------------------------------------------------------------------------


def test_answer_is_not_sent_twice_while_nothing_has_changed(
    api: ApiClient, own: PortalFixture, django_assert_num_queries: Any
) -> None:
    first = api.get("pages/")

    with django_assert_num_queries(1):
        second = api.get("pages/", headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == second["Cache-Control"] == "public, max-age=60"
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]


def test_change_in_this_portal_moves_the_etag_and_one_elsewhere_does_not(
    api: ApiClient, two_portals: TwoPortals
) -> None:
    before = api.get("pages/")["ETag"]
    two_portals.baihe.article.save()
    assert api.get("pages/")["ETag"] == before

    two_portals.qingshan.article.save()

    response = api.get("pages/", headers={"if-none-match": before})
    assert response.status_code == 200
    assert response["ETag"] != before


def test_change_of_something_shared_moves_the_etag(
    api: ApiClient, own: PortalFixture
) -> None:
    before = api.get("statutes/")["ETag"]

    record_change(None, "statute", 1)

    assert api.get("statutes/")["ETag"] != before


def test_every_address_and_language_has_its_own_etag(
    api: ApiClient, own: PortalFixture
) -> None:
    paths = ["", "pages/", "pages/?limit=1", "pages/?lang=en", "openapi.json"]

    assert len({api.get(path)["ETag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("path", ["search/?q=工钱", "suggest/?q=工钱"])
def test_words_of_a_reader_are_kept_by_no_proxy_and_by_the_browser_for_a_minute(
    api: ApiClient, own: PortalFixture, path: str
) -> None:
    first = api.get(path)
    again = api.get(path, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == again["Cache-Control"] == "private, max-age=60"
    assert (again.status_code, again.content) == (304, b"")


def test_other_answer_has_another_etag(api: ApiClient, own: PortalFixture) -> None:
    before = api.get("suggest/?q=工钱")
    own.question.unpublish()
    after = api.get("suggest/?q=工钱", headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


def test_error_is_not_kept(api: ApiClient, own: PortalFixture) -> None:
    response = api.get("pages/999999/")

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_answer_does_not_depend_on_who_asks(api: ApiClient, own: PortalFixture) -> None:
    anonymous = api.get(f"pages/{own.article.pk}/")
    api.client.force_login(own.admin)
    editor = api.get(f"pages/{own.article.pk}/")

    assert editor.content == anonymous.content
    assert "Vary" not in editor or "Cookie" not in editor["Vary"]
    assert not editor.cookies


def test_reading_takes_no_transaction() -> None:
    for path in (
        "/api/v2/",
        "/api/v2/pages/",
        "/api/v2/search/",
        "/api/v2/openapi.json",
    ):
        assert resolve(path).func._non_atomic_requests == {"default"}, path


# --- other origins -----------------------------------------------------------------------


def test_any_origin_may_read(api: ApiClient, own: PortalFixture) -> None:
    for path in ("", "pages/", "pages/999999/", "pages/?lang=fr"):
        response = api.get(path, headers={"origin": "https://mini.example"})
        assert response["Access-Control-Allow-Origin"] == "*", path
        assert "Access-Control-Allow-Credentials" not in response


def test_other_origin_may_ask_whether_something_changed(
    client: Client, own: PortalFixture
) -> None:
    response = client.options("/api/v2/pages/", headers={"host": own.host})

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "POST" not in response["Access-Control-Allow-Methods"]


# --- limits ------------------------------------------------------------------------------


@pytest.fixture
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("empty_cache")
@override_settings(API_RATE="2/h", API_SEARCH_RATE="1/h")
def test_who_asks_too_often_is_told_when_to_come_back(
    api: ApiClient, own: PortalFixture
) -> None:
    assert [api.get("pages/").status_code for _n in range(2)] == [200, 200]

    refused = api.get("images/")

    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 3600
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused["Cache-Control"] == "no-store"
    assert refused.json()["title"] == "请求太频繁"


@pytest.mark.usefixtures("empty_cache")
@override_settings(API_RATE="5/h", API_SEARCH_RATE="1/h")
def test_search_has_a_stricter_limit_of_its_own(
    api: ApiClient, own: PortalFixture
) -> None:
    assert api.get("search/?q=工钱").status_code == 200
    assert api.get("search/?q=工钱").status_code == 429
    assert api.get("pages/").status_code == 200


@pytest.mark.usefixtures("empty_cache")
@override_settings(API_RATE="1/h")
def test_limit_of_one_address_leaves_others_alone(
    api: ApiClient, own: PortalFixture
) -> None:
    assert api.get("pages/", REMOTE_ADDR="192.0.2.1").status_code == 200
    assert api.get("pages/", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert api.get("pages/", REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ("REMOTE_ADDR", "192.0.2.7", "192.0.2.7"),
        ("REMOTE_ADDR", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("REMOTE_ADDR", "", "unknown"),
        ("HTTP_X_REAL_IP", "198.51.100.4", "198.51.100.4"),
        ("HTTP_X_FORWARDED_FOR", "10.9.9.9, 198.51.100.4", "198.51.100.4"),
        ("HTTP_X_FORWARDED_FOR", "no address", "unknown"),
    ],
)
def test_address_is_taken_from_the_header_that_the_settings_name(
    header: str, value: str, expected: str
) -> None:
    request = RequestFactory().get("/", **{header: value})

    with override_settings(CLIENT_ADDRESS_HEADER=header):
        assert client_address(request) == expected


def test_header_that_nobody_named_is_not_believed() -> None:
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="198.51.100.4")

    assert client_address(request) == "127.0.0.1"


# --- errors ------------------------------------------------------------------------------


def test_nothing_can_be_written(own: PortalFixture) -> None:
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(strict, method)("/api/v2/pages/", headers={"host": own.host})
        assert response.status_code == 405, method
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"] == "GET, HEAD"
        assert response.json()["title"] == "这个接口只能读取"


def test_address_that_is_none_of_ours_is_a_problem_and_no_page(
    client: Client, own: PortalFixture
) -> None:
    for path in ("nothing/", "pages/x/", "statutes/A/", "a/b/c", "pages/1/2/"):
        response = client.get(f"/api/v2/{path}", headers={"host": own.host})
        assert response.status_code == 404, path
        assert response["Content-Type"] == "application/problem+json", path


def test_missing_slash_is_put_right_with_the_query_kept(
    client: Client, own: PortalFixture
) -> None:
    response = client.get("/api/v2/pages?limit=1", headers={"host": own.host})

    assert response.status_code == 301
    assert response["Location"] == "/api/v2/pages/?limit=1"


def test_browser_gets_json_and_no_page_of_a_framework(
    api: ApiClient, own: PortalFixture
) -> None:
    response = api.get("pages/", headers={"accept": "text/html"})

    assert response["Content-Type"] == "application/json"
    assert "script-src" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_head_has_the_headers_of_get(client: Client, own: PortalFixture) -> None:
    headers = {"host": own.host}
    got = client.get("/api/v2/pages/", headers=headers)
    asked = client.head("/api/v2/pages/", headers=headers)

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["ETag"] == got["ETag"]


def test_failure_of_ours_is_a_problem_too_and_is_logged(
    own: PortalFixture,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr(PagesViewSet, "listing_view", fail)
    api = ApiClient(Client(raise_request_exception=False), own.host)

    problem = api.problem("pages/", 500)

    assert "secret" not in str(problem)
    assert "a secret of the server" in caplog.text


def test_errors_are_chinese_unless_a_language_is_asked_for(
    api: ApiClient, own: PortalFixture
) -> None:
    problem = api.problem("pages/?limit=0", 400)

    assert problem == {
        "type": "about:blank",
        "title": "请求参数有误",
        "status": 400,
        "code": "bad_parameter",
        "detail": "limit 要写成 1 到 100 之间的整数。",
        "instance": "/api/v2/pages/",
        "parameter": "limit",
    }
