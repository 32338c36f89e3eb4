"""The QR code of a page, as SVG markup in the page itself: no file, no script."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr_svg(address: str) -> Markup:
    """SVG of the QR code for an absolute address; empty for an empty address."""
    if not address:
        return Markup("")
    svg = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    return Markup(svg)  # noqa: S704  (made by the library from an address)
