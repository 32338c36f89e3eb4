#!/usr/bin/env python
"""Run a management command: ``python manage.py help``."""

import os
import sys

from paths import add_project_to_path


def main() -> None:
    add_project_to_path()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
