"""Uploaded documents: the content must be what the extension says, and harmless.

Documents cannot be encoded anew like pictures, so the content is compared with the
extension, and what runs when opened (macros, programs) is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.archive_checks import ArchiveProblem, check_zip, open_archive
from media.names import extension_of, stored_name
from media.uploads import BytesFile, clean_image
from media.video_checks import (
    CAPTION_TYPES,
    VIDEO_TYPES,
    check_captions,
    check_video,
)

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC = b"PK\x03\x04"
# Names of streams in an OLE file, as its directory stores them.
OLE_MAIN_STREAMS = {
    "doc": ("WordDocument",),
    "wps": ("WordDocument", "WpsDocument"),
    "xls": ("Workbook", "Book"),
    "ppt": ("PowerPoint Document",),
}
OLE_MACRO_STREAMS = ("_VBA_PROJECT", "Macros", "VBA")
OLE_ENCRYPTED_STREAM = "EncryptedPackage"
PACKAGE_MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "ofd": "OFD.xml",
}
# A text that a browser or a shell would run.
ACTIVE_TEXT_MARKS = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<?php")
IMAGE_EXTENSIONS = frozenset({"gif", "jpeg", "jpg", "png", "webp"})


class CleanDocumentFile(BytesFile):
    """A document that went through :func:`clean_document`."""


def clean_document(file: Any, name: str = "") -> CleanDocumentFile:
    """The same bytes under a safe name.

    Raises ``ValidationError`` with a sentence for the person who uploads.
    """
    if isinstance(file, CleanDocumentFile):
        return file
    wanted = name or getattr(file, "name", None) or ""
    extension = extension_of(wanted)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("不能上传这种文件。可以上传的有：%(extensions)s。")
            % {"extensions": "、".join(settings.WAGTAILDOCS_EXTENSIONS)},
            code="invalid_extension",
        )
    content = _read(file, extension)
    check_content(extension, content)
    return CleanDocumentFile(content, name=stored_name(wanted, content, extension))


def check_content(extension: str, content: bytes) -> None:
    """Raise ``ValidationError`` unless the content is a harmless file of this type."""
    if extension == "zip":
        with _archive_problems_shown():
            check_zip(content, _check_member)
    elif extension in PACKAGE_MAIN_PARTS:
        _check_package(extension, content)
    elif extension in OLE_MAIN_STREAMS:
        _check_ole(extension, content)
    elif extension == "pdf":
        _require(b"%PDF-" in content[:1024], extension)
    elif extension in VIDEO_TYPES:
        check_video(extension, content)
    elif extension in CAPTION_TYPES:
        check_captions(content)
    else:
        _check_text(extension, content)


def _read(file: Any, extension: str) -> bytes:
    limit = (
        settings.VIDEO_MAX_UPLOAD_SIZE
        if extension in VIDEO_TYPES
        else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    )
    file.seek(0)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(
            _("文件不能大于 %(limit)s，请压缩或者拆分后再上传。")
            % {"limit": filesizeformat(limit)},
            code="file_too_large",
        )
    if not content:
        raise ValidationError(_("文件是空的，请换一个文件。"), code="empty_file")
    return content


def _require(condition: bool, extension: str) -> None:
    if not condition:
        raise ValidationError(
            _("文件内容不是 %(extension)s 格式，请用办公软件打开后另存为该格式再上传。")
            % {"extension": extension.upper()},
            code="content_mismatch",
        )


def _refuse_macros() -> ValidationError:
    return ValidationError(
        _("文件里有宏，打开时会运行程序。请另存为不带宏的文件再上传。"),
        code="macros",
    )


@contextmanager
def _archive_problems_shown() -> Iterator[None]:
    try:
        yield
    except ArchiveProblem as error:
        raise ValidationError(error.sentence, code="bad_archive") from error


def _check_member(extension: str, content: bytes) -> bool:
    """Whether a file inside a ZIP may be there; its content is checked as if alone."""
    if extension in IMAGE_EXTENSIONS:
        clean_image(BytesIO(content), f"member.{extension}")
        return True
    if extension == "zip" or extension not in settings.WAGTAILDOCS_EXTENSIONS:
        return False
    check_content(extension, content)
    return True


def _check_package(extension: str, content: bytes) -> None:
    """Office Open XML and OFD: ZIP files with a main part at a fixed place."""
    if content.startswith(OLE_MAGIC):
        if _has_stream(content, OLE_ENCRYPTED_STREAM):
            raise ValidationError(
                _("文件设了打开密码，群众打不开。请取消密码再上传。"),
                code="encrypted",
            )
        _require(False, extension)
    _require(content.startswith(ZIP_MAGIC), extension)
    types = b""
    with _archive_problems_shown(), open_archive(content) as archive:
        parts = {name.lower(): name for name in archive.namelist()}
        if "[content_types].xml" in parts:
            types = archive.read(parts["[content_types].xml"])
    _require(PACKAGE_MAIN_PARTS[extension].lower() in parts, extension)
    if any(name.endswith("vbaproject.bin") for name in parts):
        raise _refuse_macros()
    if b"macroenabled" in types.lower():
        raise _refuse_macros()


def _check_ole(extension: str, content: bytes) -> None:
    _require(content.startswith(OLE_MAGIC), extension)
    streams = OLE_MAIN_STREAMS[extension]
    _require(any(_has_stream(content, name) for name in streams), extension)
    if any(_has_stream(content, name) for name in OLE_MACRO_STREAMS):
        raise _refuse_macros()


def _has_stream(content: bytes, name: str) -> bool:
    """Whether an OLE directory entry has this name.

    An entry is 128 bytes on a 128-byte boundary: the name in UTF-16 (64 bytes), its
    length in bytes with the closing zero, then the type (1 storage, 2 stream).
    """
    encoded = name.encode("utf-16-le") + b"\0\0"
    position = content.find(encoded)
    while position >= 0:
        length = int.from_bytes(content[position + 64 : position + 66], "little")
        kind = content[position + 66 : position + 67]
        if position % 128 == 0 and length == len(encoded) and kind in (b"\1", b"\2"):
            return True
        position = content.find(encoded, position + 1)
    return False


def _check_text(extension: str, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            text = "\0"
    _require("\0" not in text, extension)
    head = content[:4096].lower()
    _require(not any(mark in head for mark in ACTIVE_TEXT_MARKS), extension)
    _require(not content.startswith((b"#!", b"%PDF-", b"{\\rtf")), extension)
