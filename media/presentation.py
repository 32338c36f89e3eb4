"""Plain data about pictures and files, ready for templates.

Every ``path`` is a logical path; templates turn it into a link with ``href(path)``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureSource:
    """One ``<source>``: candidates of one type, smallest first."""

    mime_type: str
    candidates: tuple[tuple[str, int], ...]  # (logical path, width in px)


@dataclass(frozen=True, slots=True)
class Picture:
    path: str  # fallback file
    width: int
    height: int
    alt: str
    credit: str = ""
    sources: tuple[PictureSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    path: str
    title: str
    extension: str  # "PDF"
    size: int  # bytes
