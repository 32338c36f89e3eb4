"""What the server sends: the renderer's bytes, to the portal of the host, to anybody."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from home.models import HostingIdentity
from home.outward import leave_path
from publishing.addresses import Address
from publishing.renderer import render
from tests.factories import ArticlePageFactory, stream
from tests.publishing.asking import every_address, get, html, location
from tests.publishing.markup import Markup
from tests.publishing.world import (
    GOVERNMENT_URL,
    HOST_FORM,
    County,
    World,
    snapshot_of,
)

LIMIT = 100_000  # bytes of HTML
# Marked as a whole: pytest-django would run marked tests of all modules first.
pytestmark = pytest.mark.django_db


def form_of(county: County) -> object:
    return type(HOST_FORM)("host", public_base=f"http://{county.host}")


def policy_of(response: HttpResponse) -> dict[str, list[str]]:
    directives = response["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for words in map(str.split, directives) if words}


# --- the same bytes ----------------------------------------------------------------------


def test_the_server_sends_what_the_renderer_makes(
    world: World, county: County, client: Client
) -> None:
    snapshot = snapshot_of(county)
    path = leave_path(county.foreign_url)
    leaving = Address(path, "leave", "zh-hans", rest=path.split("/")[2])
    kinds = set()
    for address in [*every_address(snapshot), leaving]:
        made = render(snapshot, address, form_of(county))  # type: ignore[arg-type]  # an AddressForm
        response = get(client, county, address.path)
        assert response.content == made.body, address.path
        assert response.status_code == made.status
        assert response["Content-Type"] == made.content_type
        kinds.add(
            (address.kind, address.page_id and snapshot.tree.rows[address.page_id].kind)
        )
    assert {
        ("page", "home"),
        ("page", "column"),
        ("page", "article"),
        ("page", "question"),
        ("feed", None),
        ("statute", None),
        ("leave", None),
        ("search", None),
        ("error", None),
    } <= kinds


def test_every_page_is_small_and_keeps_the_content_security_policy(
    county: County, client: Client
) -> None:
    for address in every_address(snapshot_of(county)):
        response = get(client, county, address.path)
        assert policy_of(response)["script-src"] == ["'self'"]
        assert policy_of(response)["style-src"] == ["'self'"]
        assert policy_of(response)["default-src"] == ["'none'"]
        if response["Content-Type"].startswith("text/html"):
            assert len(response.content) < LIMIT, address.path
            page = Markup(response.content.decode())
            assert page.policy_breaches() == [], address.path


def test_nothing_personal_is_sent_and_a_reader_who_logged_in_sees_the_same(
    county: County, client: Client
) -> None:
    anonymous = get(client, county, "/dongtai/")
    client.force_login(county.base.admin, backend="home.auth.DemoAwareBackend")
    assert get(client, county, "/admin/").status_code == 200
    response = get(client, county, "/dongtai/")
    assert response.content == anonymous.content
    assert "Set-Cookie" not in response and not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"


def test_only_reading_is_answered(county: County, client: Client) -> None:
    headers = {"host": county.host}
    head = client.head("/dongtai/", headers=headers)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post("/dongtai/", headers=headers).status_code == 405


def test_no_page_shows_another_portal_or_a_secret(
    world: World, county: County, client: Client
) -> None:
    other = world.other(county)
    for address in every_address(snapshot_of(county)):
        words = get(client, county, address.path).content.decode()
        assert other.marker not in words, address.path
        assert other.host not in words, address.path
        for reason, secret in county.secrets.items():
            assert secret not in words, (address.path, reason)


def test_a_portal_links_to_its_parent_and_a_parent_to_its_counties(
    world: World, client: Client
) -> None:
    links = Markup(html(client, world.qingshan, "/")).links()
    assert "https://www.yunling.example.gov.cn/sfj/" in links
    response = client.get("/", headers={"host": world.prefecture.host})
    links = Markup(response.content.decode()).links()
    assert {f"https://{c.host}/" for c in world} | {
        f"http://{c.host}/" for c in world
    } & set(links)
    assert sum(urlsplit(link).hostname == world.baihe.host for link in links) >= 1


def test_links_to_what_is_not_public_here_are_plain_text(
    county: County, client: Client
) -> None:
    page = Markup(html(client, county, "/dongtai/quanbu/"))
    assert "还没有发布" in page.text and "别的门户" in page.text
    words = html(client, county, "/dongtai/quanbu/")
    assert ">还没有发布<" not in words.replace("</p>", "").replace("<p>", "")
    for link in page.links():
        if link.startswith("/") and not link.startswith(("/media/", "/static/")):
            response = get(client, county, link.partition("#")[0])
            assert response.status_code == 200, link


def test_every_link_and_file_of_every_page_is_answered(
    county: County, client: Client
) -> None:
    """On the server, as the export's own check does for files."""
    wanted: dict[str, str] = {}
    for address in every_address(snapshot_of(county)):
        response = get(client, county, address.path)
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = Markup(response.content.decode())
        for _tag, attrs in page.elements:
            for name in ("href", "src", "action"):
                link = attrs.get(name, "")
                if link.startswith("/") and not link.startswith("/static/"):
                    wanted.setdefault(link.partition("#")[0], address.path)
    assert any(link.startswith("/media/images/") for link in wanted)
    assert any(link.startswith("/media/documents/") for link in wanted)
    broken = {
        link: source
        for link, source in wanted.items()
        if get(client, county, link).status_code not in {200, 301}
        and not link.endswith("404.html")
    }
    assert broken == {}


