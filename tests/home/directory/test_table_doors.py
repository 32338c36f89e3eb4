"""The ways a table comes in: commands and the admin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from home.directory.tables.region_import import import_regions
from home.models import Region, ServicePointPage
from tests.directory_factories import DirectoryPageFactory, PlacePageFactory
from tests.home.directory.conftest import TwoServed
from tests.home.directory.sheets import (
    NEW_POINT,
    POINT_HEADER,
    counts,
    sheet,
)

# --- commands --------------------------------------------------------------------------


def test_command_imports_and_names_faults(
    served: TwoServed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.xlsx"
    host = served.qingshan.base.host
    file.write_bytes(sheet(POINT_HEADER, NEW_POINT).getvalue())
    call_command("import_directory", "points", file, "--portal", host, "--publish")
    assert ServicePointPage.objects.get(heading_zh_hans="云雾司法所").live
    assert "新增 1" in capsys.readouterr().out

    file.write_bytes(sheet(POINT_HEADER, ["", *NEW_POINT[1:]]).getvalue())
    with pytest.raises(CommandError, match="1 处问题"):
        call_command("import_directory", "points", file, "--portal", host)
    assert "第 2 行“名称”：不能空着" in capsys.readouterr().err


def test_command_wants_to_know_which_of_two_directories(
    served: TwoServed, tmp_path: Path
) -> None:
    second = DirectoryPageFactory(parent=served.qingshan.base.column, slug="er")
    file = tmp_path / "t.xlsx"
    file.write_bytes(sheet(POINT_HEADER, NEW_POINT).getvalue())
    host = served.qingshan.base.host
    with pytest.raises(CommandError, match="/dongtai/er/"):
        call_command("import_directory", "points", file, "--portal", host)
    call_command(
        "import_directory",
        "points",
        file,
        "--portal",
        host,
        "--directory",
        "dongtai/er",
    )
    assert ServicePointPage.objects.child_of(second).count() == 1


def test_places_are_exported_by_the_command(served: TwoServed, tmp_path: Path) -> None:
    county = served.qingshan
    register = DirectoryPageFactory(
        parent=county.base.column, slug="shifan", shows="model_villages"
    )
    place = PlacePageFactory(parent=register, township=county.township)
    place.save_revision()
    file = tmp_path / "t.xlsx"
    options = ("--portal", county.base.host)
    call_command("import_directory", "places", file, *options, "--export")
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert str(place.pk) in rows[1]
    call_command("import_directory", "places", file, *options)


def test_regions_are_imported_with_their_parents(served: TwoServed) -> None:
    rows = [
        ["code", "name", "name_en"],
        [2003.0, "不对", ""],
        ["000009001", "孤镇", ""],
        ["000002003", "高岭乡", "Gaoling"],
        ["000002003001", "高岭村", ""],
    ]
    result = import_regions(sheet(*rows), "a.xlsx")
    assert [one.row for one in result.problems] == [2, 3]
    assert not Region.objects.filter(code="000002003").exists()

    good = sheet(rows[0], *rows[3:])
    assert counts(import_regions(good, "a.xlsx")) == (2, 0, 0)
    good.seek(0)
    assert counts(import_regions(good, "a.xlsx")) == (0, 0, 2)


# --- the admin -------------------------------------------------------------------------


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, kind: str, pk: int, *rows: list[Any], **data: Any) -> Any:
    file = sheet(*rows)
    file.name = "t.xlsx"
    address = reverse("directory_tables_import", args=[kind, pk])
    return client.post(address, {"table": file, **data})


def test_editor_brings_in_a_table_and_publishes(served: TwoServed) -> None:
    editor = logged_in(served.qingshan.base.editor)
    response = upload(
        editor,
        "points",
        served.qingshan.points.pk,
        POINT_HEADER,
        NEW_POINT,
        publish="on",
    )
    assert "导入完成" in response.content.decode()
    assert ServicePointPage.objects.get(heading_zh_hans="云雾司法所").live


def test_author_brings_in_drafts_and_cannot_publish(served: TwoServed) -> None:
    author = logged_in(served.qingshan.base.author)
    target = served.qingshan.points.pk
    upload(author, "points", target, POINT_HEADER, NEW_POINT, publish="on")
    assert not ServicePointPage.objects.get(heading_zh_hans="云雾司法所").live

    row = [served.qingshan.point.pk, *NEW_POINT[:-1], "人民调解"]
    response = upload(author, "points", target, ["编号", *POINT_HEADER], row)
    assert response.status_code == 422
    assert "不能修改" in response.content.decode()


def test_checking_alone_writes_nothing(served: TwoServed) -> None:
    editor = logged_in(served.qingshan.base.editor)
    target = served.qingshan.points.pk
    response = upload(editor, "points", target, POINT_HEADER, NEW_POINT, dry_run="on")
    assert "还没有写入" in response.content.decode()
    assert not ServicePointPage.objects.filter(heading_zh_hans="云雾司法所").exists()


@pytest.mark.parametrize("kind", ["points", "people"])
def test_tables_of_another_portal_do_not_exist(served: TwoServed, kind: str) -> None:
    editor = logged_in(served.qingshan.base.editor)
    pks = {
        "points": (served.qingshan.points.pk, served.baihe.points.pk),
        "people": (served.qingshan.portal.pk, served.baihe.portal.pk),
    }
    for pk, status in zip(pks[kind], (200, 404), strict=True):
        for name, args in (
            ("directory_tables_import", [kind, pk]),
            ("directory_tables_download", [kind, pk, "data"]),
        ):
            assert editor.get(reverse(name, args=args)).status_code == status
    listed = editor.get(reverse("directory_tables")).content.decode()
    assert "青山" in listed
    assert "白河" not in listed


def test_list_of_people_and_their_form_are_of_the_own_portal(served: TwoServed) -> None:
    editor = logged_in(served.qingshan.base.editor)
    listed = editor.get(reverse("legal-workers:index")).content.decode()
    assert "青山记号张调解" in listed
    assert "白河记号" not in listed
    address = reverse("legal-workers:edit", args=[served.qingshan.mediator.pk])
    form = editor.get(address).content.decode()
    assert "杏花村" in form
    assert "000003001001" not in form
    foreign = reverse("legal-workers:edit", args=[served.baihe.mediator.pk])
    assert editor.get(foreign).status_code == 404
