"""The parts of the benchmark that run inside an installation: ``python -m
tests.benchmarks.publishing.inside fill CONTENT``. An answer is written as JSON into the
file that ``BENCH_ANSWER`` names.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django

from paths import add_project_to_path

add_project_to_path()
django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402

from home.models import Portal  # noqa: E402
from tests.benchmarks.publishing import changes, content, own_portal  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    actions = parser.add_subparsers(dest="what", required=True)
    fill = actions.add_parser("fill", help="an empty database with articles")
    fill.add_argument("content", type=Path)
    actions.add_parser("queries", help="how many a full export asks")
    actions.add_parser("changes", help="what an editor's changes cost")
    chosen = parser.parse_args()
    if chosen.what == "fill":
        own_portal.make_own_portal(content.load(chosen.content))
    elif chosen.what == "queries":
        answer({"queries": queries_of_export()})
    elif chosen.what == "changes":
        answer(changes_of_editors())


def answer(data: Any) -> None:
    Path(os.environ["BENCH_ANSWER"]).write_text(json.dumps(data), encoding="utf-8")


def changes_of_editors() -> list[dict[str, Any]]:
    """In the language of the editors."""
    portal = Portal.objects.with_identity().get()
    with translation.override(settings.LANGUAGE_CODE):
        return list(changes.measure_changes(portal, changes.live_tree(portal)))


def queries_of_export() -> int:
    """Of one full export, whatever it writes."""
    counted: Counter[str] = Counter()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        counted[sql] += 1
        return execute(sql, *rest)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(count))
        call_command("export_site", portal=[own_portal.HOST], stdout=io.StringIO())
    return sum(counted.values())


if __name__ == "__main__":
    sys.exit(main())