def test_pictures_and_files_are_had_where_a_public_page_shows_them(
    world: World, county: County, client: Client
) -> None:
    image, document = county.used_media[:2]
    paths = [
        f"/media/{image.renditions.first().file}",
        f"/media/documents/{document.pk}/{document.filename}",
    ]
    hidden, form = county.unused_media  # only drafts and private pages show them
    secret = [
        f"/media/{hidden.renditions.first().file}",
        f"/media/documents/{form.pk}/{form.filename}",
        f"/media/{image.file}",  # the original
    ]
    for path in paths:
        assert get(client, county, path).status_code == 200, path
        assert get(client, world.other(county), path).status_code == 404, path
    for path in secret:
        assert get(client, county, path).status_code == 404, path


# --- head tags ---------------------------------------------------------------------------

SITE_TAGS = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
CONTENT_TAGS = {"ArticleTitle", "PubDate", "ContentSource"}


@pytest.mark.parametrize(
    ("path", "groups"),
    [
        ("/", SITE_TAGS | {"ColumnType"}),
        ("/dongtai/", SITE_TAGS | COLUMN_TAGS),
        ("/dongtai/year/2026/", SITE_TAGS | COLUMN_TAGS),
        ("/dongtai/zhengqian/", SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS),
        ("/dongtai/laoban/", SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS),
        ("/dongtai/quanbu/", SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS | {"Image", "Url"}),
        ("/en/dongtai/quanbu/", SITE_TAGS | COLUMN_TAGS | CONTENT_TAGS),
    ],
)
def test_pages_have_the_head_tags_of_the_standard(
    county: County, client: Client, path: str, groups: set[str]
) -> None:
    assert groups <= Markup(html(client, county, path)).meta().keys()


def test_head_tags_say_what_the_page_and_its_column_say(
    county: County, client: Client
) -> None:
    meta = Markup(html(client, county, "/dongtai/zhengqian/")).meta()
    region = county.portal.region_name
    assert meta["SiteName"] == f"{region}人民政府"
    assert meta["ColumnName"] == f"{region}动态"
    assert meta["ColumnType"] == "工作动态"
    assert meta["ArticleTitle"] == f"{county.marker}讨薪成功"
    assert meta["PubDate"] == "2026-05-06 09:30"
    assert meta["ContentSource"] == f"{region}司法局"
    assert meta["Keywords"] == "欠薪"
    assert meta["Url"] == f"http://{county.host}/dongtai/zhengqian/"


def test_an_empty_head_tag_is_left_out(county: County, client: Client) -> None:
    hosting = HostingIdentity.objects.get(site=county.portal.site)
    hosting.site_id_code = ""
    hosting.save()
    for address in every_address(snapshot_of(county)):
        response = get(client, county, address.path)
        if response["Content-Type"].startswith("text/html"):
            meta = Markup(response.content.decode()).meta()
            assert "SiteIDCode" not in meta
            assert [name for name, value in meta.items() if not value.strip()] == []


# --- hosts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/dongtai/", "/media/images/x.jpg", "/theme.css"]
)
def test_an_unknown_host_gets_nothing_of_any_portal(
    world: World, client: Client, path: str
) -> None:
    response = client.get(path, headers={"host": "nobody.example"})
    assert response.status_code == 404
    for county in world:
        words = response.content.decode()
        assert county.marker not in words and county.host not in words


