"""The settings read what docs/settings.md says, and production insists on it."""

from __future__ import annotations

import ast
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENT = ROOT / "docs" / "settings.md"
COMPLETE = {
    "XIANGFA_SECRET_KEY": secrets.token_urlsafe(64),
    "XIANGFA_HOSTS": "portal.example, second.example",
    "XIANGFA_ADMIN_URL": "https://portal.example",
}


def start(module: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Read a settings module in a process with no environment but this one."""
    code = f"from {module} import *; print(SECRET_KEY, ALLOWED_HOSTS, DEBUG)"
    return subprocess.run(  # noqa: S603  (fixed arguments)
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", **environment},
        capture_output=True,
        text=True,
    )


def variables_in_code() -> set[str]:
    return {
        name
        for path in (ROOT / "site" / "config").rglob("*.py")
        for name in _names_read(ast.parse(path.read_text()))
    }


def _names_read(tree: ast.Module) -> Iterator[str]:
    """The names in ``os.environ[…]``, ``os.environ.get(…)``, ``_required(…)`` and so on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            yield ast.literal_eval(node.slice)
        if isinstance(node, ast.Call) and re.fullmatch(
            r"os\.environ\.\w+|os\.getenv|_\w+", ast.unparse(node.func)
        ):
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and re.fullmatch(
                r"[A-Z][A-Z0-9_]+", str(name.value)
            ):
                yield str(name.value)


def variables_in_section(heading: str) -> set[str]:
    """The names in the first column of the table below ``heading``."""
    section = re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)
    (text,) = [part for part in section if part.startswith(heading)]
    return set(re.findall(r"^\| `([A-Z0-9_]+)`", text, flags=re.MULTILINE))


def test_document_lists_every_variable_that_the_settings_read() -> None:
    assert variables_in_code() == variables_in_section("Settings")


def test_document_lists_every_variable_that_the_scripts_read() -> None:
    scripts = [*(ROOT / "script").iterdir(), ROOT / ".ci" / "run"]
    read = {
        name
        for script in scripts
        for name in re.findall(r"\$\{([A-Z][A-Z0-9_]+):-", script.read_text())
    }
    # The home folder is everybody's; where the data is, the settings have already said.
    assert read - {"HOME", "XIANGFA_VAR"} == variables_in_section("Scripts")


def test_only_the_settings_read_the_environment() -> None:
    # Elsewhere a variable would be missing from the document and from `override_settings`.
    apps = ("articles", "home", "media", "publishing", "search", "statutes")
    readers = [
        path.relative_to(ROOT).as_posix()
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text())
    ]
    assert readers == []


def test_production_starts_with_every_variable_set() -> None:
    result = start("config.settings.production", COMPLETE)
    assert result.returncode == 0, result.stderr
    assert "['portal.example', 'second.example'] False" in result.stdout


@pytest.mark.parametrize("missing", COMPLETE)
@pytest.mark.parametrize("value", [None, " "])
def test_production_without_a_variable_refuses_and_names_it(
    missing: str, value: str | None
) -> None:
    environment = {name: text for name, text in COMPLETE.items() if name != missing}
    if value is not None:
        environment[missing] = value
    result = start("config.settings.production", environment)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: 环境变量 {missing} 没有设置" in result.stderr


def test_production_refuses_the_key_of_development() -> None:
    development = start("config.settings.dev", {}).stdout.split()[0]
    for key in (development, development * 3, "short"):
        environment = COMPLETE | {"XIANGFA_SECRET_KEY": key}
        result = start("config.settings.production", environment)
        assert result.returncode != 0
        assert "ImproperlyConfigured: XIANGFA_SECRET_KEY" in result.stderr


def test_development_starts_without_any_variable() -> None:
    result = start("config.settings.dev", {})
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().endswith("True")
