"""One writer of a site at a time, across processes and threads."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from publishing.sites.errors import SiteBusyError


@contextmanager
def hold(file: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock ``file``; the system lets go of it when the process dies.

    It is made where it is not there; a folder can be a lock too. Raises ``SiteBusyError`` where another holds it and ``wait`` is false.
    """
    flags = os.O_RDONLY if file.is_dir() else os.O_RDWR | os.O_CREAT
    handle = os.open(file, flags, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            message = _("另一个程序正在更新这个网站，请稍后再试。")
            raise SiteBusyError(message) from error
        yield
    finally:
        os.close(handle)
