"""Killed in the middle of the writing, an import leaves the database as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Page, Revision

from articles.models import OldAddress
from tests import database
from tests.articles.page_import.old_site import OldSite
from tests.factories import make_two_portals

# Kills itself when the tree, the revisions and the addresses are written, before the end.
KILLED = """
import os, signal, sys
from django.core.management import call_command
from articles.page_import import writing
def die(*_args): os.kill(os.getpid(), signal.SIGKILL)
writing.record_change = die
call_command("import_pages", *sys.argv[1:], portal="qingshan.localhost")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not database.is_sqlite(), reason="the other process needs a file")
def test_killed_import_leaves_nothing_and_can_be_run_again(old_site: OldSite) -> None:
    portals = make_two_portals()
    for name in "abc":
        old_site.page(name)
    table = old_site.table()
    counted = (Page, Revision, OldAddress)
    before = [model._default_manager.count() for model in counted]
    connection.close()

    killed = subprocess.run(  # noqa: S603  (a program of this test)
        [sys.executable, "-c", PRELUDE + KILLED, str(table), str(old_site.folder)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"TEST_DATABASE": str(connection.settings_dict["NAME"])},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [model._default_manager.count() for model in counted] == before
    assert len(old_site.bring(portals.qingshan.portal).pages) == 3
    assert not any(Page.find_problems())


PRELUDE = """
import os
from paths import add_project_to_path
add_project_to_path()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
import django
django.setup()
"""
