"""A PostgreSQL of one test session: made in a temporary folder, gone with it.

Nothing but Debian's programs is needed: no service, no user, no password.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

# What a test that is lost after a crash needs not have; as fast as it gets.
_SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_USER = "xiangfatong"


def find_programs() -> Path:
    """The folder of PostgreSQL's programs; absent, a skip, and with CI=true a failure."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(candidates[-1]) if candidates else shutil.which("initdb")
    if found is None:
        reason = "no program `initdb` (apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(found).resolve().parent


@contextmanager
def running_cluster() -> Iterator[Mapping[str, str]]:
    """A server on a socket of its own; yields the variables that name it."""
    programs = find_programs()
    # A short path: that of a socket has at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    owner = _unprivileged()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(name: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603  (Debian's own programs)
            [programs / name, "--pgdata", folder / "data", *arguments],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            timeout=120,
        )

    settings = (*_SPEED, "listen_addresses=''", f"unix_socket_directories={folder}")
    try:
        run("initdb", "--username", _USER, "--auth=trust", "--no-sync", *_LOCALE)
        options = " ".join(f"-c {setting}" for setting in settings)
        run("pg_ctl", "start", "--wait", "--log", str(folder / "log"), "-o", options)
        try:
            yield {
                "POSTGRES_DB": "xiangfatong",
                "POSTGRES_USER": _USER,
                "POSTGRES_PASSWORD": "",
                "POSTGRES_HOST": str(folder),
                "POSTGRES_PORT": "",
            }
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")


def _unprivileged() -> pwd.struct_passwd | None:
    """Who runs the server where the tests run as root, whom PostgreSQL refuses."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
