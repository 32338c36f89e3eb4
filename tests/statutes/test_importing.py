"""Import: what arrives, that it repeats, and what an error leaves behind."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from home.models import Change, Portal
from statutes import importing
from statutes.lifecycle import refresh_statuses
from statutes.models import (
    Division,
    Provision,
    Status,
    Statute,
    StatuteName,
    StatuteVersion,
)
from statutes.sources import SourceFile
from tests.statutes.conftest import DATA, law_file, run_import

pytestmark = pytest.mark.django_db


def rows() -> Iterator[Any]:
    """Everything an import writes, keys included, but the time of the import."""
    yield from Statute.objects.order_by("pk").values_list(
        "pk", "title", "slug", "category", "portal_id"
    )
    yield from StatuteName.objects.order_by("pk").values_list("pk", "name")
    yield from StatuteVersion.objects.order_by("pk").values_list(
        "pk", "status", "is_current", "in_force_from", "source_hash"
    )
    yield from Division.objects.order_by("pk").values_list("pk", "anchor", "parent_id")
    yield from Provision.objects.order_by("pk").values_list("pk", "anchor", "text")


def test_fixture_texts_arrive_with_structure_and_counts(
    fixture_files: list[SourceFile],
) -> None:
    summary = run_import(fixture_files)

    assert summary.errors == []
    assert summary.outcomes == {"new": 3, "changed": 0, "unchanged": 0}
    version = StatuteVersion.objects.get(statute__title="中华人民共和国梯田保护法")
    assert version.statute.slug == "titianbaohufa"
    assert version.provision_count == version.provisions.count() == 7
    inserted = version.provisions.get(number=4, suffix=1)
    assert (inserted.label, inserted.anchor) == ("第四条之一", "t4-1")
    assert inserted.division.anchor == "c2s1"
    assert inserted.division.parent.anchor == "c2"
    merged = StatuteVersion.objects.get(statute__title="中华人民共和国水田法典")
    assert list(merged.provisions.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_second_import_writes_nothing(fixture_files: list[SourceFile]) -> None:
    run_import(fixture_files)
    before, changes = list(rows()), Change.objects.count()

    summary = run_import(fixture_files)

    assert summary.outcomes == {"new": 0, "changed": 0, "unchanged": 3}
    assert list(rows()) == before
    assert Change.objects.count() == changes


def test_dry_run_counts_and_writes_nothing(fixture_files: list[SourceFile]) -> None:
    summary = run_import(fixture_files, dry_run=True)

    assert summary.outcomes["new"] == 3
    assert not Statute.objects.exists()
    assert not Change.objects.exists()


def test_changed_text_keeps_the_keys_of_provisions_that_stay() -> None:
    run_import([law_file("甲法", "第一条 甲。\n\n第二条 乙。")])
    kept = Provision.objects.get(number=1).pk

    summary = run_import([law_file("甲法", "第一条 甲甲。\n\n第三条 丙。")])

    assert summary.outcomes["changed"] == 1
    assert list(Provision.objects.values_list("number", "text")) == [
        (1, "甲甲。"),
        (3, "丙。"),
    ]
    assert Provision.objects.get(number=1).pk == kept


def test_every_written_statute_is_recorded_once(
    fixture_files: list[SourceFile],
) -> None:
    run_import(fixture_files)

    recorded = Change.objects.filter(subject="statute").values_list("key", flat=True)
    assert sorted(recorded) == sorted(
        str(key) for key in Statute.objects.values_list("pk", flat=True)
    )


def test_broken_file_is_reported_with_its_line_and_the_others_arrive() -> None:
    broken = law_file("乙法", "第二条 乙。\n\n第一条 甲。")

    summary = run_import([broken, law_file("甲法", "第一条 甲。")])

    assert summary.errors == ["社会法/乙法.md:9: 第一条 stands after 第二条"]
    assert list(Statute.objects.values_list("title", flat=True)) == ["甲法"]


def test_broken_version_keeps_the_whole_statute_out() -> None:
    good = law_file("甲法", "第一条 甲。", name="社会法/甲法(2020-01-01).md")
    bad = law_file(
        "甲法", "第一条 甲。\n\n第一条 乙。", name="社会法/甲法(2024-01-01).md"
    )

    summary = run_import([good, bad])

    assert len(summary.errors) == 1
    assert not Statute.objects.exists()


def test_failure_in_the_middle_leaves_no_half_statute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = importing._store_provisions

    def fail_for_second(version: StatuteVersion, *args: Any) -> None:
        if version.statute.title == "乙法":
            raise RuntimeError("power cut")
        store(version, *args)

    monkeypatch.setattr(importing, "_store_provisions", fail_for_second)
    body = "## 第一章 总则\n\n第一条 条文。"
    with pytest.raises(RuntimeError, match="power cut"):
        run_import([law_file("一法", body), law_file("乙法", body)])

    assert list(Statute.objects.values_list("title", flat=True)) == ["一法"]
    assert Division.objects.count() == Provision.objects.count() == 1


def test_only_the_statutes_asked_for_are_imported(
    fixture_files: list[SourceFile],
) -> None:
    run_import(fixture_files, only=frozenset({"梯田保护法"}))

    assert list(Statute.objects.values_list("title", flat=True)) == [
        "中华人民共和国梯田保护法"
    ]


def test_text_of_another_owner_is_not_taken_over(
    demo: Portal, stranger: Portal
) -> None:
    title = "云岭市农村法治宣传教育条例"

    summary = run_import([law_file(title, "第一条 假的。")], stranger)

    assert len(summary.errors) == 1
    assert "belongs to another owner" in summary.errors[0]
    assert Statute.objects.get(title=title).portal == demo


def test_versions_get_their_status_from_the_day() -> None:
    old = law_file(
        "甲法", "第一条 旧。\n\n第二条 本法自2001年5月1日起施行。", "2001年1月1日 通过"
    )
    new = law_file(
        "甲法",
        "第一条 新。\n\n第二条 本法自2027年1月1日起施行。",
        "2001年1月1日 通过\n\n2026年10月1日 修订",
        name="社会法/甲法(2026-10-01).md",
    )
    run_import([old, new])

    def states() -> list[tuple[str, bool]]:
        versions = StatuteVersion.objects.order_by("in_force_from")
        return list(versions.values_list("status", "is_current"))

    assert states() == [(Status.IN_FORCE, True), (Status.NOT_YET, False)]

    assert refresh_statuses(date(2027, 1, 1)) == 1

    assert states() == [(Status.AMENDED, False), (Status.IN_FORCE, True)]
    assert refresh_statuses(date(2027, 1, 1)) == 0


def test_text_known_to_have_changed_is_marked_amended() -> None:
    run_import(
        [
            law_file(
                "中华人民共和国治安管理处罚法",
                "第一条 甲。",
                "2005年8月28日 通过\n\n2012年10月26日 修正",
            )
        ]
    )

    assert StatuteVersion.objects.get().status == Status.AMENDED


def test_newer_text_than_the_known_change_is_in_force() -> None:
    run_import(
        [
            law_file(
                "中华人民共和国治安管理处罚法",
                "第一条 甲。\n\n第二条 本法自2026年1月1日起施行。",
                "2005年8月28日 通过\n\n2025年6月27日 修订",
            )
        ]
    )

    assert StatuteVersion.objects.get().status == Status.IN_FORCE


def test_slug_comes_from_the_register_where_the_title_is_known() -> None:
    run_import([law_file("中华人民共和国民法典", "第一条 甲。")])

    statute = Statute.objects.get()
    assert statute.slug == "minfadian"
    assert statute.display_name == "民法典"
    assert statute.names.filter(name="民法典").exists()


# --- the command -----------------------------------------------------------------------


def run_command(*args: str) -> str:
    out = io.StringIO()
    call_command("import_statutes", *args, stdout=out, stderr=out)
    return out.getvalue()


def test_command_imports_an_archive_and_prints_a_summary(tmp_path: Path) -> None:
    archive = tmp_path / "laws.tar.xz"
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(DATA / "社会法", arcname="./社会法")

    printed = run_command(str(archive))

    assert "1 files, 1 statutes (1 new, 0 changed, 0 unchanged)" in printed
    assert "1 versions, 7 provisions, 0 copies left out, 0 errors" in printed
    assert Statute.objects.get().branch == "社会法"


def test_command_fails_after_an_error_and_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "坏.md").write_text("没有标题\n", encoding="utf-8")
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 errors"):
        call_command("import_statutes", str(tmp_path), stdout=out, stderr=out)

    assert "坏.md:1: line 1 must be" in out.getvalue()


def test_command_refuses_an_unknown_portal_and_a_missing_path() -> None:
    with pytest.raises(CommandError, match="no portal with the host"):
        run_command(str(DATA), "--portal", "nowhere.localhost")
    with pytest.raises(CommandError, match="does not exist"):
        run_command(str(DATA / "nothing"))


# --- the real texts ----------------------------------------------------------------------


@pytest.mark.shared_data
def test_real_texts_arrive_and_repeat(shared_data: Path) -> None:
    folder = str(shared_data / "laws")

    assert "34 statutes (34 new" in run_command(folder)
    assert Provision.objects.count() == 4569
    assert Provision.objects.filter(version__statute__slug="minfadian").count() == 1260
    assert Provision.objects.get(
        version__statute__slug="xingfa", number=133, suffix=1
    ).text.startswith("在道路上驾驶机动车")
    assert "0 new, 0 changed, 34 unchanged" in run_command(folder)


@pytest.mark.long
@pytest.mark.shared_data
def test_whole_archive_arrives_without_an_error(shared_data: Path) -> None:
    printed = run_command(str(shared_data / "laws_national.tar.xz"))

    assert "1481 files, 1390 statutes (1390 new" in printed
    assert printed.rstrip().endswith("0 errors")
    assert StatuteVersion.objects.filter(is_current=True).count() == 1390
    assert not Statute.objects.filter(slug="").exists()
