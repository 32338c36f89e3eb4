"""File names of uploads: readable, ASCII only, never the same for two contents."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from typing import Any

from pypinyin import lazy_pinyin

MAX_STEM_LENGTH = 48
HASH_LENGTH = 10


def ascii_stem(name: str) -> str:
    """``田埂纠纷 (1).JPG`` → ``tian-geng-jiu-fen-1``."""
    stem = PurePath(name.replace("\\", "/")).stem
    words = lazy_pinyin(stem, errors=lambda rest: [f" {rest} "])
    ascii_text = " ".join(words).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    return slug[:MAX_STEM_LENGTH].strip("-") or "file"


def stored_name(name: str, content: bytes | memoryview, extension: str) -> str:
    """``<pinyin>-<hash of the content>.<extension>``; naming a named file again is idle."""
    digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    return f"{ascii_stem(name)}-{digest}.{extension}"


def document_upload_to(_document: Any, name: str) -> str:
    return f"documents/{name}"
