"""Renditions: the sizes and formats of a picture that the public gets.

They are made once, after the upload; a page render only reads their rows. Every size
keeps the whole picture, so a rendition depends on nothing but the file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from media.models import PortalImage, PortalRendition
from media.signals import renditions_made

logger = logging.getLogger(__name__)

# 360: an old phone; 720: a new phone or two columns; 1080: full width; 1600: posters.
WIDTHS = (360, 720, 1080, 1600)
# The one file for browsers that read neither AVIF nor WebP, and for shared links.
FALLBACK_WIDTH = 1080
# A size that is hardly larger than the one before is not worth a file.
MIN_STEP = 1.15
# Long strips: past this many pixels only the smallest size is made.
MAX_PIXELS = 8_000_000
# A picture with more colors is a photo: trying PNG takes seconds and never pays.
MAX_DRAWING_COLORS = 65_536
# AVIF speed 9 takes a fraction of the time of 6 for files that are no larger
# (1600×1200: 0.06 s and 0.85 s on two cores, Pillow 13).
ENCODERS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 58, "speed": 9, "max_threads": 2},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
MIME_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
SOURCE_FORMATS = ("avif", "webp")
FALLBACK_FORMATS = ("jpeg", "png")


def spec_of(width: int, encoding: str) -> str:
    """In Wagtail's own notation, so that its tools find the same renditions."""
    return f"width-{width}|format-{encoding}"


SOURCE_SPECS = {
    spec_of(width, encoding): encoding
    for encoding in SOURCE_FORMATS
    for width in WIDTHS
}
FALLBACK_SPECS = {
    spec_of(FALLBACK_WIDTH, encoding): encoding for encoding in FALLBACK_FORMATS
}
# Every rendition that the public may get; Wagtail makes others for the admin.
SPECS = {**SOURCE_SPECS, **FALLBACK_SPECS}


@dataclass(frozen=True, slots=True)
class Encoded:
    spec: str
    encoding: str
    width: int
    height: int
    content: bytes


def widths_for(width: int, height: int) -> tuple[int, ...]:
    """The nominal widths worth making; the last may exceed the picture, never scale it."""
    chosen: list[int] = []
    previous = 0
    for nominal in WIDTHS:
        actual = min(nominal, width)
        if chosen and actual < previous * MIN_STEP:
            break
        if chosen and actual * height * actual / width > MAX_PIXELS:
            break
        chosen.append(nominal)
        previous = actual
    return tuple(chosen)


def make_renditions(image: PortalImage) -> int:
    """Make what is missing; returns the number of renditions made.

    The encoding happens outside any transaction: it must not hold SQLite's write lock.
    """
    existing = set(image.renditions.values_list("filter_spec", flat=True))
    with image.open_file() as file, Image.open(file) as original:
        original.load()
        encoded = list(_encode_missing(original, existing))
    if encoded:
        _store(image, encoded)
    return len(encoded)


def _encode_missing(original: Image.Image, existing: set[str]) -> Iterator[Encoded]:
    widths = widths_for(*original.size)
    has_fallback = not existing.isdisjoint(FALLBACK_SPECS)
    missing = [
        nominal
        for nominal in widths
        if not existing.issuperset(spec_of(nominal, name) for name in SOURCE_FORMATS)
    ]
    for nominal in missing:
        scaled = _scaled(original, nominal)
        for encoding in SOURCE_FORMATS:
            if spec_of(nominal, encoding) not in existing:
                yield _encode(scaled, nominal, encoding)
    if not has_fallback:
        yield _encode_fallback(original, min(FALLBACK_WIDTH, widths[-1]))


def _scaled(original: Image.Image, width: int) -> Image.Image:
    if width >= original.width:
        return original
    height = max(1, round(original.height * width / original.width))
    return original.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(image: Image.Image, nominal: int, encoding: str) -> Encoded:
    output = BytesIO()
    image.save(output, encoding.upper(), **ENCODERS[encoding])
    return Encoded(spec_of(nominal, encoding), encoding, *image.size, output.getvalue())


def _encode_fallback(original: Image.Image, width: int) -> Encoded:
    """PNG where it is needed (transparency) or smaller (drawings), else JPEG."""
    scaled = _scaled(original, width)
    if original.has_transparency_data:
        return _encode(scaled, FALLBACK_WIDTH, "png")
    as_jpeg = _encode(scaled, FALLBACK_WIDTH, "jpeg")
    if original.getcolors(MAX_DRAWING_COLORS) is None:
        return as_jpeg
    as_png = _encode(scaled, FALLBACK_WIDTH, "png")
    return min(as_png, as_jpeg, key=lambda encoded: len(encoded.content))


def _store(image: PortalImage, encoded: Iterable[Encoded]) -> None:
    stem = PurePath(image.file.name).stem
    with transaction.atomic():
        for one in encoded:
            extension = "jpg" if one.encoding == "jpeg" else one.encoding
            name = f"{stem}.{one.width}.{extension}"
            PortalRendition.objects.get_or_create(
                image=image,
                filter_spec=one.spec,
                focal_point_key="",
                defaults={"file": ContentFile(one.content, name=name)},
            )
        renditions_made.send(sender=PortalImage, instance=image)


def make_renditions_of(image_id: int) -> None:
    """As :func:`make_renditions`, for a picture that may be gone again by now."""
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is None:
        return
    try:
        make_renditions(image)
    except OSError:
        # The upload itself stands; `make_renditions` (the command) can be run again.
        logger.exception("No renditions of image %s", image_id)
