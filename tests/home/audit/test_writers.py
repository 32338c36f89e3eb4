"""Many at the same moment: no number twice, none missing, and the chain holds.

On SQLite and, in ``tests/postgres``, on PostgreSQL; each writer has a connection and a
transaction of its own, and every third changes its mind.
"""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from home.audit.models import AuditChain, AuditEntry
from home.audit.sources import DOWNLOADED
from home.outbox import record_change
from home.record_of_events import note

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, TIMES = 4, 6


class ChangedMind(Exception):
    pass


def write(writer: int, start: threading.Barrier) -> None:
    """As publishing does, or as a log-in does: the outbox before or not at all."""
    try:
        start.wait()
        for time in range(TIMES):
            try:
                with transaction.atomic():
                    if (writer + time) % 2:
                        record_change(None, "topic", writer)
                    note(DOWNLOADED, details={"writer": writer, "time": time})
                    if not (writer + time) % 2:
                        record_change(None, "topic", writer)
                    if time % 3 == 2:
                        raise ChangedMind
            except ChangedMind:
                continue
    finally:
        connection.close()


def test_writers_at_the_same_moment(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path  # without the anchors of other tests' rows
    before = AuditChain.objects.filter(pk=1).first() or AuditChain()
    start = threading.Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        for future in [pool.submit(write, number, start) for number in range(WRITERS)]:
            future.result()
    kept = WRITERS * (TIMES - TIMES // 3)
    numbers = AuditEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(before.last + 1, before.last + kept + 1))
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    assert f"检查了 {kept} 条记录" in said.getvalue()
