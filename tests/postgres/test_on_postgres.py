"""The parts of the suite that meet the database itself, on a real PostgreSQL.

They run in a process of their own: which database Django uses is settled when it
starts. By hand, with a server of one's own:
``POSTGRES_DB=xiangfatong script/test -n 0 tests/search/test_admin_search.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.postgres.cluster import running_cluster

pytestmark = pytest.mark.long

PARTS = (
    # Wagtail's search with our cutting; its code is another one on PostgreSQL.
    "tests/search/test_admin_search.py",
    # Transactions, locks and what two do at the same moment.
    "tests/postgres/races.py",
    "tests/home/audit/test_chain.py",
    "tests/home/audit/test_writers.py",
    "tests/home/test_outbox.py",
    "tests/home/test_outbox_transactions.py",
    "tests/search/test_delivery.py",
    "tests/home/test_provisioning.py",
    "tests/project/test_database.py",
)


def test_parts_of_the_suite_on_postgresql() -> None:
    with running_cluster() as variables:
        done = subprocess.run(  # noqa: S603  (this interpreter, our own tests)
            [
                sys.executable,
                "-m",
                "pytest",
                "-n",
                "0",
                "-p",
                "no:cacheprovider",
                *PARTS,
            ],
            cwd=Path(settings.BASE_DIR),
            env=os.environ | variables,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    print(done.stdout[-20_000:], done.stderr[-5_000:])  # noqa: T201  (shown at a failure)
    assert done.returncode == 0
    assert "skipped" not in done.stdout.splitlines()[-1]
