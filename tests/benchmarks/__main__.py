"""``python -m tests.benchmarks import``: on an empty, migrated database of its own."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

from paths import add_project_to_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
add_project_to_path()
django.setup()

from tests.benchmarks import import_pages  # noqa: E402  (Django must be set up first)


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("what", choices=["import"])
    parser.add_argument("--pages", type=int, default=2000, help="to import")
    parser.add_argument(
        "--baseline", type=int, default=200, help="to publish one after the other"
    )
    chosen = parser.parse_args()
    if not 1 <= chosen.baseline <= chosen.pages:
        parser.error("--baseline is at least 1 and at most --pages")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "old")
        import_pages.run(
            place,
            chosen.pages,
            chosen.baseline,
            lambda line: sys.stdout.write(f"{line}\n"),
        )


if __name__ == "__main__":
    main()
