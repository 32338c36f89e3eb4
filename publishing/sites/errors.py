"""What can keep a site from being changed; each message is for an operator."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _


class SiteError(Exception):
    """The site stays as it was; the message says why."""


class SiteBusyError(SiteError):
    """Another process is writing this site."""


class SiteStaleError(SiteError):
    """The record does not describe what is live: a full build is needed first."""


class UnknownReleaseError(SiteError):
    """There is no such release."""


class DiskFullError(SiteError):
    """No space left; what was begun is completed or undone by the next run."""


@contextmanager
def telling_full_disk() -> Iterator[None]:
    """A full disk becomes one clear error, whichever write it stopped."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _disk_full() from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        raise _disk_full() from error


def _disk_full() -> DiskFullError:
    return DiskFullError(_("磁盘已满，网站没有更新。腾出空间后会自动补上。"))
