"""ZIP files: neither a bomb nor a hiding place."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from media.names import extension_of

MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
# Plain text packs to about a tenth, a sheet full of zeros to a fiftieth.
MAX_RATIO = 200
# Ratios of small files say nothing.
MIN_BYTES_FOR_RATIO = 1024 * 1024
ENCRYPTED_FLAG = 0x1


class ArchiveProblem(Exception):
    """What is wrong with an archive, as a sentence for the person who uploads."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@contextmanager
def open_archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, after its directory was found sane."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_directory(archive.infolist(), len(content))
            yield archive
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,  # an unknown packing method
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise ArchiveProblem(
            _("压缩内容不完整或者已经损坏，请重新打包或者另存后再上传。")
        ) from error


def check_zip(content: bytes, check_member: Callable[[str, bytes], bool]) -> None:
    """Raise ``ArchiveProblem`` unless every file inside passes ``check_member``.

    ``check_member`` gets extension and content, and answers whether the type is allowed.
    """
    if not content.startswith(b"PK"):
        raise ArchiveProblem(_("文件内容不是 ZIP 格式，请重新打包再上传。"))
    with open_archive(content) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if not check_member(extension_of(info.filename), archive.read(info)):
                raise ArchiveProblem(
                    _("压缩包里的“%(name)s”不是可以上传的文件类型。")
                    % {"name": PurePosixPath(_display_name(info)).name}
                )


def _check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    is_bomb = (
        len(members) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED_BYTES
        or packed > size  # members that overlap
        or (unpacked > MIN_BYTES_FOR_RATIO and unpacked > MAX_RATIO * max(packed, 1))
    )
    if is_bomb:
        raise ArchiveProblem(_("解压后的内容太大或者文件太多，不能上传。"))
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise ArchiveProblem(_("文件设了打开密码，群众打不开。请取消密码再上传。"))
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise ArchiveProblem(_("压缩包里有不正常的路径，请重新打包再上传。"))


def _display_name(info: zipfile.ZipInfo) -> str:
    """Windows packs Chinese names as GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename
