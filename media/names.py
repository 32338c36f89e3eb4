"""Names and logical paths of uploads.

Names are readable, ASCII only, and never the same for two contents, so that a file of
an export may be cached for ever.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from pypinyin import lazy_pinyin

MAX_STEM_LENGTH = 40
HASH_LENGTH = 10


def extension_of(name: str) -> str:
    """``报告.PDF`` → ``pdf``."""
    return PurePath(name.replace("\\", "/")).suffix[1:].lower()


def ascii_stem(name: str) -> str:
    """``田埂纠纷 (1).JPG`` → ``tian-geng-jiu-fen-1``."""
    stem = PurePath(name.replace("\\", "/")).stem
    words = lazy_pinyin(stem, errors=lambda rest: f" {rest} ")
    ascii_text = " ".join(words).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    return slug[:MAX_STEM_LENGTH].strip("-") or "file"


def stored_name(name: str, content: bytes, extension: str) -> str:
    """``<pinyin>-<hash of the content>.<extension>``."""
    digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    return f"{ascii_stem(name)}-{digest}.{extension}"


def base_name(stored: str) -> str:
    return PurePath(stored).name


def image_path(stored: str) -> str:
    """Logical path of a rendition, from its name in the storage."""
    return f"/media/images/{base_name(stored)}"


def document_path(document_id: int, stored: str) -> str:
    return f"/media/documents/{document_id}/{base_name(stored)}"
