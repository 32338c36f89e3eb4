"""Files of JSON lines: the questions and judgements that measuring and training read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

Record = TypeVar("Record")


class JsonLinesError(Exception):
    """A line is not what it should be; the text names the line and the reason."""


def read_lines(
    lines: Iterable[str], parse: Callable[[Any], Record]
) -> Iterator[Record]:
    """What ``parse`` makes of each line that is not empty.

    ``parse`` raises ``ValueError`` with the reason.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield parse(_decode(line))
        except ValueError as error:
            raise JsonLinesError(f"第 {number} 行：{error}") from error


def _decode(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ValueError("不是 JSON。") from error
