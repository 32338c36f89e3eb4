from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from media.uploads import MAX_SIDE, clean_image
from tests.media import samples


def cleaned(content: bytes, name: str = "a.jpg") -> Image.Image:
    return Image.open(BytesIO(clean_image(ContentFile(content, name=name)).read()))


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        clean_image(ContentFile(content, name="a.jpg"))
    return caught.value.code


def test_phone_photo_loses_position_author_and_comment() -> None:
    original = samples.phone_photo()
    assert Image.open(BytesIO(original)).getexif().get_ifd(samples.GPS)

    file = clean_image(ContentFile(original, name="a.jpg"))

    content = file.read()
    image = Image.open(BytesIO(content))
    assert not image.getexif()
    assert "exif" not in image.info and "comment" not in image.info
    assert b"secret" not in content and "王某某".encode() not in content


def test_photo_lying_on_its_side_is_turned_upright() -> None:
    image = cleaned(samples.phone_photo()).convert("RGB")

    assert image.size == (20, 40)
    # Orientation 6: what was left is now on top.
    red, _green, blue = image.getpixel((10, 5))
    assert red > 200 and blue < 60
    red, _green, blue = image.getpixel((10, 35))
    assert blue > 200 and red < 60


def test_color_profile_is_applied_and_dropped() -> None:
    image = cleaned(samples.picture_with_profile(), "a.png")

    assert "icc_profile" not in image.info
    assert image.getpixel((5, 5)) == (0, 128, 0)


@pytest.mark.parametrize(
    ("mode", "color", "expected"),
    [
        ("I;16", 40000, (156, 156, 156)),
        ("L", 100, (100, 100, 100)),
        ("1", 1, (255, 255, 255)),
        ("RGBA", (10, 20, 30, 128), (10, 20, 30, 128)),
    ],
)
def test_every_kind_of_pixel_keeps_its_color(
    mode: str, color: object, expected: tuple[int, ...]
) -> None:
    content = samples.encode(Image.new(mode, (8, 8), color), "PNG")

    assert cleaned(content, "a.png").getpixel((1, 1)) == expected


def test_print_colors_become_screen_colors() -> None:
    content = samples.encode(Image.new("CMYK", (8, 8), (0, 0, 0, 0)), "JPEG")

    assert cleaned(content).mode == "RGB"


def test_moving_gif_keeps_its_first_frame() -> None:
    image = cleaned(samples.moving_gif(), "a.gif")

    assert (image.format, getattr(image, "n_frames", 1)) == ("PNG", 1)
    assert image.convert("RGB").getpixel((1, 1)) == (255, 0, 0)


def test_extension_follows_the_real_format() -> None:
    """Chat programs save WebP as .jpg; people could not upload their own pictures."""
    content = samples.encode(samples.gradient(10, 10), "WEBP")

    assert clean_image(ContentFile(content, name="微信图片.jpg")).name.endswith(".webp")


def test_name_becomes_pinyin_and_hash() -> None:
    first = clean_image(ContentFile(samples.photo(10, 10), name="田埂 纠纷(1).JPG"))
    other = clean_image(ContentFile(samples.photo(12, 10), name="田埂 纠纷(1).JPG"))

    assert first.name.startswith("tian-geng-jiu-fen-1-")
    assert first.name.isascii()
    assert first.name != other.name


def test_clean_file_is_not_encoded_again() -> None:
    file = clean_image(ContentFile(samples.photo(), name="a.jpg"))

    assert clean_image(file) is file


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"MZ" + b"\0" * 200,
        b"",
        samples.encode(Image.new("RGB", (5, 5)), "BMP"),
        samples.encode(Image.new("RGB", (5, 5)), "TIFF"),
    ],
    ids=["svg", "html", "program", "empty", "bmp", "tiff"],
)
def test_wrong_type_is_refused_whatever_its_name(content: bytes) -> None:
    assert refusal(content) == "invalid_image"


@pytest.mark.parametrize(
    ("width", "height"), [(60_000, 60_000), (10_000, 10_000), (9_000, 6_000)]
)
def test_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    assert refusal(samples.huge_png(width, height)) == "file_too_many_pixels"


def test_very_long_strip_is_refused() -> None:
    assert refusal(samples.huge_png(10, MAX_SIDE + 1)) == "image_too_long"


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_truncated_photo_is_refused(share: float) -> None:
    content = samples.photo(200, 200)

    assert refusal(content[: int(len(content) * share)]) == "broken_image"


def test_photo_over_the_size_limit_is_refused(settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500

    assert refusal(samples.photo(100, 100)) == "file_too_large"


def test_refusal_is_a_chinese_sentence() -> None:
    with pytest.raises(ValidationError, match="请上传 JPG、PNG、GIF 或者 WebP"):
        clean_image(ContentFile(b"no picture", name="a.jpg"))
