"""A migrated database, made once and copied: on SQLite for every run.

Migrating from nothing takes about 20 seconds, and a test that really commits
(``transaction=True``) empties every table, the rows that migrations made included:
both are mended by a copy of a template.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

TEMPLATES = Path(settings.VAR_DIR) / "test"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def take_template(folder: Path) -> Path:
    """A migrated database in ``folder``, out of reach of the runs beside this one."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    template = TEMPLATES / f"{_fingerprint()}.sqlite3"
    with _lock(TEMPLATES / "lock"):
        if not template.exists():
            for outdated in TEMPLATES.glob("*.sqlite3*"):
                outdated.unlink()
            _migrate_into(template)
        return Path(shutil.copy(template, folder / "template.sqlite3"))


def take_postgres_template() -> str:
    """The name of the test database as it was migrated, under another name."""
    name = str(connection.settings_dict["NAME"])
    _copy_database(name, f"{name}_template")
    return f"{name}_template"


def use_copy(template: Path | str) -> None:
    """Connect Django's default database to a fresh copy of ``template``."""
    if isinstance(template, str):
        _copy_database(template, str(connection.settings_dict["NAME"]))
    else:
        _use_file(template)


def unseal_audit_log() -> None:
    """Take the triggers away that refuse to empty it; a copy brings them back."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_kept")
        else:
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")


def _copy_database(source: str, target: str) -> None:
    """On PostgreSQL; nobody may be connected to either."""
    quote = connection.ops.quote_name
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's own, for this
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(target)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")


def _use_file(template: Path) -> None:
    """A copy of the file, and the connection to it.

    Every copy has a name of its own: a thread of the last test may still hold the old
    file open, and a file that is replaced under it breaks both.
    """
    connection.close()
    old = Path(str(settings.DATABASES["default"]["NAME"]))
    copy = template.with_name(f"{uuid4().hex}.sqlite3")
    shutil.copyfile(template, copy)
    settings.DATABASES["default"]["NAME"] = str(copy)
    connection.settings_dict["NAME"] = str(copy)
    if old.parent == copy.parent:
        for part in ("", "-wal", "-shm"):
            old.with_name(old.name + part).unlink(missing_ok=True)


def _migrate_into(template: Path) -> None:
    unfinished = template.with_name(template.name + ".unfinished")
    connection.settings_dict["TEST"]["NAME"] = str(unfinished)
    setup_databases(verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        # Everything into the one file that is copied.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    unfinished.rename(template)


def _fingerprint() -> str:
    """Changes with everything that a migration from nothing depends on."""
    digest = hashlib.sha256()
    for file in _migration_files():
        digest.update(file.read_bytes())
    digest.update(Path(settings.BASE_DIR, "requirements.txt").read_bytes())
    # modeltranslation makes a column of each.
    digest.update(repr(settings.LANGUAGES).encode())
    digest.update(repr(settings.INSTALLED_APPS).encode())
    return digest.hexdigest()[:16]


def _migration_files() -> Iterator[Path]:
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if find_spec(f"{config.name}.migrations") is not None:
            yield from sorted(Path(config.path, "migrations").rglob("*.py"))


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Processes of one run, and runs side by side, take turns."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
