"""Documents, interpretations and the catalogue as the public sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from articles.models import CataloguePage, InterpretationPage, PolicyDocumentPage
from home.outbox import deliver_pending, record_change
from publishing.addresses import enumerate_addresses, resolve
from tests.factories import OfficeFactory, stream
from tests.policy_factories import (
    CataloguePageFactory,
    InterpretationPageFactory,
    PolicyDocumentPageFactory,
)
from tests.publishing.api_content import ApiClient
from tests.publishing.asking import export, get, html
from tests.publishing.markup import Markup
from tests.publishing.world import County, World, snapshot_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    with time_machine.travel("2026-06-01 10:00:00+08:00", tick=False):
        yield


def two_plans(county: County) -> str:
    picture, file = county.used_media[:2]
    return stream(
        ("text", "<p>各司法所：</p>"),
        ("part", {"title": "调解方案"}),
        ("heading", {"text": "一、目标", "level": "h2"}),
        ("text", "<p>见《民法典》第一千零四十六条。</p>"),
        ("part", {"title": "普法方案"}),
        ("picture", {"image": picture.pk, "caption": ""}),
        ("attachment", {"document": file.pk, "title": ""}),
    )


class Policy:
    """In one county: an old document and the one that replaced it, explained; the
    catalogue. Every text carries the county's marker."""

    def __init__(self, county: County) -> None:
        marker, column = county.marker, county.column
        self.new: PolicyDocumentPage = PolicyDocumentPageFactory(
            parent=column,
            slug="xin",
            heading_zh_hans=f"{marker}新办法",
            heading_en=f"{marker} new rules",
            body_en=stream(("text", "<p>Rules.</p>")),
            document_number="青司发〔2026〕3号",
            body_zh_hans=two_plans(county),
        )
        self.old: PolicyDocumentPage = PolicyDocumentPageFactory(
            parent=column,
            slug="jiu",
            heading_zh_hans=f"{marker}旧办法",
            written_on=date(2020, 4, 20),
            subject_class="minzheng-jiuzai",
            validity="repealed",
            replaced_by=self.new,
        )
        self.office = OfficeFactory(
            portal=county.portal, name_zh_hans=f"{marker}法制股"
        )
        self.interpretation: InterpretationPage = InterpretationPageFactory(
            parent=column,
            slug="jiedu",
            heading_zh_hans=f"{marker}大白话讲新办法",
            document=self.new,
            office=self.office,
        )
        self.catalogue: CataloguePage = CataloguePageFactory(
            parent=column, heading_en="Catalogue"
        )


@pytest.fixture
def policy(world: World, db: None) -> Policy:
    Policy(world.baihe)
    return Policy(world.qingshan)


@pytest.fixture
def county(world: World) -> County:
    return world.qingshan


def page(client: Client, county: County, path: str) -> str:
    return html(client, county, f"/dongtai/{path}")


# --- a document -------------------------------------------------------------------------


def test_document_shows_its_head_and_that_it_is_public(
    client: Client, county: County, policy: Policy
) -> None:
    text = page(client, county, "xin/")
    for words in (
        policy.new.index_number,
        "青司发〔2026〕3号",
        "公安、安全、司法",
        "2026年4月20日",
        "主动公开",
        "（此件公开发布）",
        county.portal.site.publisheridentity.name,
    ):
        assert words in text, words


def test_line_of_publicity_is_not_said_twice(
    client: Client, county: County, policy: Policy
) -> None:
    policy.new.body_zh_hans = stream(("text", "<p>全文。</p><p>（此件公开发布）</p>"))
    policy.new.save()
    assert page(client, county, "xin/").count("此件公开发布") == 1


def test_parts_have_anchors_that_the_contents_lead_to(
    client: Client, county: County, policy: Policy
) -> None:
    text = page(client, county, "xin/")
    for anchor, title in (("p1", "调解方案"), ("p2", "普法方案"), ("s3", "一、目标")):
        assert f'id="{anchor}">{title}</h2>' in text
        assert f'<a href="#{anchor}">{title}</a>' in text


def test_repealed_document_leads_to_the_new_one_and_back(
    client: Client, county: County, policy: Policy
) -> None:
    old, new = page(client, county, "jiu/"), page(client, county, "xin/")
    assert "本文件已废止，不再执行。" in old
    assert '<a href="/dongtai/xin/" lang="zh-Hans">青山记号新办法</a>' in old
    assert "本文件代替：" in new
    assert '<a href="/dongtai/jiu/" lang="zh-Hans">青山记号旧办法</a>' in new
    assert "本文件已" not in new


