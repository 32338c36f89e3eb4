"""Tables in and out: checked whole, repeatable, and of one portal only."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from home.directory.tables.cells import lost_zero, read_day, safe, unsafe
from home.directory.tables.importing import ImportResult, import_table
from home.directory.tables.kinds import workbook
from home.directory.tables.people import PeopleTable
from home.directory.tables.points import PointTable
from home.directory.tables.region_import import import_regions
from home.directory.tables.sheets import SheetError
from home.models import LegalWorker, Region, ServicePointPage
from tests.directory_factories import DirectoryPageFactory, PlacePageFactory
from tests.home.directory.conftest import Served, TwoServed

POINT_HEADER = ["名称", "类别", "乡镇", "地址", "电话", "办公时间", "服务项目"]
NEW_POINT = [
    "云雾司法所",
    "司法所",
    "云雾乡",
    "云雾乡政府一楼",
    "0000-1000002",
    "工作日 8:30-12:00；周六 9:00-11:00",
    "人民调解、值班律师",
]


def sheet(*rows: list[Any]) -> io.BytesIO:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return buffer


def points_of(county: Served, **options: Any) -> PointTable:
    return PointTable(county.portal, county.points, **options)


def bring(table: Any, *rows: list[Any], dry_run: bool = False) -> ImportResult:
    return import_table(table, sheet(*rows), "a.xlsx", dry_run=dry_run)


def counts(result: ImportResult) -> tuple[int, int, int]:
    assert result.problems == []
    return result.added, result.changed, result.unchanged


# --- cells -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2026-03-01", "2026/3/1", "2026年3月1日", "20260301", "2026.3.1"]
)
def test_days_are_read_as_they_are_written(text: str) -> None:
    day = read_day(text)
    assert day is not None
    assert day.isoformat() == "2026-03-01"


@pytest.mark.parametrize("text", ["2026-02-30", "三月", "26-3-1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期"):
        read_day(text)


@pytest.mark.parametrize("text", ["=1+1", "+86 1", "-1", "@SUM(A1)", "\tx"])
def test_formulas_are_defused_and_come_back_as_they_were(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert unsafe(safe(text)) == text


@pytest.mark.parametrize(
    ("digits", "lost"),
    [
        ("13800000000", False),
        ("12348", False),
        ("8511234567", True),
        ("1234567", False),
    ],
)
def test_lost_zeros_of_area_codes_are_noticed(digits: str, lost: bool) -> None:
    assert lost_zero(digits) is lost


# --- points ----------------------------------------------------------------------------


def test_new_rows_become_drafts_below_the_directory(served: TwoServed) -> None:
    county = served.qingshan
    assert counts(bring(points_of(county), POINT_HEADER, NEW_POINT)) == (1, 0, 0)

    page = ServicePointPage.objects.get(heading_zh_hans="云雾司法所")
    assert not page.live
    assert page.get_parent().pk == county.points.pk
    assert page.level == "office"
    assert page.township is not None
    assert page.township.code == "000002002"
    assert page.services == ["mediation", "lawyer"]
    assert page.hours == "周一至周五 8:30-12:00\n周六 9:00-11:00"
    assert page.phone == "0000-1000002"


def test_the_same_table_again_changes_nothing(served: TwoServed) -> None:
    bring(points_of(served.qingshan), POINT_HEADER, NEW_POINT)
    before = ServicePointPage.objects.count()
    again = bring(points_of(served.qingshan), POINT_HEADER, NEW_POINT)
    assert counts(again) == (0, 0, 1)
    assert ServicePointPage.objects.count() == before


def test_changed_rows_change_the_page_and_keep_what_has_no_column(
    served: TwoServed,
) -> None:
    county = served.qingshan
    row = [county.point.pk, "改了名的站", "石桥镇", "公共法律服务工作站", "新地址"]
    header = ["编号", "名称", "乡镇", "类别", "地址"]
    result = bring(points_of(county, publish=True), header, row)

    assert counts(result) == (0, 1, 0)
    page = ServicePointPage.objects.get(pk=county.point.pk)
    assert (page.heading_zh_hans, page.address_zh_hans) == ("改了名的站", "新地址")
    assert page.phone == "0000-1000001"


def test_published_rows_are_public(served: TwoServed) -> None:
    bring(points_of(served.qingshan, publish=True), POINT_HEADER, NEW_POINT)
    assert ServicePointPage.objects.get(heading_zh_hans="云雾司法所").live


def test_one_wrong_row_keeps_all_rows_out(served: TwoServed) -> None:
    wrong = ["坏的", "司法局", "石桥镇", "某处", "电话没有", "周一 八点", "唱歌"]
    before = ServicePointPage.objects.count()
    result = bring(points_of(served.qingshan), POINT_HEADER, NEW_POINT, wrong)

    assert not result.is_written
    assert ServicePointPage.objects.count() == before
    assert {(one.row, one.column) for one in result.problems} == {
        (3, "类别"),
        (3, "办公时间"),
        (3, "服务项目"),
    }
    assert "第 3 行“类别”：没有“司法局”这一种" in str(result.problems[-1])


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"名称": ""}, "名称", "不能空着"),
        ({"乡镇": "白云镇"}, "乡镇", "本地区没有“白云镇”"),
        ({"电话": "打我"}, "电话", "不像电话号码"),
        ({"电话": 8511234567}, "电话", "开头的 0 可能丢了"),
        ({"电话": "=1+1"}, "电话", "这里是公式"),
    ],
)
def test_each_fault_names_its_row_and_column(
    served: TwoServed, change: dict[str, Any], column: str, words: str
) -> None:
    values = dict(zip(POINT_HEADER, NEW_POINT, strict=True)) | change
    result = bring(points_of(served.qingshan), POINT_HEADER, list(values.values()))
    (problem,) = result.problems
    assert (problem.row, problem.column) == (2, column)
    assert words in problem.problem


def test_two_rows_of_one_point_are_refused(served: TwoServed) -> None:
    result = bring(points_of(served.qingshan), POINT_HEADER, NEW_POINT, NEW_POINT)
    assert [str(one) for one in result.problems] == ["第 3 行：和第 2 行是同一个。"]


def test_dry_run_counts_and_writes_nothing(served: TwoServed) -> None:
    before = ServicePointPage.objects.count()
    result = bring(points_of(served.qingshan), POINT_HEADER, NEW_POINT, dry_run=True)
    assert counts(result) == (1, 0, 0)
    assert not result.is_written
    assert ServicePointPage.objects.count() == before


def test_unknown_column_and_missing_column_are_named(served: TwoServed) -> None:
    table = points_of(served.qingshan)
    with pytest.raises(SheetError, match="不认识的列“颜色”"):
        bring(table, [*POINT_HEADER, "颜色"], [*NEW_POINT, "红"])
    with pytest.raises(SheetError, match="缺少：名称"):
        bring(table, POINT_HEADER[1:], NEW_POINT[1:])


def test_a_file_that_is_no_table_is_refused(served: TwoServed) -> None:
    with pytest.raises(SheetError, match="打不开"):
        import_table(points_of(served.qingshan), io.BytesIO(b"no"), "a.xlsx")


def test_csv_of_an_office_program_is_read(served: TwoServed) -> None:
    text = "\n".join(",".join(row) for row in (POINT_HEADER, NEW_POINT))
    file = io.BytesIO(text.encode("gb18030"))
    assert import_table(points_of(served.qingshan), file, "a.csv").added == 1


def test_export_comes_back_without_a_change(served: TwoServed) -> None:
    county = served.qingshan
    page = ServicePointPage.objects.get(pk=county.point.pk)
    page.hours_note_zh_hans = "=HYPERLINK(1)"
    page.save_revision().publish()

    data = workbook(points_of(county))
    texts = [
        cell
        for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()
        for cell in row
    ]
    assert {cell.data_type for cell in texts if cell.value is not None} == {"s"}
    assert "'=HYPERLINK(1)" in {cell.value for cell in texts}
    back = import_table(points_of(county), io.BytesIO(data), "a.xlsx")
    assert counts(back) == (0, 0, 1)


def test_template_explains_and_brings_in_nothing(served: TwoServed) -> None:
    data = workbook(points_of(served.qingshan), is_empty=True)
    table, notes = load_workbook(io.BytesIO(data)).worksheets
    assert table.max_row == 1
    assert "名称*" in {cell.value for cell in table[1]}
    assert notes.title == "填写说明"
    result = import_table(points_of(served.qingshan), io.BytesIO(data), "a.xlsx")
    assert counts(result) == (0, 0, 0)


# --- isolation -------------------------------------------------------------------------


def test_number_of_another_portals_point_is_not_known(served: TwoServed) -> None:
    foreign = served.baihe.point
    header = ["编号", *POINT_HEADER]
    result = bring(points_of(served.qingshan), header, [foreign.pk, *NEW_POINT])
    (problem,) = result.problems
    assert problem.column == "编号"

    own = bring(
        points_of(served.qingshan), header, [served.qingshan.point.pk, *NEW_POINT]
    )
    assert counts(own) == (0, 1, 0)
    foreign.refresh_from_db()
    assert "白河" in foreign.heading_zh_hans


def test_region_of_another_portal_is_not_known(served: TwoServed) -> None:
    codes = {"000003001": 1, "000002001": 0}  # 白河's township, and the own
    for code, problems in codes.items():
        row = [*NEW_POINT]
        row[2] = code
        result = bring(points_of(served.qingshan), POINT_HEADER, row, dry_run=True)
        assert len(result.problems) == problems


# --- people ----------------------------------------------------------------------------


def test_people_come_in_with_villages_and_consent(served: TwoServed) -> None:
    header = [
        "姓名",
        "身份",
        "乡镇",
        "服务的村",
        "电话",
        "同意公开的日期",
        "公开到哪一天",
    ]
    row = ["李明白", "法律明白人", "石桥镇", "杏花村", "", "2026/1/5", "2026年12月31日"]
    result = bring(PeopleTable(served.qingshan.portal), header, row)
    assert counts(result) == (1, 0, 0)
    person = LegalWorker.objects.get(name_zh_hans="李明白")
    assert person.portal == served.qingshan.portal
    assert person.villages == ["000002001001"]
    again = bring(PeopleTable(served.qingshan.portal), header, row)
    assert counts(again) == (0, 0, 1)


def test_person_of_another_portal_is_not_known(served: TwoServed) -> None:
    header = ["编号", "姓名", "身份", "乡镇"]

    def row(person: LegalWorker) -> list[Any]:
        return [person.pk, "换名", "人民调解员", "石桥镇"]

    foreign = bring(
        PeopleTable(served.qingshan.portal), header, row(served.baihe.mediator)
    )
    assert [one.column for one in foreign.problems] == ["编号"]
    own = bring(
        PeopleTable(served.qingshan.portal), header, row(served.qingshan.mediator)
    )
    assert counts(own) == (0, 1, 0)


def test_export_of_people_comes_back_without_a_change(served: TwoServed) -> None:
    data = workbook(PeopleTable(served.qingshan.portal))
    file = io.BytesIO(data)
    result = import_table(PeopleTable(served.qingshan.portal), file, "a.xlsx")
    assert counts(result) == (0, 0, 1)


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
