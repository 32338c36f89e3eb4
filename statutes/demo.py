"""The invented local regulation that ships with the project.

It has what few real texts have together: two versions, an inserted 之一, a table and an
annex, so that pages and tests never run empty. 云岭市 does not exist.
"""

from __future__ import annotations

from django.db import transaction

from home.models import Portal
from home.outbox import record_change

from .importing import ImportOptions, ImportSummary, import_files
from .models import Statute
from .register import DATA
from .sources import read_sources

DEMO_FOLDER = DATA / "demo"
DEMO_TITLE = "云岭市农村法治宣传教育条例"
SOURCE = "本项目编写的演示文本"
NOTE = "演示文本：云岭市是虚构的地方，本条例不是真实的法规，不具有任何效力。"


def import_demo(portal: Portal) -> ImportSummary:
    """Import the regulation as ``portal``'s own; a second time changes nothing."""
    summary = import_files(
        read_sources([DEMO_FOLDER]), ImportOptions(portal=portal, source=SOURCE)
    )
    with transaction.atomic():
        if (
            Statute.objects.filter(title=DEMO_TITLE)
            .exclude(note=NOTE)
            .update(note=NOTE)
        ):
            statute = Statute.objects.get(title=DEMO_TITLE)
            record_change(None, "statute", statute.pk)
    return summary
