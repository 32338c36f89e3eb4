"""From the bytes of a file to text: which encoding, and what is no text at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
EXTENSIONS = ("txt", "html", "htm")

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word、WPS、ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word、WPS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What a Chinese text is made of; a wrong encoding gives something else.
_PLAUSIBLE = re.compile(
    r"[\t\n\r\x0b\x0c\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u27bf\u3000-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\ufeff\U00020000-\U0003ffff]"
)
_LEAST_PLAUSIBLE = 0.9
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)


class ImportRefusedError(Exception):
    """The file cannot be imported; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    text: str
    encoding: str


def decode(content: bytes, name: str) -> DecodedText:
    """Raises ``ImportRefusedError`` where the file is no text that we can read."""
    _check_bytes(content, name)
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "utf-8" and not _is_plausible(text):
            break  # what is valid UTF-8 would only be misread in another encoding
        if _is_plausible(text):
            if not text.strip("\ufeff \t\r\n\u3000\u00a0"):
                raise ImportRefusedError(_("文件是空的，没有文字。"))
            return DecodedText(text.removeprefix("\ufeff"), encoding)
    raise ImportRefusedError(
        _("看不懂文件的编码。请用记事本打开，另存为 UTF-8 编码的文本文件再导入。")
    )


def remove_controls(text: str) -> tuple[str, int]:
    """``text`` without invisible characters, and how many there were."""
    return _CONTROLS.subn("", text)


def _check_bytes(content: bytes, name: str) -> None:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension not in EXTENSIONS:
        raise ImportRefusedError(
            _("只能导入 .txt、.html 和 .htm 文件；Word 文件请先另存为网页或者纯文本。")
        )
    if not content:
        raise ImportRefusedError(_("文件是空的，没有文字。"))
    if len(content) > MAX_BYTES:
        raise ImportRefusedError(
            _("文件不能大于 %(limit)s。") % {"limit": filesizeformat(MAX_BYTES)}
        )
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise ImportRefusedError(
                _(
                    "这是 %(kind)s 格式的文件，请先另存为网页（.html）或者纯文本（.txt）。"
                )
                % {"kind": kind}
            )


def _candidates(content: bytes) -> list[str]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return [encoding]
    if b"\0" in content[:4096]:
        return ["utf-16-le", "utf-16-be"]
    # What a page declares is not asked: a page that says GBK and was saved as UTF-8 is
    # common, and a Chinese text in GB18030 is hardly ever valid UTF-8.
    return ["utf-8", "gb18030"]


def _is_plausible(text: str) -> bool:
    if "\0" in text:
        return False
    found = sum(1 for _match in _PLAUSIBLE.finditer(text))
    return found >= _LEAST_PLAUSIBLE * len(text)
