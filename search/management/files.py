"""Files that a command line names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from django.core.management.base import CommandError

from search.json_lines import JsonLinesError

Content = TypeVar("Content")


def read_file(
    file: Path, name: str, read: Callable[[Iterable[str]], Content]
) -> Content:
    """What ``read`` makes of its lines; raises ``CommandError``. ``name``: 问题文件."""
    try:
        with file.open(encoding="utf-8") as lines:
            return read(lines)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"读不了{name}：{error}") from error
    except JsonLinesError as error:
        raise CommandError(f"{file} {error}") from error
