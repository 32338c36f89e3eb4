"""The contract, ``openapi.yaml``, as data."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("openapi.yaml")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def digest() -> str:
    """Changes with the contract: what clients have cached is then out of date."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
