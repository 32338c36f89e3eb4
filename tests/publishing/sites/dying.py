"""Child processes that die, or whose disk is full, at one step after the other.

Python tells an audit hook of every step that changes a file system (opening for
writing, renaming, linking, removing, making folders). A hook cannot be taken away
again, so each attempt runs in a child of its own.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Literal

from publishing.sites.errors import DiskFullError
from publishing.sites.site import Site

STEPS = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.symlink")
WRITING = os.O_WRONLY | os.O_RDWR

HAD_NO_SUCH_STEP, FAILED, TOLD_FULL, GOT_THROUGH = range(4)  # exit codes

Fate = Literal["killed", "disk full"]


def attempts(
    begin: Callable[[], Site],
    work: Callable[[Site], object],
    fate: Fate,
    stride: int = 1,
) -> Iterator[tuple[int, Site]]:
    """A child works on a site and meets its fate at step 0, 1, 2 … of its work.

    Yields the step, and the site as it was left; ends when a child had no such step.
    """
    for step in count(0, stride):
        site = begin()
        site.close()
        code = _ended(lambda site=site: work(site), site.folder, fate, step)
        if code == HAD_NO_SUCH_STEP:
            break
        expected = {-signal.SIGKILL} if fate == "killed" else {TOLD_FULL, GOT_THROUGH}
        assert code in expected, f"step {step}: the child ended with {code}"
        yield step, site
        site.close()
    assert step > 0


def _ended(work: Callable[[], object], folder: Path, fate: Fate, step: int) -> int:
    """The exit code of the child; below zero: the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            hook = Hook(str(folder), fate, step)
            sys.addaudithook(hook)
            work()
            # A step whose failure changes nothing, as making a folder that exists.
            code = GOT_THROUGH if hook.seen > step else HAD_NO_SUCH_STEP
        except DiskFullError:
            code = TOLD_FULL
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


class Hook:
    """Counts steps and brings the fate at the one that is named."""

    def __init__(self, folder: str, fate: Fate, step: int) -> None:
        self.seen = 0
        self._folder = folder
        self._fate = fate
        self._step = step

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not _is_step(event, arguments, self._folder):
            return
        self.seen += 1
        if self.seen != self._step + 1:
            return
        if self._fate == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, "No space left on device")


def _is_step(event: str, arguments: tuple[Any, ...], folder: str) -> bool:
    if event == "open":
        path, _mode, flags = arguments
        is_writing = isinstance(flags, int) and bool(flags & WRITING)
        return is_writing and str(path).startswith(folder)
    if event not in STEPS:
        return False
    return any(str(argument).startswith(folder) for argument in arguments)
