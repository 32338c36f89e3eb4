"""What an export holds: the portal's public pages, what they use, and nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree

import pytest
from django.test import Client

from articles.models import ArticlePage
from home.links import AddressForm, file_name
from home.outbox import record_change
from home.outward import leave_path
from media.models import PortalDocument, PortalRendition
from publishing import library
from publishing.addresses import enumerate_addresses
from publishing.sites import manifest
from tests.factories import ArticlePageFactory, stream
from tests.publishing.asking import export, made, names, pages
from tests.publishing.world import PREFECTURE_BASE, County, World, snapshot_of

pytestmark = pytest.mark.django_db
BASE = "https://sfj.example.gov.cn/p"


@pytest.fixture(scope="module")
def folders(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both counties, without a public base."""
    output = tmp_path_factory.mktemp("export")
    return {county.host: export(county, output) for county in world}


@pytest.fixture(scope="module")
def public_folders(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    output = tmp_path_factory.mktemp("public")
    return {county.host: export(county, output, BASE) for county in world}


@pytest.fixture
def folder(county: County, folders: dict[str, Path]) -> Path:
    return folders[county.host]


@pytest.fixture
def public_folder(county: County, public_folders: dict[str, Path]) -> Path:
    return public_folders[county.host]


# --- complete ----------------------------------------------------------------------------


def test_every_address_has_its_file(county: County, folder: Path) -> None:
    snapshot = snapshot_of(county)
    wanted = {
        file_name(address.path)
        for address in [
            *enumerate_addresses(snapshot.tree),
            *library.exported_addresses(snapshot),
        ]
        if address.kind not in {"feed", "sitemap", "sitemap_part"}
    }
    assert wanted <= names(folder)
    assert "en/dongtai/quanbu/index.html" in wanted
    assert "laws/minfadian/b5c2/index.html" in wanted
    assert file_name(leave_path(county.foreign_url)) in names(folder)


def test_the_statutes_are_those_that_pages_cite_and_the_portals_own(
    world: World, county: County, folder: Path
) -> None:
    statutes = {
        name.split("/")[1] for name in names(folder) if name.startswith("laws/")
    }
    own = f"{county.host.split('.')[0]}-puban"
    assert {"minfadian", own} <= statutes
    assert f"{world.other(county).host.split('.')[0]}-puban" not in statutes


def test_a_cited_provision_has_its_short_address(folder: Path) -> None:
    page = pages(folder)["laws/minfadian/1046/index.html"]
    refresh = [attrs["content"] for attrs in page.all("meta") if "http-equiv" in attrs]
    assert refresh == ["0; url=../../../laws/minfadian/b5c2/index.html#t1046"]
    assert "laws/minfadian/1041/index.html" not in names(folder)


# --- the same as the server ----------------------------------------------------------------


def test_rendered_for_a_host_the_export_is_what_the_server_sends(
    county: County, client: Client
) -> None:
    form = AddressForm("host", public_base=f"http://{county.host}")
    snapshot = snapshot_of(county)
    files = made(snapshot, form)
    addresses = {
        file_name(address.path): address.path
        for address in [
            *enumerate_addresses(snapshot.tree),
            *library.exported_addresses(snapshot),
        ]
    }
    addresses[file_name(leave_path(county.foreign_url))] = leave_path(
        county.foreign_url
    )
    assert "404.html" in addresses and "feed.xml" in addresses
    for name, path in addresses.items():
        if name.endswith("404.html"):
            continue  # shown at any depth of a host: its links are of another form
        response = client.get(path, headers={"host": county.host})
        output = files[name].output
        assert response.content.decode() == files[name].body.decode(), path
        assert response.status_code == output.status
        assert response["Content-Type"] == output.type


# --- reproducible, recorded ------------------------------------------------------------------


def test_two_exports_of_the_same_content_are_the_same_bytes(
    county: County, folder: Path, tmp_path: Path
) -> None:
    again = export(county, tmp_path)
    assert names(again) == names(folder)
    for name in names(folder):
        assert (again / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_manifest_states_every_file(folder: Path) -> None:
    shards = manifest.shards_in((folder / manifest.NAME).read_bytes())
    entries = [
        entry
        for shard in shards
        for entry in manifest.entries_in((folder / shard).read_bytes())
    ]
    assert {entry.path for entry in entries} == names(folder)
    for entry in entries:
        body = (folder / entry.path).read_bytes()
        assert entry.size == len(body)
        assert entry.sha256 == hashlib.sha256(body).hexdigest()
        expected = 404 if entry.path.endswith("404.html") else 200
        assert entry.status == expected, entry.path


# --- links -------------------------------------------------------------------------------------


def test_every_link_leads_to_a_file_when_opened_from_a_folder(folder: Path) -> None:
    found = pages(folder)
    ids = {
        name: {attrs["id"] for _tag, attrs in page.elements if "id" in attrs}
        for name, page in found.items()
    }
    checked = 0
    for name, page in found.items():
        for tag, attrs in page.elements:
            for attribute in ("href", "src", "action", "srcset"):
                for link in _links_in(attrs.get(attribute, ""), attribute):
                    target, fragment = _opened(folder / name, link)
                    if target is None:
                        continue
                    checked += 1
                    assert target.is_file(), (name, tag, link)
                    assert target.is_relative_to(folder)
                    inside = str(target.relative_to(folder))
                    if fragment and inside in ids:
                        assert fragment in ids[inside], (name, link)
    assert checked > 500


def _links_in(value: str, attribute: str) -> list[str]:
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value] if value else []


def _opened(source: Path, link: str) -> tuple[Path | None, str]:
    """The file that a browser opens from file://, and the fragment."""
    parts = urlsplit(link)
    if parts.scheme in {"http", "https", "tel", "mailto"}:
        return None, ""
    assert not parts.scheme and not parts.netloc and not link.startswith("/"), link
    path = (source.parent / url2pathname(parts.path)) if parts.path else source
    return path.resolve(), unquote(parts.fragment)


def test_pictures_of_style_sheets_come_along(folder: Path) -> None:
    # The pointer of the large cursor was missing.
    for name in names(folder):
        if name.endswith(".css"):
            for link in re.findall(r'url\("([^"]+)"\)', (folder / name).read_text()):
                assert (folder / name).parent.joinpath(link).resolve().is_file(), link
    assert "static/img/pointer.svg" in names(folder)


def test_no_page_breaks_the_content_security_policy(folder: Path) -> None:
    for name, page in pages(folder).items():
        assert page.policy_breaches() == [], name


# --- nothing of others ---------------------------------------------------------------------------


def test_only_pictures_and_files_that_pages_use_are_copied(
    world: World, county: County, folder: Path
) -> None:
    image, *documents_used = county.used_media
    copied = {name for name in names(folder) if name.startswith("media/")}
    documents = {name for name in copied if name.startswith("media/documents/")}
    assert documents == {
        f"media/documents/{document.pk}/{document.filename}"
        for document in PortalDocument.objects.in_bulk(
            [used.pk for used in documents_used]
        ).values()
    }
    of_image = PortalRendition.objects.filter(image=image).values_list(
        "file", flat=True
    )
    assert copied - documents
    assert copied - documents <= {f"media/{file}" for file in of_image}


def test_an_export_holds_no_word_of_another_portal_or_of_a_secret_page(
    world: World, county: County, folder: Path, public_folder: Path
) -> None:
    other = world.other(county)
    forbidden = [
        other.marker,
        other.host,
        other.host.split(".")[0],
        world.prefecture.host,
        *county.secrets.values(),
        "mimi-",
        "neibu",
    ]
    for site in (folder, public_folder):
        for name in names(site):
            body = (site / name).read_bytes()
            for words in forbidden:
                assert words.encode() not in body, (name, words)
                assert words not in name


def test_the_declared_parent_is_linked(folder: Path) -> None:
    assert f"{PREFECTURE_BASE}/" in pages(folder)["index.html"].links()


# --- absolute addresses only where they are known ---------------------------------------------------


def test_without_a_public_base_there_is_no_absolute_address_of_our_own(
    county: County, folder: Path
) -> None:
    absolute = {"feed.xml", "sitemap.xml", "sitemap/0.xml", "en/feed.xml"}
    assert not absolute & names(folder)
    for name in names(folder):
        body = (folder / name).read_bytes()
        assert county.host.encode() not in body, name
        assert BASE.encode() not in body, name
    for name, page in pages(folder).items():
        rels = {attrs.get("rel") for attrs in page.all("link")}
        assert "canonical" not in rels, name
        assert not {"Url", "Image"} & page.meta().keys(), name
        assert not [a for a in page.all("link") if "atom" in a.get("type", "")]
        assert 'class="qr' not in (folder / name).read_text(), name
    assert "Sitemap" not in (folder / "robots.txt").read_text()


def test_with_a_public_base_pages_name_their_address(public_folder: Path) -> None:
    page = pages(public_folder)["dongtai/quanbu/index.html"]
    address = f"{BASE}/dongtai/quanbu/"
    canonical = [a["href"] for a in page.all("link") if a.get("rel") == "canonical"]
    assert canonical == [address]
    assert page.meta()["Url"] == address
    assert page.meta()["Image"].startswith(f"{BASE}/media/images/")
    assert [a for a in page.all("svg") if "qr" in a.get("class", "")]


def test_with_a_public_base_the_sitemap_names_existing_pages(
    public_folder: Path,
) -> None:
    def addresses(name: str) -> list[str]:
        root = ElementTree.fromstring((public_folder / name).read_bytes())  # noqa: S314 - our own file
        return [
            element.text or "" for element in root.iter() if element.tag.endswith("loc")
        ]

    parts = addresses("sitemap.xml")
    assert f"{BASE}/sitemap/0.xml" in parts
    found = [
        address
        for part in parts
        for address in addresses(part.removeprefix(f"{BASE}/"))
    ]
    assert f"{BASE}/" in found and f"{BASE}/en/dongtai/quanbu/" in found
    assert f"{BASE}/laws/minfadian/b5c2/" in found
    for address in found:
        assert (public_folder / file_name(address.removeprefix(BASE))).is_file()
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "name", ["feed.xml", "en/feed.xml", "dongtai/feed.xml", "en/dongtai/feed.xml"]
)
def test_with_a_public_base_feeds_name_existing_pages(
    public_folder: Path, name: str
) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring((public_folder / name).read_bytes())  # noqa: S314 - our own file
    entries = root.findall(f"{atom}entry")
    assert entries
    for entry in entries:
        address = entry.findtext(f"{atom}id") or ""
        assert address.startswith(BASE)
        assert (public_folder / file_name(address.removeprefix(BASE))).is_file()
    assert root.findtext(f"{atom}updated")


# --- what the words of a page may be ---------------------------------------------------------------------


def test_words_that_look_like_markup_stop_no_export(
    county: County, tmp_path: Path
) -> None:
    # An article about web pages could not be exported.
    page = ArticlePageFactory(
        parent=county.column,
        slug="html",
        body_zh_hans=stream(("text", '<p>写 href="nowhere/" 或 id="y"</p>')),
    )
    # Whoever lets such a title pass the checks must not break the export either.
    title = '写 <a href="x/"> 的办法'
    ArticlePage.objects.filter(pk=page.pk).update(heading_zh_hans=title, title=title)
    record_change(county.portal, "page", page.pk)
    assert "dongtai/html/index.html" in names(export(county, tmp_path))