def test_document_lapses_on_its_page_by_the_calendar(
    client: Client, county: County, policy: Policy
) -> None:
    policy.new.valid_until = date(2026, 6, 1)
    policy.new.save()
    assert "本文件已失效" not in page(client, county, "xin/")
    with time_machine.travel("2026-06-02 00:10:00+08:00", tick=False):
        text = page(client, county, "xin/")
    assert "本文件已失效，不再执行。" in text
    assert "有效期到2026年6月1日为止。" in text


def test_document_and_interpretation_link_each_other(
    client: Client, county: County, policy: Policy
) -> None:
    assert 'href="/dongtai/jiedu/"' in page(client, county, "xin/")
    text = page(client, county, "jiedu/")
    assert '<a href="/dongtai/xin/" lang="zh-Hans">青山记号新办法</a>' in text
    assert "青山记号法制股" in text
    assert ">背景依据</h2>" in text


def test_unpublished_document_is_not_linked(
    client: Client, county: County, policy: Policy
) -> None:
    policy.new.unpublish()
    assert "新办法" not in page(client, county, "jiedu/").replace("大白话讲新办法", "")
    assert "现在看这份文件" not in page(client, county, "jiu/")


def test_english_document_leads_to_the_chinese_interpretation(
    client: Client, county: County, policy: Policy
) -> None:
    text = html(client, county, "/en/dongtai/xin/")
    link = '<a href="/dongtai/jiedu/"><span><span lang="zh-Hans">'
    assert link in text
    assert "Public security, justice" in text


def test_column_list_says_number_and_standing(
    client: Client, county: County, policy: Policy
) -> None:
    text = Markup(html(client, county, "/dongtai/")).text
    assert "青司发〔2026〕3号" in text
    assert "废止" in text


# --- the catalogue ----------------------------------------------------------------------


def test_catalogue_lists_the_documents_of_its_portal_only(
    client: Client, county: County, world: World, policy: Policy
) -> None:
    text = page(client, county, "mulu/")
    assert text.index("青山记号新办法") < text.index("青山记号旧办法")
    assert policy.new.index_number in text
    assert world.baihe.marker not in text


@pytest.mark.parametrize(
    ("path", "shown", "hidden"),
    [
        ("mulu/year/2026/", "新办法", "旧办法"),
        ("mulu/year/2020/", "旧办法", "新办法"),
        ("mulu/class/gongan-sifa/", "新办法", "旧办法"),
        ("mulu/class/minzheng-jiuzai/", "旧办法", "新办法"),
    ],
)
def test_catalogue_is_cut_by_year_and_class(
    client: Client, county: County, policy: Policy, path: str, shown: str, hidden: str
) -> None:
    text = page(client, county, path)
    assert f"青山记号{shown}" in text
    assert f"青山记号{hidden}" not in text
    assert 'aria-current="true"' in text


@pytest.mark.parametrize(
    "path",
    [
        "mulu/year/2019/",
        "mulu/class/guofang/",
        "mulu/class/nichts/",
        "mulu/page/1/",
        "mulu/topic/qianxin/",
        "xin/year/2026/",
        "class/gongan-sifa/",
    ],
)
def test_list_that_would_be_empty_has_no_address(
    client: Client, county: County, policy: Policy, path: str
) -> None:
    assert get(client, county, f"/dongtai/{path}").status_code == 404


def test_english_catalogue_lists_what_is_not_translated_as_well(
    client: Client, county: County, policy: Policy
) -> None:
    text = html(client, county, "/en/dongtai/mulu/")
    assert "青山记号 new rules" in text
    assert 'href="/dongtai/jiu/" lang="zh-Hans">青山记号旧办法' in text
    assert html(client, county, "/en/dongtai/mulu/class/minzheng-jiuzai/")


def test_long_catalogue_is_numbered_from_the_oldest(
    client: Client, county: County, policy: Policy
) -> None:
    for number in range(40):
        moment = datetime(2026, 1, 1, number % 24, number, tzinfo=UTC)
        PolicyDocumentPageFactory(
            parent=county.column,
            heading_zh_hans=f"第{number}份",
            written_on=date(2025, 1, 1),
            first_published_at=moment,
            last_published_at=moment,
        )
    newest, oldest = page(client, county, "mulu/"), page(client, county, "mulu/page/1/")
    assert "新办法" in newest
    assert "旧办法" in oldest
    assert newest.count("data-filter-row") == 22
    assert oldest.count("data-filter-row") == 20
    assert "共 42 份文件" in newest


