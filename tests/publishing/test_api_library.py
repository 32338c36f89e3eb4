"""Statutes, search, pictures and the portal itself in the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from home.outbox import deliver_pending, record_change
from statutes.models import Category, Provision, Statute, StatuteVersion
from tests.factories import ArticlePageFactory, PortalFixture, TwoPortals
from tests.publishing.api_content import ApiClient, Library, add_library


@pytest.fixture
def library(two_portals: TwoPortals, tmp_path: Path) -> Iterator[Library]:
    with override_settings(SEARCH_INDEX_DIR=tmp_path / "search"):
        yield add_library(two_portals)


@pytest.fixture
def own(two_portals: TwoPortals) -> PortalFixture:
    return two_portals.qingshan


@pytest.fixture
def api(client: Client, own: PortalFixture) -> ApiClient:
    return ApiClient(client, own.host)


# --- statutes --------------------------------------------------------------------------


def test_statute_tells_its_facts_versions_and_structure(
    api: ApiClient, library: Library
) -> None:
    statute = api.json(f"statutes/{library.statute.slug}/")

    assert statute["category"] == "local"
    assert statute["is_local"] is True
    assert [version["date"] for version in statute["versions"]][0] >= "2024"
    assert [version["is_current"] for version in statute["versions"]] == [True, False]
    chapters = [c for c in statute["contents"] if c["level"] == "chapter"]
    assert chapters[0]["heading"] == "总则"
    assert chapters[0]["provision_range"].startswith("第一条—")
    assert any(c["level"] == "annex" and c["text"] for c in statute["contents"])


def test_statute_is_cited_by_public_pages_of_this_portal(
    api: ApiClient, library: Library
) -> None:
    cited_by = api.json(f"statutes/{library.statute.slug}/")["cited_by"]

    assert {page["heading"] for page in cited_by} == {
        "每种内容都有的文章",
        "同意书收回的图文章",
    }


def test_date_brings_the_text_of_that_day(api: ApiClient, library: Library) -> None:
    path = f"statutes/{library.statute.slug}/provisions/8/"
    now, then = api.json(path), api.json(f"{path}?date=2020-06-01")

    assert now["paragraphs"][0]["text"].startswith("每年五月为本市民法典宣传月")
    assert then["paragraphs"][0]["text"].startswith("每年十二月为本市宪法宣传月")
    assert then["version_date"] < "2021" < now["version_date"]
    assert then["meta"]["path"].startswith(f"/laws/{library.statute.slug}/@2020-06-01/")


def test_day_before_the_first_text_has_none(api: ApiClient, library: Library) -> None:
    slug = library.statute.slug

    api.problem(f"statutes/{slug}/?date=1999-01-01", 404)
    api.problem(f"statutes/{slug}/provisions/2/?date=1999-01-01", 404)


def test_wrong_date_is_named(api: ApiClient, library: Library) -> None:
    for written in ("2020", "20200101", "2020-02-30", "heute"):
        path = f"statutes/{library.statute.slug}/?date={written}"
        assert api.problem(path, 400)["parameter"] == "date", written


def test_inserted_provision_has_an_address_of_its_own(
    api: ApiClient, library: Library
) -> None:
    inserted = Provision.objects.filter(version__statute=library.statute).get(
        suffix__gt=0
    )
    key = f"{inserted.number}-{inserted.suffix}"

    provision = api.json(f"statutes/{library.statute.slug}/provisions/{key}/")

    assert provision["label"] == inserted.label
    assert provision["anchor"] == f"t{key}"
    assert provision["key"] == key


def test_provision_shows_its_items_and_tables(api: ApiClient, library: Library) -> None:
    items = api.json(f"statutes/{library.statute.slug}/provisions/?limit=100")["items"]

    listed = [part for item in items for part in item["paragraphs"] if part["items"]]
    assert listed[0]["items"][0]["text"].startswith("（一）")
    assert any(part["table"] for item in items for part in item["paragraphs"])


def test_provisions_come_in_the_order_of_the_law(
    api: ApiClient, library: Library
) -> None:
    path = f"statutes/{library.statute.slug}/provisions/"
    whole = api.json(f"{path}?limit=100")["items"]

    places = [(item["number"], item["suffix"]) for item in whole]
    assert places == sorted(places)
    middle = api.json(f"{path}?limit=3&offset=2")
    assert middle["items"] == whole[2:5]
    assert middle["meta"]["total_count"] == len(whole)


def test_places_that_no_statute_has_are_not_found(
    api: ApiClient, library: Library
) -> None:
    slug = library.statute.slug
    for path in (
        f"{slug}/provisions/999/",
        f"{slug}/provisions/2-9/",
        f"{slug}/provisions/0/",
        "meiyou/",
        "meiyou/provisions/",
        "minfadian/provisions/1046/",
    ):
        response = api.client.get(
            f"/api/v2/statutes/{path}", headers={"host": api.host}
        )
        assert response.status_code == 404, path
        assert response["Content-Type"] == "application/problem+json"


def test_statute_of_the_register_alone_has_facts_and_no_text(
    api: ApiClient, library: Library
) -> None:
    statute = api.json("statutes/minfadian/")

    assert statute["title"] == "中华人民共和国民法典"
    assert statute["text_is_present"] is False
    assert "contents" not in statute


def test_statutes_are_filtered(api: ApiClient, library: Library) -> None:
    add_statute("中华人民共和国测试法", "ceshifa")

    def slugs(query: str) -> list[str]:
        return [item["slug"] for item in api.json(f"statutes/?{query}")["items"]]

    assert slugs("") == ["ceshifa", library.statute.slug]
    assert slugs("category=law") == ["ceshifa"]
    assert slugs("cited=true") == [library.statute.slug]
    assert slugs("status=repealed") == []
    assert api.problem("statutes/?status=old", 400)["parameter"] == "status"


def add_statute(title: str, slug: str) -> None:
    statute = Statute.objects.create(title=title, slug=slug, category=Category.LAW)
    day = date(2020, 1, 1)
    StatuteVersion.objects.create(
        statute=statute, version_on=day, in_force_from=day, is_current=True
    )


def test_statutes_are_searched_by_name(api: ApiClient, library: Library) -> None:
    list(deliver_pending())

    found = api.json("statutes/?q=法治宣传条例")["items"]
    assert [item["slug"] for item in found] == [library.statute.slug]
    assert api.problem("statutes/?q=条例&cited=true", 400)["parameter"] == "cited"


def test_statute_after_a_change_costs_at_most_nine_queries(
    api: ApiClient,
    own: PortalFixture,
    library: Library,
    django_assert_max_num_queries: Any,
) -> None:
    path = f"statutes/{library.statute.slug}/"
    api.json(path)
    for rest in ("", "provisions/?limit=100", "provisions/2/?date=2020-01-01"):
        # The portals and the tree of this one are read anew.
        record_change(own.portal, "page", 0)
        with django_assert_max_num_queries(9):
            api.json(f"{path}{rest}")


# --- search ------------------------------------------------------------------------------


def test_search_finds_pages_and_provisions(
    api: ApiClient, own: PortalFixture, library: Library
) -> None:
    list(deliver_pending())
    found = api.json("search/?q=拖欠工钱")

    first = found["items"][0]
    assert (first["kind"], first["page_id"]) == ("question", own.question.pk)
    assert "<mark>" in first["title_html"] + first["snippet_html"]
    assert first["url"] == f"http://{api.host}/dongtai/laoban/"
    detail = first["detail_url"].partition("localhost")[2]
    assert api.json(detail)["id"] == own.question.pk
    law = api.json("search/?q=法治夜校&kind=provision")["items"][0]
    assert law["statute"] == library.statute.slug
    assert (
        api.json(law["detail_url"].partition("localhost")[2])["key"] == law["provision"]
    )


def test_search_finds_columns_too(
    api: ApiClient, own: PortalFixture, library: Library
) -> None:
    list(deliver_pending())

    (found,) = api.json("search/?q=青山县动态&kind=column")["items"]
    assert found["page_id"] == own.column.pk


def test_search_for_a_citation_names_the_provision(
    api: ApiClient, library: Library
) -> None:
    list(deliver_pending())
    found = api.json("search/?q=云岭市农村法治宣传教育条例第二条")

    assert found["meta"]["citation"]["path"] == f"/laws/{library.statute.slug}/#t2"


def test_search_counts_by_kind_and_filters_by_it(
    api: ApiClient, own: PortalFixture, library: Library
) -> None:
    list(deliver_pending())
    kinds = {
        facet["value"]: facet["count"]
        for facet in api.json("search/?q=工钱")["meta"]["facets"]["kinds"]
    }

    assert kinds["question"] >= 1
    only = api.json("search/?q=工钱&kind=question")
    assert {item["kind"] for item in only["items"]} == {"question"}
    assert only["meta"]["total_count"] == kinds["question"]


def test_search_goes_on_where_the_last_part_ended(
    api: ApiClient, own: PortalFixture, library: Library
) -> None:
    for number in range(7):
        ArticlePageFactory(parent=own.column, heading_zh_hans=f"赶集日咨询之{number}")
    list(deliver_pending())
    path = "search/?q=赶集日咨询&kind=article"
    whole = [item["page_id"] for item in api.json(f"{path}&limit=50")["items"]]

    windows = ((3, 0), (1, 3), (2, 4), (4, 6))  # limit, offset
    parts = [
        item["page_id"]
        for limit, offset in windows
        for item in api.json(f"{path}&limit={limit}&offset={offset}")["items"]
    ]
    assert len(whole) == 7
    assert parts == whole


MISTAKES = [
    ("", "q"),
    ("q=", "q"),
    ("q=%00", "q"),
    (f"q={'工' * 201}", "q"),
    ("q=x&kind=home", "kind"),
    ("q=x&topic=nothing", "topic"),
    ("q=x&limit=51", "limit"),
    ("q=x&offset=2500", "offset"),
    ("q=x&scope=everything", "scope"),
    ("q=x&exact=1", "exact"),
]


def test_wrong_search_is_explained(api: ApiClient, own: PortalFixture) -> None:
    for query, parameter in MISTAKES:
        problem = api.problem(f"search/?{query}", 400)
        assert problem["parameter"] == parameter, query


def test_search_costs_at_most_eight_queries(
    api: ApiClient, library: Library, django_assert_max_num_queries: Any
) -> None:
    list(deliver_pending())
    api.json("search/?q=工钱")

    with django_assert_max_num_queries(8):
        api.json("search/?q=工钱&limit=50&offset=7")


# --- pictures, files, the portal -----------------------------------------------------------


def test_picture_names_the_pages_that_show_it(api: ApiClient, library: Library) -> None:
    picture = api.json(f"images/{library.picture.pk}/")

    assert [page["id"] for page in picture["used_by"]] == [library.rich.pk]
    assert picture["sources"][0]["mime_type"] == "image/avif"


def test_logo_is_among_the_pictures_and_in_the_portal(
    api: ApiClient, own: PortalFixture, library: Library
) -> None:
    publisher = own.portal.site.publisheridentity
    publisher.logo = library.picture
    publisher.save()
    library.rich.unpublish()

    (logo,) = api.json("images/")["items"]
    assert logo["used_by"] == []
    assert api.json("")["publisher"]["logo"]["path"] == logo["path"]


def test_file_is_served_at_its_url(api: ApiClient, library: Library) -> None:
    files = api.json("documents/")["items"]
    (file,) = (item for item in files if item["id"] == library.attachment.pk)

    response = api.client.get(file["path"], headers={"host": api.host})
    assert (file["title"], file["extension"]) == ("欠薪投诉表", "PDF")
    assert len(b"".join(response.streaming_content)) == file["size"]


def test_portal_names_its_identities_parent_and_topics(
    api: ApiClient, library: Library
) -> None:
    root = api.json("")

    assert root["portal"]["region_name"] == "青山县"
    assert root["hosting"]["site_id_code"] == "0000000002"
    assert root["parent"]["html_url"] == "http://yunling.localhost/"
    assert [topic["slug"] for topic in root["topics"]] == ["qianxin"]
    for address in root["endpoints"].values():
        path = address.partition("localhost")[2]
        response = api.client.get(path, headers={"host": api.host})
        # A search without words is refused, and known all the same.
        assert response.status_code == (400 if path.endswith("search/") else 200)


def test_lists_of_pictures_and_files_cost_at_most_eight_queries(
    api: ApiClient, library: Library, django_assert_max_num_queries: Any
) -> None:
    api.json("")
    for path in ("images/", "documents/", f"images/{library.picture.pk}/", ""):
        with django_assert_max_num_queries(8):
            api.json(path)
