"""A row that was changed, removed or replaced shows, and so does a lost end."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import override_settings
from time_machine import travel

from home.audit import anchors, retention
from home.audit.models import AuditChain, AuditEntry, SealedError
from home.audit.sources import DOWNLOADED
from home.record_of_events import note
from tests import database
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2025, 1, 10, 8, tzinfo=UTC)
NOW = datetime(2026, 5, 6, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path) -> Any:
    with override_settings(VAR_DIR=tmp_path):
        yield


@pytest.fixture
def rows(db: None) -> list[int]:
    """Five rows that differ in everything, signed at the third."""
    with travel(NOW, tick=False):
        user = UserFactory(username="wang")
        for count in range(5):
            note(DOWNLOADED, user=user, subject=user, details={"count": count})
            if count == 2:
                anchors.anchor_end()
    return list(AuditEntry.objects.order_by("number").values_list("number", flat=True))[
        -5:
    ]


def tamper(statement: str, *values: Any) -> None:
    """As somebody does who has the database, triggers or not."""
    database.unseal_audit_log()
    with connection.cursor() as cursor:
        if database.is_sqlite():
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_unchanged")
        cursor.execute(statement, values)


def verify(**options: Any) -> str:
    said = io.StringIO()
    call_command("verify_audit", stdout=said, **options)
    return said.getvalue()


def fault() -> str:
    with pytest.raises(CommandError) as found:
        verify()
    return str(found.value)


def test_untouched_log_is_in_order(rows: list[int]) -> None:
    count = AuditEntry.objects.count()
    assert f"检查了 {count} 条记录，1 个锚点" in verify()
    assert list(
        AuditEntry.objects.order_by("number").values_list("number", flat=True)
    ) == list(range(1, count + 1))


CHANGES = {
    "time": "2026-05-06 09:00:00+00:00",
    "action": "login",
    "user_id": 999,
    "user_name": "li",
    "address": "192.0.2.7",
    "portal_id": 999,
    "portal_name": "别的门户",
    "subject_type": "home.portal",
    "subject_id": "999",
    "subject_name": "别的",
    "details": '{"count": 7}',
    "previous": "1" * 64,
    "seal": "1" * 64,
}


def test_every_column_is_tried() -> None:
    names = {field.name for field in AuditEntry._meta.get_fields()}
    assert names == CHANGES.keys() | {"number"}


@pytest.mark.parametrize("column", CHANGES)
def test_changed_column_shows(rows: list[int], column: str) -> None:
    tamper(
        f"UPDATE audit_auditentry SET {column} = %s WHERE number = %s",  # noqa: S608  (our own names)
        CHANGES[column],
        rows[1],
    )
    assert f"第 {rows[1]} 条" in fault()


def test_changed_number_shows(rows: list[int]) -> None:
    tamper("UPDATE audit_auditentry SET number = 999 WHERE number = %s", rows[1])
    assert fault() == f"第 {rows[1]} 条：这一条没有了。"


def test_deleted_row_shows(rows: list[int]) -> None:
    tamper("DELETE FROM audit_auditentry WHERE number = %s", rows[1])
    assert fault() == f"第 {rows[1]} 条：这一条没有了。"


def test_first_rows_that_are_gone_show(rows: list[int]) -> None:
    tamper("DELETE FROM audit_auditentry WHERE number = 1")
    assert fault() == "第 1 条：这一条没有了。"


def test_swapped_rows_show(rows: list[int]) -> None:
    """By way of a number that is free."""
    for number, other in ((rows[1], 999), (rows[2], rows[1]), (999, rows[2])):
        tamper(
            "UPDATE audit_auditentry SET number = %s WHERE number = %s", other, number
        )
    assert fault() == f"第 {rows[1]} 条：内容被改动过。"


def test_cut_end_shows(rows: list[int]) -> None:
    tamper("DELETE FROM audit_auditentry WHERE number = %s", rows[4])
    assert fault() == f"第 {rows[4]} 条：这一条以后的记录没有了。"


def test_cut_end_shows_when_the_chain_was_set_back(rows: list[int]) -> None:
    """The rows from the anchor on are gone, and the chain says that there were none."""
    before = AuditEntry.objects.get(number=rows[1])
    tamper("DELETE FROM audit_auditentry WHERE number > %s", rows[1])
    AuditChain.objects.update(last=before.number, last_seal=before.seal)
    assert fault() == f"第 {rows[2]} 条：这一条以后的记录没有了。"


def test_row_added_behind_the_chains_back_shows(rows: list[int]) -> None:
    last = AuditEntry.objects.get(number=rows[4])
    stranger = AuditEntry(
        number=last.number + 1, time=NOW, action="login", previous=last.seal
    )
    stranger.seal = stranger.computed_seal()
    stranger.save_base(force_insert=True)
    assert "末尾和登记的不一致" in fault()


def test_end_that_was_written_anew_with_good_seals_shows(rows: list[int]) -> None:
    """Everything but the signature can be computed again."""
    previous = AuditEntry.objects.get(number=rows[0]).seal
    for number in rows[1:]:
        entry = AuditEntry.objects.get(number=number)
        entry.user_name, entry.previous = "li", previous
        entry.seal = previous = entry.computed_seal()
        tamper(
            "UPDATE audit_auditentry SET user_name = 'li', previous = %s, seal = %s"
            " WHERE number = %s",
            entry.previous,
            entry.seal,
            number,
        )
    AuditChain.objects.update(last_seal=previous)
    assert "和签过名的锚点不一致" in fault()
    assert f"第 {rows[2]} 条" in fault()


def test_lost_chain_row_shows(rows: list[int]) -> None:
    AuditChain.objects.all().delete()
    assert "末尾和登记的不一致" in fault()


def test_end_is_signed_once_however_often_the_worker_looks(rows: list[int]) -> None:
    for _minute in range(3):
        anchors.anchor_end()
    assert [anchor.number for anchor in anchors.read_anchors()] == [rows[2], rows[4]]
    note(DOWNLOADED)
    anchors.anchor_end()
    assert [anchor.number for anchor in anchors.read_anchors()][2:] == [rows[4] + 1]


def test_forged_anchor_shows(rows: list[int]) -> None:
    file = anchors.anchor_file()
    body = json.loads(file.read_text())
    file.write_text(json.dumps(body | {"number": body["number"] - 1}) + "\n")
    assert fault() == "锚点文件第 1 行：签名不对"
    file.write_text("[1]\n")
    assert fault() == "锚点文件第 1 行：写法不对"


def test_lost_anchors_show_once_the_log_is_a_day_old(rows: list[int]) -> None:
    anchors.anchor_file().unlink()
    with travel(NOW, tick=False):
        assert "0 个锚点" in verify()
    with travel(datetime(2026, 5, 8, tzinfo=UTC), tick=False):
        assert "没有锚点文件" in fault()


def test_since_begins_with_a_day(rows: list[int]) -> None:
    with travel(datetime(2026, 5, 9, tzinfo=UTC), tick=False):
        note(DOWNLOADED)
    assert "检查了 1 条记录" in verify(since="2026-05-08")
    assert "检查了 0 条记录" in verify(since="2026-06-01")
    for wrong in ("heute", "2026-13-01"):
        with pytest.raises(CommandError, match="日期写成"):
            verify(since=wrong)


# --- nobody changes or deletes one -------------------------------------------------------


def test_orm_refuses(rows: list[int]) -> None:
    entry = AuditEntry.objects.get(number=rows[0])
    own = AuditEntry.objects.filter(number=rows[0])
    for attempt in (
        entry.save,
        entry.delete,
        own.delete,
        lambda: own.update(user_name="li"),
        lambda: AuditEntry.objects.create(number=99),
        lambda: AuditEntry.objects.bulk_create([entry]),
        lambda: AuditEntry.objects.bulk_update([entry], ["user_name"]),
    ):
        with pytest.raises(SealedError):
            attempt()
    verify()


def test_database_refuses(rows: list[int]) -> None:
    own: Any = models.QuerySet(AuditEntry).filter(number=rows[0])
    for attempt in (own.delete, lambda: own.update(user_name="li")):
        with (
            pytest.raises(DatabaseError, match="neither changed"),
            transaction.atomic(),
        ):
            attempt()
    verify()


# --- what may go after its time ----------------------------------------------------------


def test_old_months_go_and_the_rest_is_still_proved(rows: list[int]) -> None:
    with travel(LONG_AGO, tick=False):
        note(DOWNLOADED, details={"old": True})
        old = AuditChain.objects.get().last
    with travel(NOW, tick=False):
        note(DOWNLOADED)
        anchors.anchor_end()
    with travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        assert retention.prune() == [f"清理了 {old + 1} 条到期的操作日志"]
        assert retention.prune() == []
    assert AuditEntry.objects.get().action == retention.PRUNED_EVENT
    assert "检查了 1 条记录" in verify()


@override_settings(AUDIT_KEPT_DAYS=1)
def test_no_setting_makes_it_less_than_six_months(db: None) -> None:
    with travel(datetime(2026, 1, 15, tzinfo=UTC), tick=False):
        note(DOWNLOADED)
    with travel(datetime(2026, 7, 14, tzinfo=UTC), tick=False):
        assert retention.prune() == []
    with travel(datetime(2026, 8, 4, tzinfo=UTC), tick=False):
        assert retention.prune() == ["清理了 1 条到期的操作日志"]


def test_month_stays_whole(db: None) -> None:
    with travel(datetime(2025, 1, 1, 2, tzinfo=UTC), tick=False):
        note(DOWNLOADED)
    with travel(datetime(2025, 1, 31, 2, tzinfo=UTC), tick=False):
        note(DOWNLOADED)
    with override_settings(AUDIT_KEPT_DAYS=365):
        with travel(datetime(2026, 1, 20, tzinfo=UTC), tick=False):
            assert retention.prune() == []
        with travel(datetime(2026, 2, 2, tzinfo=UTC), tick=False):
            assert retention.prune() == ["清理了 2 条到期的操作日志"]


def test_beginning_that_was_not_pruned_by_us_shows(rows: list[int]) -> None:
    """The chain's row is set as pruning sets it, by somebody without the key."""
    entry = AuditEntry.objects.get(number=rows[0])
    AuditChain.objects.update(pruned=entry.number, pruned_seal=entry.seal)
    tamper("DELETE FROM audit_auditentry WHERE number <= %s", entry.number)
    assert "不是到期清理掉的" in fault()


# --- one transaction ---------------------------------------------------------------------


class RollBack(Exception):
    pass


def test_row_is_rolled_back_with_what_it_tells_of(rows: list[int]) -> None:
    with pytest.raises(RollBack), transaction.atomic():
        note(DOWNLOADED)
        raise RollBack
    assert AuditChain.objects.get().last == rows[-1]
    verify()


def test_unknown_event_is_a_mistake(db: None) -> None:
    with pytest.raises(LookupError):
        note("nobody.registered.this")


def test_long_and_odd_words_are_kept_as_they_can_be(db: None) -> None:
    note(
        DOWNLOADED,
        subject_name="a\x00" + "长" * 500,
        details={"text": "x\x00" * 9_000, "when": NOW, "share": 0.1},
    )
    note(DOWNLOADED, details={"share": 0.1, "zero": "a\x00b"})
    entry = AuditEntry.objects.get(number=2)
    assert entry.details == {"share": "0.1", "zero": "ab"}
    assert len(AuditEntry.objects.get(number=1).subject_name) == 200
    verify()
