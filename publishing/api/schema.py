"""The contract as data: ``openapi.yaml`` with the families of ``schemas/`` laid in.

A family's file names its page ``kinds`` (each has a schema ``<Kind>Page``), its
``blocks`` (names of schemas) and its ``schemas``.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("openapi.yaml")
FAMILIES = Path(__file__).with_name("schemas")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Raises ``ValueError`` where two files define the same schema."""
    whole = dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    schemas = whole["components"]["schemas"]
    for file in _families():
        family = yaml.safe_load(file.read_text(encoding="utf-8"))
        if twice := schemas.keys() & family["schemas"].keys():
            raise ValueError(f"{file.name}: {sorted(twice)[0]} is defined twice")
        schemas |= family["schemas"]
        for kind in family.get("kinds", ()):
            schemas["PageKind"]["enum"].append(kind)
            schemas["HitKind"]["enum"].append(kind)
            schemas["Page"]["oneOf"].append(_reference(f"{kind.title()}Page"))
        for block in family.get("blocks", ()):
            schemas["Blocks"]["items"]["oneOf"].append(_reference(block))
    return whole


@lru_cache(maxsize=1)
def digest() -> str:
    """Changes with the contract: what clients have cached is then out of date."""
    parts = [file.read_bytes() for file in (FILE, *_families())]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _families() -> list[Path]:
    return sorted(FAMILIES.glob("*.yaml"))


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
