"""The QR code of a page, as SVG markup in the page itself: no file, no script.

Working a code out costs more than all the rest of a page, and it is the same as long as
the address is: each is kept in ``VAR_DIR/qr/``, by the hash of what it is made from.
Whoever deletes that folder loses time and nothing else.
"""

from __future__ import annotations

import logging
import tempfile
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import segno
from django.conf import settings
from markupsafe import Markup

logger = logging.getLogger(__name__)
# To be raised with every change of how a code is drawn.
DRAWING = 1


@lru_cache(maxsize=256)
def qr_svg(address: str) -> Markup:
    """SVG of the QR code for an absolute address; empty for an empty address."""
    if not address:
        return Markup("")
    kept = _place(address)
    svg = _read(kept) or _draw_and_keep(address, Path(kept))
    return Markup(svg)  # noqa: S704  (made by the library from an address)


def _draw(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=2
    )


def _place(address: str) -> str:
    digest = sha256(f"{DRAWING}\n{address}".encode()).hexdigest()
    return f"{settings.VAR_DIR}/qr/{digest[:2]}/{digest[2:]}.svg"


def _read(place: str) -> str:
    """What is kept; "" where there is none, or half of one."""
    try:
        with open(place, "rb", buffering=0) as file:
            svg = file.read().decode()
    except (OSError, UnicodeDecodeError):
        return ""
    return svg if svg.startswith("<svg") and svg.endswith("</svg>") else ""


def _draw_and_keep(address: str, kept: Path) -> str:
    svg = _draw(address)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=kept.parent, delete=False
        ) as file:
            file.write(svg)
        Path(file.name).replace(kept)
    except OSError as error:
        # A page is not lost because there is no room to remember its code.
        logger.warning("cannot keep the QR code of %s: %s", address, error)
    return svg
