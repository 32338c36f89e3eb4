"""The file of a portal, read and held against its checksums."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from home.portals.transfer import writing
from home.portals.transfer.tables import carried_models, columns

MODEL = type[Model]
Rows = list[dict[str, Any]]
# The largest single file of an archive that is unpacked into memory.
LARGEST = 2 * 1024**3


class TransferError(Exception):
    """The file is not what it says, or cannot be taken in here."""


class Archive:
    """The file, every part of which has been held against its checksum."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            manifest = json.loads(self._zip.read(writing.MANIFEST))
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise TransferError(_("这不是导出的门户文件：%s") % path) from error
        if manifest.get("format") != writing.FORMAT:
            raise TransferError(_("这不是导出的门户文件：%s") % path)
        if manifest.get("version") != writing.VERSION:
            raise TransferError(_("文件的版本不对，请用同一版本的系统导入。"))
        self.manifest = manifest
        self._check()

    def close(self) -> None:
        self._zip.close()

    def _check(self) -> None:
        sums = self.manifest["sha256"]
        names = {info.filename for info in self._zip.infolist()} - {writing.MANIFEST}
        if names != set(sums):
            odd = sorted(names ^ set(sums))[0]
            raise TransferError(_("文件里多了或者少了：%s") % odd)
        for info in self._zip.infolist():
            if info.filename == writing.MANIFEST:
                continue
            if info.file_size > LARGEST or ".." in PurePosixPath(info.filename).parts:
                raise TransferError(_("文件里的这一部分不对：%s") % info.filename)
            try:
                body = self._zip.read(info)
            except (zipfile.BadZipFile, zlib.error) as error:
                raise TransferError(_("文件损坏了：%s") % info.filename) from error
            if hashlib.sha256(body).hexdigest() != sums[info.filename]:
                raise TransferError(_("文件损坏了：%s") % info.filename)

    def json(self, name: str) -> Any:
        return json.loads(self._zip.read(name))

    def tables(self) -> Iterator[tuple[MODEL, Rows]]:
        for label in self.manifest["counts"]:
            try:
                model = apps.get_model(label)
            except LookupError as error:
                raise TransferError(_("这里没有“%s”这种内容。") % label) from error
            if model not in carried_models():
                raise TransferError(_("文件里不该有“%s”。") % label)
            rows = self.json(f"tables/{label}.json")
            known = {column.name for column in columns(model)}
            if rows and set(rows[0]) != known:
                odd = "、".join(sorted(set(rows[0]) ^ known))
                raise TransferError(
                    _(
                        "“%(label)s”的字段和这里不一样：%(odd)s。请用同一版本的系统导入。"
                    )
                    % {"label": label, "odd": odd}
                )
            yield model, rows

    def file(self, name: str) -> bytes | None:
        try:
            return self._zip.read(f"files/{name}")
        except KeyError:
            return None
