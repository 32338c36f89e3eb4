"""Offline packs of two counties: what is in them, in three sizes, whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import time_machine
from django.core.management import CommandError, call_command

from home.channels import LARGEST_BESIDE_TEXT, Carried, Channel
from home.models import Portal
from media.models import PortalDocument
from publishing.packs.building import build_pack
from publishing.packs.pages import CHECKSUMS, SHEETS, START
from tests.publishing.asking import names, pages
from tests.publishing.markup import Markup
from tests.publishing.world import County, World, snapshot_of

pytestmark = pytest.mark.django_db
BASE = "https://www.example.gov.cn/sfj"
MADE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PLAYED = (".mp4", ".vtt")
PICTURES = (".avif", ".jpg", ".png", ".webp")


def pack(county: County, carries: Carried, target: Path, base: str = "") -> Path:
    with time_machine.travel(MADE, tick=False):
        portal = snapshot_of(county).portal
        return build_pack(portal, carries, target, public_base=base).place


@pytest.fixture(scope="module")
def packs(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, Carried], Path]:
    output = tmp_path_factory.mktemp("packs")
    sizes: tuple[Carried, ...] = get_args(Carried)
    wanted = [(world.qingshan, size) for size in sizes] + [(world.baihe, "audio")]
    return {
        (county.host, size): pack(county, size, output / county.host / size)
        for county, size in wanted
    }


@pytest.fixture
def own(world: World) -> County:
    return world.qingshan


@pytest.fixture
def whole(county: County, packs: dict[tuple[str, Carried], Path]) -> Path:
    """Of each county."""
    return packs[county.host, "audio"]


@pytest.fixture
def text_only(own: County, packs: dict[tuple[str, Carried], Path]) -> Path:
    return packs[own.host, "text"]


# --- what is in it -------------------------------------------------------------------------


def test_whoever_opens_it_finds_one_way_in(county: County, whole: Path) -> None:
    assert {path.name for path in whole.iterdir()} == {START, SHEETS, CHECKSUMS, "site"}
    start = Markup((whole / START).read_text())
    assert f"{county.portal.name}（离线版）" in start.text
    assert {"site/index.html", "site/search/index.html", SHEETS} <= set(start.links())
    assert "2026年11月23日" in start.text


def test_the_sheets_are_the_countys_own_pages(
    world: World, county: County, whole: Path
) -> None:
    sheets = Markup((whole / SHEETS).read_text())
    assert "site/dongtai/quanbu/index.html" in sheets.links()
    assert world.other(county).marker not in sheets.text


@pytest.mark.long
def test_what_only_a_web_server_reads_stays_away(own: County, tmp_path: Path) -> None:
    found = names(pack(own, "text", tmp_path / "pack", BASE))
    assert not {
        name
        for name in found
        if name.endswith(("404.html", "robots.txt", ".map", ".xml"))
    }
    text = (tmp_path / "pack/site/dongtai/index.html").read_text()
    assert "feed.xml" not in text
    assert f'rel="canonical" href="{BASE}/dongtai/"' in text


def test_every_page_says_when_the_pack_was_made(whole: Path) -> None:
    for name, page in pages(whole).items():
        is_english = name.startswith("site/en/")
        day = "23 November 2026" if is_english else "离线包，2026年11月23日制作。"
        assert day in page.text, name
        made = {a["data-pack-made"] for a in page.all("p") if "data-pack-made" in a}
        assert made == {"2026-11-23"}, name


def test_no_page_of_a_pack_asks_a_server(own: County, tmp_path: Path) -> None:
    Portal.objects.filter(pk=own.portal.pk).update(service_base="https://s.gov.cn")
    made = pack(own, "text", tmp_path / "pack")
    assert "https://s.gov.cn" not in (made / "site/index.html").read_text()
    for name, page in pages(made).items():
        assert not [a for a in page.all("form") if "//" in a.get("action", "")], name
        assert page.policy_breaches() == [], name


# --- three sizes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "extension", "size", "expected"),
    [
        (Channel(carries="audio"), "MP4", 10**9, True),
        (Channel(carries="pictures"), "PDF", 10**9, True),
        (Channel(carries="pictures"), "mp3", 1, False),
        (Channel(carries="text"), "PDF", LARGEST_BESIDE_TEXT, True),
        (Channel(carries="text"), "PDF", LARGEST_BESIDE_TEXT + 1, False),
        (Channel(carries="text"), "vtt", 1, False),
        (Channel(), "WEBM", 10**9, True),
    ],
)
def test_a_file_comes_along_by_type_and_size(
    channel: Channel, extension: str, size: int, expected: bool
) -> None:
    assert channel.holds_file(extension, size) is expected


@pytest.mark.long
def test_each_size_holds_more_than_the_one_before(
    own: County, packs: dict[tuple[str, Carried], Path]
) -> None:
    text, pictures, whole = (
        {name for name in names(packs[own.host, carries]) if "/media/" in name}
        for carries in get_args(Carried)
    )
    assert text < pictures < whole
    assert not [name for name in text if name.endswith(PICTURES)]
    assert [name for name in pictures if name.endswith(PICTURES)]
    assert not [name for name in pictures if name.endswith(PLAYED)]
    assert [name for name in whole if name.endswith(PLAYED)]


@pytest.mark.long
def test_words_stand_in_for_a_picture_that_stays_away(
    own: County, text_only: Path
) -> None:
    page = Markup((text_only / "site/dongtai/quanbu/index.html").read_text())
    assert page.all("img") == page.all("source") == page.all("video") == []
    assert f"图片：{own.marker}题图的替代文字" in page.text
    # The words of a film are open where the film is not there.
    assert "open" in next(a for a in page.all("details") if a["class"] == "video__text")


@pytest.mark.long
def test_a_file_that_stays_away_is_named_with_where_to_get_it(
    own: County, tmp_path: Path
) -> None:
    form = PortalDocument.objects.get(title=f"{own.marker}申请表")
    PortalDocument.objects.filter(pk=form.pk).update(file_size=LARGEST_BESIDE_TEXT + 1)
    at_home = pack(own, "text", tmp_path / "a")
    online = pack(own, "text", tmp_path / "b", BASE)
    name = "site/dongtai/quanbu/index.html"
    page, known = (Markup((made / name).read_text()) for made in (at_home, online))
    assert f"{own.marker}申请表" in page.text
    assert "这个文件没有放进离线包，请向" in page.text
    assert "表格（这个文件没有放进离线包）" in page.text  # a link in running text
    where = f"{BASE}/media/documents/{form.pk}/{form.filename}"
    assert known.links().count(where) == 2
    assert not [n for n in names(online) if f"/documents/{form.pk}/" in n]


# --- whole, and the same every time -----------------------------------------------------------------


def test_the_checksums_are_what_sha256sum_checks(whole: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(whole, tmp_path / "copy")
    asked = ["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS]
    checked = subprocess.run(asked, cwd=copy, check=False)  # noqa: S603  (our own words)
    assert checked.returncode == 0
    listed = {
        line.split("  ", 1)[1] for line in (copy / CHECKSUMS).read_text().splitlines()
    }
    assert listed == names(copy) - {CHECKSUMS}
    (copy / "site/index.html").write_text("改过")
    result = subprocess.run(  # noqa: S603  (our own words)
        asked, cwd=copy, check=False, capture_output=True
    )
    assert result.returncode == 1
    assert b"site/index.html: FAILED" in result.stdout


@pytest.mark.long
def test_a_zip_file_holds_the_same_files_in_one_folder(
    own: County, text_only: Path, tmp_path: Path
) -> None:
    first, second = (pack(own, "text", tmp_path / name) for name in ("a.zip", "b.zip"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "out")
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 11, 23)}
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == f"{own.portal.name}离线包-2026-11-23"
    assert names(folder) == names(text_only)
    for name in names(folder):
        assert (folder / name).read_bytes() == (text_only / name).read_bytes(), name


def test_a_pack_holds_no_word_of_the_other_county(
    world: World, county: County, whole: Path
) -> None:
    other = world.other(county)
    forbidden = [other.marker, other.host, *county.secrets.values(), "mimi-"]
    for name in names(whole):
        body = (whole / name).read_bytes()
        assert not [words for words in forbidden if words.encode() in body], name


# --- the command ------------------------------------------------------------------------------------


def run(host: str, target: Path, **options: Any) -> None:
    call_command("export_pack", portal=host, output=target, **options)


@pytest.mark.long
def test_an_older_pack_is_replaced(own: County, tmp_path: Path) -> None:
    for target in (tmp_path / "stick", tmp_path / "stick.zip"):
        with time_machine.travel(date(2026, 1, 5), tick=False):
            run(own.host, target)
        (tmp_path / "stick" / "old.txt").write_text("旧")
        with time_machine.travel(date(2026, 11, 23), tick=False):
            run(own.host, target)
        if target.is_dir():
            assert "2026年11月23日" in (target / START).read_text()
            assert not (target / "old.txt").exists()
        else:
            assert "2026-11-23" in zipfile.ZipFile(target).namelist()[0]
    assert {path.name for path in tmp_path.iterdir()} == {"stick", "stick.zip"}


@pytest.mark.long
def test_without_a_place_it_is_a_zip_file_in_var(own: County, var_dir: Path) -> None:
    with time_machine.travel(date(2026, 11, 23), tick=False):
        call_command("export_pack", portal=own.host, carries="text")
    name = Portal.objects.get(site__hostname=own.host).name
    assert (var_dir / "packs" / f"{name}离线包-2026-11-23-text.zip").is_file()


def test_what_cannot_be_is_refused_and_nothing_written(
    own: County, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_text("照片")
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.zip").mkdir()
    before = names(tmp_path)
    for host, target, options, told in (
        (own.host, "pack", {"carries": "video"}, "text、pictures、audio"),
        ("nobody.localhost", "pack", {}, own.host),
        ("", "pack", {}, "--portal"),
        (own.host, "photos", {}, "别的东西"),
        (own.host, "file", {}, "是文件"),
        (own.host, "folder.zip", {}, "是文件夹"),
        (own.host, "file/pack.zip", {}, "写不了"),
    ):
        with pytest.raises(CommandError, match=told):
            run(host, tmp_path / target, **options)
    assert names(tmp_path) == before


@pytest.mark.parametrize("name", ["stick", "stick.zip"])
@pytest.mark.long
def test_a_link_that_leads_nowhere_leaves_the_older_pack(
    own: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = tmp_path / name
    run(own.host, target)
    before = {file: (tmp_path / file).read_bytes() for file in names(tmp_path)}
    monkeypatch.setattr("publishing.packs.pages.SHEETS", "nowhere.html")
    with pytest.raises(CommandError, match="没有做成离线包"):
        run(own.host, target)
    after = {file: (tmp_path / file).read_bytes() for file in names(tmp_path)}
    assert after == before


@pytest.mark.long
@pytest.mark.parametrize("name", ["stick", "stick.zip"])
def test_a_full_disk_leaves_the_older_pack(
    own: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = tmp_path / name
    run(own.host, target)
    before = names(tmp_path)

    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publishing.packs.building.broken_links", full)
    with pytest.raises(CommandError, match="写不了"):
        run(own.host, target)
    assert names(tmp_path) == before


def test_a_portal_without_a_home_page_has_no_pack(own: County, tmp_path: Path) -> None:
    Portal.objects.get(site__hostname=own.host).site.root_page.specific.unpublish()
    with pytest.raises(CommandError, match="没有做成离线包"):
        run(own.host, tmp_path / "pack")
    assert names(tmp_path) == set()
