"""Bytes of small files, good and bad, made on the spot."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B


def encode(image: Image.Image, encoding: str, **options: Any) -> bytes:
    output = BytesIO()
    image.save(output, encoding, **options)
    return output.getvalue()


def gradient(width: int, height: int) -> Image.Image:
    """Not one color: a photo's fallback is a JPEG, and mirrored pixels differ."""
    noise = Image.effect_noise((width, height), 60)
    slope = Image.linear_gradient("L").resize((width, height))
    return Image.merge(
        "RGB", (noise, slope, noise.transpose(Image.Transpose.ROTATE_180))
    )


def photo(width: int = 40, height: int = 30) -> bytes:
    return encode(gradient(width, height), "JPEG")


def phone_photo() -> bytes:
    """40×20, left half red; lying on its side (orientation 6), with a position."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[ARTIST] = "王某某"
    exif.get_ifd(GPS).update(
        {1: "N", 2: (25.0, 6.0, 30.0), 3: "E", 4: (102.0, 42.0, 0.0)}
    )
    return encode(image, "JPEG", exif=exif, comment=b"secret comment", quality=95)


def picture_with_profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encode(Image.new("RGB", (20, 20), "green"), "PNG", icc_profile=profile)


def moving_gif() -> bytes:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    return encode(frames[0], "GIF", save_all=True, append_images=frames[1:])


def huge_png(width: int, height: int) -> bytes:
    """A few bytes whose header claims an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def archive(members: dict[str, bytes], **options: Any) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return output.getvalue()


def office_package(main_part: str, **extra: bytes) -> bytes:
    types = extra.pop("types", b"<Types/>")
    return archive({"[Content_Types].xml": types, main_part: b"<document/>", **extra})


def docx(**extra: bytes) -> bytes:
    return office_package("word/document.xml", **extra)


def ole(*streams: str) -> bytes:
    """As much of an OLE file as tells its type: magic and directory entries."""
    entries = b""
    for name in ("Root Entry", *streams):
        encoded = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if name == "Root Entry" else 2
        entry = encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind)
        entries += entry.ljust(128, b"\0")
    return OLE_MAGIC.ljust(512, b"\0") + entries


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def box(kind: str, *parts: bytes) -> bytes:
    """A box of an MP4."""
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind.encode() + body


def mp4(coding: str = "avc1", brand: bytes = b"isom", *, media: bytes = b"") -> bytes:
    """As much of an MP4 as tells how it is coded; it plays nothing."""
    entry = box(coding, b"\0" * 78)
    table = box("stsd", b"\0\0\0\0\0\0\0\1", entry)
    track = box("trak", box("mdia", box("minf", box("stbl", table))))
    return (
        box("ftyp", brand, b"\0\0\2\0", b"isomavc1mp41")
        + box("moov", box("mvhd", b"\0" * 100), track)
        + box("mdat", media or b"\0" * 64)
    )


def webm(codec: bytes = b"V_VP8", doctype: bytes = b"webm") -> bytes:
    """As much of a WebM as tells its type."""
    head = b"\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    ebml = b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(head)]) + head
    track = b"\x86" + bytes([0x80 | len(codec)]) + codec
    return ebml + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + track


def captions() -> bytes:
    return "WEBVTT\n\n00:00.000 --> 00:04.000\n先投诉，再仲裁。\n".encode()