def test_in_development_an_unknown_host_gets_the_list_of_portals(
    world: World, client: Client
) -> None:
    with override_settings(DEBUG=True):
        response = client.get("/", headers={"host": "localhost:8000"})
    assert response.status_code == 404
    links = Markup(response.content.decode()).links()
    assert set(links) == {
        f"http://{portal}:8000/"
        for portal in (world.prefecture.host, *(county.host for county in world))
    }


def test_the_port_of_the_request_does_not_matter(
    county: County, client: Client
) -> None:
    response = client.get("/dongtai/", headers={"host": f"{county.host}:8123"})
    assert response.status_code == 200
    assert f"http://{county.host}:8123/dongtai/" in response.content.decode()


@pytest.mark.parametrize("port", ["65536", "9" * 5000])
def test_a_port_that_no_machine_has_is_refused(
    county: County, client: Client, port: str
) -> None:
    response = client.get("/", headers={"host": f"{county.host}:{port}"})

    assert response.status_code == 400


# --- leaving pages -----------------------------------------------------------------------


def test_a_foreign_link_asks_first_and_a_government_link_does_not(
    county: County, client: Client
) -> None:
    links = Markup(html(client, county, "/dongtai/quanbu/")).links()
    assert leave_path(county.foreign_url) in links
    assert GOVERNMENT_URL in links
    assert county.foreign_url not in links
    leaving = Markup(html(client, county, leave_path(county.foreign_url)))
    assert county.foreign_url in leaving.links()


def test_only_what_a_public_page_of_this_portal_links_to_has_a_leaving_page(
    world: World, county: County, client: Client
) -> None:
    draft_url = "https://draft.example.com/"
    draft = ArticlePageFactory(
        parent=county.column,
        body_zh_hans=stream(("text", f'<p><a href="{draft_url}">x</a></p>')),
    )
    assert get(client, county, leave_path(draft_url)).status_code == 200
    draft.unpublish()
    for url in (
        draft_url,
        world.other(county).foreign_url,
        "https://phishing.example.com/",
        GOVERNMENT_URL + "x",
    ):
        response = get(client, county, leave_path(url))
        assert response.status_code == 404
        assert url not in response.content.decode()


def test_a_leaving_page_escapes_the_address(county: County, client: Client) -> None:
    url = 'https://example.com/"><script>alert(1)</script>'
    stored = url.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    ArticlePageFactory(
        parent=county.column,
        slug="xss",
        body_zh_hans=stream(("text", f'<p><a href="{stored}">x</a></p>')),
    )
    assert leave_path(url) in Markup(html(client, county, "/dongtai/xss/")).links()
    words = html(client, county, leave_path(url))
    assert "<script>alert" not in words
    assert url in Markup(words).links()


# --- languages ---------------------------------------------------------------------------


def test_a_page_that_is_not_translated_leads_to_the_chinese_page(
    world: World, client: Client
) -> None:
    county = world.baihe  # its article has no English text
    page = Markup(html(client, county, "/dongtai/zhengqian/"))
    switch = [a["href"] for a in page.all("a") if a.get("hreflang")]
    assert switch == ["/dongtai/zhengqian/", "/dongtai/zhengqian/#only-en"]
    assert location(client, county, "/en/dongtai/zhengqian/") == (404, "")


def test_a_part_of_a_list_leads_to_the_column_in_the_other_language(
    county: County, client: Client
) -> None:
    # The list by this topic or year need not exist there.
    page = Markup(html(client, county, "/dongtai/year/2026/"))
    switch = [a["href"] for a in page.all("a") if a.get("hreflang")]
    assert switch == ["/dongtai/", "/en/dongtai/"]


def test_a_page_in_english_only_leads_to_the_chinese_home_page(
    county: County, client: Client
) -> None:
    ArticlePageFactory(
        parent=county.column,
        slug="english",
        heading_zh_hans="只有英文",
        heading_en="English only",
        body_zh_hans="[]",
        body_en=stream(("text", "<p>x</p>")),
    )
    page = Markup(html(client, county, "/en/dongtai/english/"))
    switch = [a["href"] for a in page.all("a") if a.get("hreflang")]
    assert switch == ["/", "/en/dongtai/english/"]
    assert location(client, county, "/dongtai/english/") == (404, "")
