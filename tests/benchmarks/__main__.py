"""``python -m tests.benchmarks import``: on an empty, migrated database of its own.

``search`` needs one with all national texts and the demo (``script/bench search``),
``factors`` one with all national texts (``script/bench quality``).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

from paths import add_project_to_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
# What is measured is published without anybody's approval.
os.environ.setdefault("XIANGFA_REVIEW_STAGES", "0")
add_project_to_path()
django.setup()

from tests.benchmarks import factors, import_pages, search_speed  # noqa: E402  (Django must be set up first)
from tests.benchmarks.publishing import comparing  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench")
    actions = parser.add_subparsers(dest="what", required=True)
    pages = actions.add_parser("import")
    pages.add_argument("--pages", type=int, default=2000, help="to import")
    pages.add_argument(
        "--baseline", type=int, default=200, help="to publish one after the other"
    )
    parts = actions.add_parser("factors", help="what each factor of ranking brings")
    parts.add_argument("judgements", type=Path, help="JSON lines")
    speed = actions.add_parser("search")
    speed.add_argument("--questions", type=Path, required=True, help="JSON lines")
    speed.add_argument("--server", required=True, help="an Elasticsearch's address")
    memory = actions.add_parser("search-memory", help="for `search` alone")
    memory.add_argument("root", type=Path)
    memory.add_argument("portal", type=int)
    publishing = actions.add_parser("publishing")
    comparing.add_arguments(publishing)
    chosen = parser.parse_args()
    if chosen.what == "publishing":
        comparing.run(chosen, say)
    elif chosen.what == "search":
        search_speed.run(chosen.questions, chosen.server, say)
    elif chosen.what == "search-memory":
        search_speed.show_memory(chosen.root, chosen.portal, say)
    elif chosen.what == "factors":
        factors.run(chosen.judgements, say)
    elif 1 <= chosen.baseline <= chosen.pages:
        measure_import(chosen.pages, chosen.baseline)
    else:
        parser.error("--baseline is at least 1 and at most --pages")


def measure_import(pages: int, baseline: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_pages.run(Path(folder, "old"), pages, baseline, say)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
