"""Telephone numbers as people write them, and what a phone dials."""

from __future__ import annotations

import re

_BETWEEN_NUMBERS = re.compile(r"[、，,/;；\n]")
_EXTENSION = re.compile(r"\s*转\s*")


def phone_links(written: str) -> list[dict[str, str]]:
    """Each number of ``0000-1234801、12348`` with its ``tel:`` address, in order."""
    found = []
    for part in _BETWEEN_NUMBERS.split(written):
        number, *extension = _EXTENSION.split(part.strip(), maxsplit=1)
        digits = re.sub(r"[^\d+]", "", number)
        if digits:
            # A comma waits until somebody answers, then dials on.
            dialed = ",".join([digits, *(re.sub(r"\D", "", one) for one in extension)])
            found.append({"label": part.strip(), "href": f"tel:{dialed}"})
    return found
