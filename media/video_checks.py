"""Videos and their captions: what every phone can play, and nothing else under that name.

A video is kept byte for byte, so only its frame is read: the boxes of an MP4, the header
of a WebM. What a browser would not play is refused with the way to mend it, because the
person who uploads sees it play on their own machine and villagers would not.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTION_TYPES = {"vtt": "text/vtt"}

# Boxes of an MP4 in which the description of a track lies.
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_BOX_TYPE = re.compile(rb"^[\x20-\x7e\xa9]{4}$")
_PLAYABLE = frozenset({b"avc1", b"avc3", b"av01", b"vp09"})
_QUICKTIME = b"qt  "
_EBML = b"\x1a\x45\xdf\xa3"
_WEBM_DOCTYPE = b"\x42\x82\x84webm"
_WEBM_CODECS = (b"V_VP8", b"V_VP9", b"V_AV1")
# The header of a WebM and its list of tracks stand before the first picture.
_WEBM_HEAD = 64 * 1024
_WEBVTT = re.compile(r"\AWEBVTT(?:[ \t][^\n]*)?(?:\n|\Z)")
_CUE = re.compile(
    r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}"
)


def check_video(extension: str, content: bytes) -> None:
    """Raise ``ValidationError`` unless phones play this MP4 or WebM."""
    if extension == "mp4":
        _check_mp4(content)
    else:
        _check_webm(content)


def check_captions(content: bytes) -> None:
    """Raise ``ValidationError`` unless the file is captions in WebVTT."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("字幕文件不是 UTF-8 编码，请用记事本另存为 UTF-8 编码再上传。"),
            code="content_mismatch",
        ) from error
    if "\0" in text or not _WEBVTT.match(text) or not _CUE.search(text):
        raise ValidationError(
            _("这不是可用的字幕。字幕文件第一行是 WEBVTT，下面每段写明起止时间。"),
            code="content_mismatch",
        )


def _check_mp4(content: bytes) -> None:
    boxes = dict.fromkeys(kind for kind, _body in _boxes(content))
    if next(iter(boxes), None) != b"ftyp" or content[8:12] == _QUICKTIME:
        raise _not_a_video("MP4")
    if b"moov" not in boxes or b"mdat" not in boxes:
        raise _not_a_video("MP4")
    coded = set(_sample_entries(content))
    if not coded & _PLAYABLE:
        raise ValidationError(
            _(
                "很多手机放不出这个视频。请用剪辑软件另存为 MP4 格式，视频编码选 H.264，再上传。"
            ),
            code="unplayable",
        )


def _check_webm(content: bytes) -> None:
    head = content[:_WEBM_HEAD]
    if not head.startswith(_EBML) or _WEBM_DOCTYPE not in head[:64]:
        raise _not_a_video("WebM")
    if not any(codec in head for codec in _WEBM_CODECS):
        raise _not_a_video("WebM")


def _not_a_video(name: str) -> ValidationError:
    return ValidationError(
        _(
            "文件内容不是完整的 %(format)s 视频，请用剪辑软件重新导出 MP4（H.264）再上传。"
        )
        % {"format": name},
        code="content_mismatch",
    )


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that follow each other; one that reaches beyond the end is none."""
    position = 0
    while position + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, position)
        header = 8
        if size == 1 and position + 16 <= len(content):
            size = struct.unpack_from(">Q", content, position + 8)[0]
            header = 16
        elif size == 0:
            size = len(content) - position
        end = position + size
        if size < header or end > len(content) or not _BOX_TYPE.match(kind):
            raise _not_a_video("MP4")
        yield kind, content[position + header : end]
        position = end


def _sample_entries(content: bytes) -> Iterator[bytes]:
    """How the tracks are coded, as ``stsd`` names it (``avc1``, ``hvc1``, ``mp4a``)."""
    for kind, body in _boxes(content):
        if kind in _CONTAINERS:
            yield from _sample_entries(body)
        elif kind == b"stsd":
            yield from (entry for entry, _body in _boxes(body[8:]))
