"""The one place that puts the project on Python's path.

``site/`` is a folder on the path and not a package: with an ``__init__.py`` it could
be imported in place of the standard library's ``site`` at start-up.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def add_project_to_path() -> None:
    """Make ``config`` (in ``site/``) and the apps importable, from any directory."""
    for folder in (str(ROOT / "site"), str(ROOT)):
        if folder not in sys.path:
            sys.path.insert(0, folder)