def test_every_listed_address_answers_and_resolves_to_itself(
    client: Client, county: County, policy: Policy
) -> None:
    tree = snapshot_of(county).tree
    found = [
        address
        for address in enumerate_addresses(tree)
        if address.page_id == policy.catalogue.pk
    ]
    assert len(found) == 2 * 5  # two languages: itself, two years, two classes
    for address in found:
        assert resolve(tree, address.path) == address
        assert get(client, county, address.path).status_code == 200


def test_form_asks_the_search_for_documents(
    client: Client, county: County, policy: Policy
) -> None:
    text = page(client, county, "mulu/")
    assert 'action="/search/"' in text
    assert '<input type="hidden" name="kind" value="document">' in text


# --- export, API, queries ---------------------------------------------------------------


def test_export_is_what_the_server_shows_and_searches_by_itself(
    county: County, policy: Policy, tmp_path: Path
) -> None:
    folder = export(county, tmp_path)
    catalogue = (folder / "dongtai/mulu/index.html").read_text()
    form = next(a for a in Markup(catalogue).all("form") if a.get("role") == "search")
    assert form["action"] == "../../search/index.html"
    assert 'href="../../dongtai/xin/index.html"' in catalogue
    assert (folder / "dongtai/mulu/class/gongan-sifa/index.html").exists()
    assert (folder / "static/js/catalogue.js").exists()
    assert "本文件已废止" in (folder / "dongtai/jiu/index.html").read_text()


def test_api_tells_the_same(client: Client, county: County, policy: Policy) -> None:
    """Each answer is checked against the contract as well."""
    api = ApiClient(client, county.host)
    new, old = (api.json(f"pages/{page.pk}/") for page in (policy.new, policy.old))
    assert new["numbers"]["document_number"] == "青司发〔2026〕3号"
    assert new["numbers"]["written_on"] == "2026-04-20"
    assert [line["anchor"] for line in new["contents"]] == ["p1", "s3", "p2"]
    assert [row["id"] for row in new["replaces"]] == [policy.old.pk]
    assert [row["id"] for row in new["interpretations"]] == [policy.interpretation.pk]
    assert (old["numbers"]["validity"], old["replaced_by"]["id"]) == (
        "repealed",
        policy.new.pk,
    )
    told = api.json(f"pages/{policy.interpretation.pk}/")
    assert (told["document"]["id"], told["form"]) == (policy.new.pk, "text")
    listed = api.json(f"pages/{policy.catalogue.pk}/")["documents"]
    assert [row["page"]["id"] for row in listed] == [policy.new.pk, policy.old.pk]
    every = api.json("pages/?kind=document&fields=*")["items"]
    assert {page["id"] for page in every} == {policy.new.pk, policy.old.pk}


@pytest.mark.parametrize("typed", ["{index}", "青司发[2026]3号", "青司发〔2026〕3号"])
def test_form_of_the_catalogue_finds_a_number_first(
    client: Client, county: County, policy: Policy, tmp_path: Path, typed: str
) -> None:
    with override_settings(SEARCH_INDEX_DIR=tmp_path):
        list(deliver_pending())
        words = typed.format(index=policy.new.index_number)
        found = client.get(
            "/search/",
            {"q": words, "kind": "document"},
            headers={"host": county.host},
        ).content.decode()
    paths = re.findall(r'href="(/dongtai/\w+/)"', found)
    assert paths[0] == "/dongtai/xin/"


@pytest.mark.parametrize(
    "path",
    ["xin/", "jiu/", "jiedu/", "mulu/", "mulu/year/2026/", "mulu/class/gongan-sifa/"],
)
def test_page_takes_few_queries_however_long_the_lists(
    client: Client, county: County, policy: Policy, path: str
) -> None:
    few = queries(client, county, path)
    assert len(few) <= MOST_QUERIES, "\n".join(query["sql"][:150] for query in few)
    for _number in range(12):
        found = PolicyDocumentPageFactory(
            parent=county.column, replaced_by=policy.new, validity="repealed"
        )
        InterpretationPageFactory(parent=county.column, document=policy.new)
        InterpretationPageFactory(parent=county.column, document=found)
    assert len(queries(client, county, path)) == len(few)


def queries(client: Client, county: County, path: str) -> CaptureQueriesContext:
    headers = {"host": county.host}
    client.get("/", headers=headers)
    record_change(county.portal, "page", county.rich.pk)
    with CaptureQueriesContext(connection) as found:
        response = client.get(f"/dongtai/{path}", headers=headers)
    assert response.status_code == 200
    return found
