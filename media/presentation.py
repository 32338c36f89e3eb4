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
    # The files do not come along (a pack of texts): its words stand in for it.
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    path: str
    title: str
    extension: str  # "PDF"
    size: int  # bytes
    # The file does not come along: its name is shown, and where to get it.
    is_left_out: bool = False


def shown(picture: Picture | None) -> Picture | None:
    """For a place that cannot show words instead: nothing where the files lack."""
    return None if picture is None or picture.is_left_out else picture
