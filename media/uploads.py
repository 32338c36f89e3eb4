"""Uploaded pictures are decoded, checked and encoded anew; nothing else of them stays.

What a camera or a chat program adds (position, serial number, comments, thumbnails) and
what an attacker hides behind a picture never reaches the disk.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from media.names import stored_name

if TYPE_CHECKING:
    BytesFile = ContentFile[bytes]
else:  # generic in the stubs only
    BytesFile = ContentFile

# Real format → the format and extension in which we keep it. Of a moving GIF the first
# frame stays: motion that a reader cannot stop fails WCAG 2.2.2, and stopping it would
# take a script.
KEPT_AS = {
    "JPEG": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "GIF": ("PNG", "png"),
    "WEBP": ("WEBP", "webp"),
}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    # Once only, and renditions are made from it: better than what the public gets.
    "JPEG": {"quality": 92, "subsampling": 0, "optimize": True},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 92, "method": 4},
}
# WebP ends at 16,383 pixels; a longer strip of text cannot be read on a phone anyway.
MAX_SIDE = 16_000


class CleanImageFile(BytesFile):
    """A picture that went through :func:`clean_image`; it is not encoded twice."""


def clean_image(file: Any, name: str = "") -> CleanImageFile:
    """The picture re-encoded, upright, in sRGB, without metadata, under a safe name.

    ``name`` is needed where the file has none. Raises ``ValidationError`` with a sentence for the person who uploads.
    """
    if isinstance(file, CleanImageFile):
        return file
    content = _read(file)
    image, real_format = _decode(content)
    kept_format, extension = KEPT_AS[real_format]
    output = BytesIO()
    _normalize(image, opaque=kept_format == "JPEG").save(
        output, kept_format, **SAVE_OPTIONS[kept_format]
    )
    data = output.getvalue()
    wanted = name or getattr(file, "name", None) or "image"
    return CleanImageFile(data, name=stored_name(wanted, data, extension))


def _read(file: Any) -> bytes:
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    file.seek(0)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("图片不能大于 %(limit)s，请先缩小再上传。")
            % {"limit": filesizeformat(limit)},
            code="file_too_large",
        )
    return content


def _decode(content: bytes) -> tuple[Image.Image, str]:
    try:
        with warnings.catch_warnings():
            # Pillow only warns between one and two times its own limit.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=tuple(KEPT_AS))
            _check_dimensions(image)
            image.load()
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("这不是可用的图片。请上传 JPG、PNG、GIF 或者 WebP 格式的图片。"),
            code="invalid_image",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        # Pillow reports broken data with any of these.
        raise ValidationError(
            _("图片文件不完整或者已经损坏，请换一个文件。"), code="broken_image"
        ) from error
    return image, str(image.format)


def _check_dimensions(image: Image.Image) -> None:
    """Judge the size that the header claims, before a pixel is decoded."""
    width, height = image.size
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if max(width, height) > MAX_SIDE:
        raise ValidationError(
            _("图片的长边不能超过 %(limit)d 像素，请把长图切成几张。")
            % {"limit": MAX_SIDE},
            code="image_too_long",
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("图片的像素太多，最多 %(limit)d 万像素，请先缩小再上传。")
        % {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10_000},
        code="file_too_many_pixels",
    )


def _normalize(image: Image.Image, *, opaque: bool) -> Image.Image:
    """A new picture with pixels only: upright, sRGB, 8 bits."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    has_alpha = not opaque and upright.has_transparency_data
    pixels = _to_srgb(upright, profile, "RGBA" if has_alpha else "RGB")
    # Pillow's encoders write what they find in `info`.
    pixels.info = {}
    return pixels


def _to_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow clips 16-bit grey to white instead of scaling it.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if image.mode == "RGBA" else "RGB",
            )
        except ImageCms.PyCMSError:
            # A broken profile is ignored, as browsers do.
            converted = None
        if converted is not None:
            return converted.convert(mode)
    return image.convert(mode)
