"""Tables in and out: checked whole, repeatable, and of one portal only."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from home.directory.tables.cells import lost_zero, read_day, safe, unsafe
from home.directory.tables.importing import import_table
from home.directory.tables.kinds import workbook
from home.directory.tables.people import PeopleTable
from home.directory.tables.sheets import SheetError
from home.models import LegalWorker, ServicePointPage
from tests.home.directory.conftest import TwoServed
from tests.home.directory.sheets import (
    NEW_POINT,
    POINT_HEADER,
    bring,
    counts,
    points_of,
)

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
