"""``manage.py import_pages``: what it tells, and when it fails."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from articles.models import OldAddress
from articles.page_import.table import HEADERS
from tests.articles.page_import.old_site import OldSite
from tests.factories import TwoPortals

pytestmark = pytest.mark.django_db


def test_command_tells_errors_in_chinese_and_fails(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("good")
    old_site.page("bad", 栏目="meiyou")
    told = StringIO()
    words = [str(old_site.table()), str(old_site.folder), "--portal=qingshan.localhost"]
    with pytest.raises(CommandError, match="没有写入"):
        call_command("import_pages", *words, stderr=told)
    assert "第3行“栏目”：没有栏目“meiyou”" in told.getvalue()

    with pytest.raises(CommandError, match="其余已经导入"):
        call_command("import_pages", *words, "--skip-errors", stderr=told)
    assert OldAddress.objects.count() == 1


def test_command_names_the_portals_that_there_are(
    two_portals: TwoPortals, old_site: OldSite
) -> None:
    old_site.page("a")
    words = [str(old_site.table()), str(old_site.folder), "--portal=nowhere"]
    with pytest.raises(CommandError, match=r"qingshan\.localhost、baihe\.localhost"):
        call_command("import_pages", *words)


def test_template_has_every_column_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    call_command("import_pages", template=path, stdout=StringIO())
    row = next(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert [str(cell).removesuffix("（必填）") for cell in row] == list(HEADERS)
    with pytest.raises(CommandError, match="已经存在"):
        call_command("import_pages", template=path)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"no table", "不是 .xlsx"), (None, "找不到表格")]
)
def test_table_that_is_none_is_refused(
    content: bytes | None, reason: str, two_portals: TwoPortals, tmp_path: Path
) -> None:
    path = tmp_path / "t.xlsx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        call_command("import_pages", path, tmp_path, portal="qingshan.localhost")
