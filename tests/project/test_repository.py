"""Rules that hold for every file of the project."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 40
# Files and functions that would read worse in parts, each with the reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "tests/factories.py:make_portal": "one literal: a portal with all its identities",
    "tests/home/changes.py:changes": "a table: every way to change something",
    "tests/home/block_values.py:everything": "a table: every block with every field",
    "tests/home/block_values.py:least": "a table: every block with the least",
    "tests/home/test_outbox_transactions.py:"
    "test_change_is_rolled_back_when_its_row_cannot_be_written": "a table of changes",
    "tests/isolation/inferring.py:same_names": "a table: a twin of everything named",
    "tests/isolation/place_pages.py:_states": "a table: a page in every state",
    "tests/isolation/place_records.py:_traces": "a table: every trace that is left",
    "tests/end_to_end/test_second_factor.py:"
    "test_phone_from_its_setting_up_to_its_loss": "one story, step by step",
    "tests/publishing/test_touched.py:test_a_change_touches_what_changes": "one story",
    "tests/publishing/campaign_samples.py:campaign_views": "a table: every state",
    "tests/publishing/kinds.py:add_every_kind": "a table: a page of every kind",
    "tests/publishing/samples.py:samples": "a table: every template",
    "tests/publishing/search_samples.py:search_views": "a table: every state",
    "tests/publishing/world.py:link_everything": "one literal: a page with every block",
}
# Lists of requests, one call after the other, each of which is read by itself.
LISTS = ("tests/isolation/attacks/",)
# Where things are on one machine, or at one workplace, is nobody else's business.
FOREIGN = re.compile(
    r"/work/|/opt/wheels|/root/|\bpythonhosted\b|\bpypi\.org\b|\bfarm-[a-z]+\b"
)


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  (git is where the user's PATH has it)
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout, so what belongs to the project is not known")
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def python_files() -> list[Path]:
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_site_is_not_a_package() -> None:
    # With an __init__.py it can be imported at start-up in place of Python's own `site`.
    assert not (ROOT / "site" / "__init__.py").exists()


def test_python_finds_its_own_site_module_beside_ours() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import site; print(site.__file__)"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert found == str(Path(os.__file__).with_name("site.py"))


def test_no_file_is_too_long_to_read_at_a_sitting() -> None:
    too_long = {
        name_of(path): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES_OF_A_FILE
        and name_of(path) not in LONG_FILES
    }
    assert too_long == {}


def test_no_function_is_too_long_to_read_at_a_glance() -> None:
    too_long = {
        f"{name_of(path)}:{function.name}": lines
        for path in python_files()
        for function in functions_of(path)
        if (lines := length(function)) > MOST_LINES_OF_A_FUNCTION
        and f"{name_of(path)}:{function.name}" not in LONG_FUNCTIONS
        and not name_of(path).startswith(LISTS)
    }
    assert too_long == {}


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_exceptions_from_the_length_rules_are_still_needed() -> None:
    lengths = {
        name_of(path): len(path.read_text().splitlines()) for path in python_files()
    }
    functions = {
        f"{name_of(path)}:{function.name}": length(function)
        for path in python_files()
        for function in functions_of(path)
    }
    idle = [
        name for name in LONG_FILES if lengths.get(name, 0) <= MOST_LINES_OF_A_FILE
    ] + [
        name
        for name in LONG_FUNCTIONS
        if functions.get(name, 0) <= MOST_LINES_OF_A_FUNCTION
    ]
    assert idle == []


def test_no_file_tells_of_the_machine_it_was_written_on() -> None:
    found = []
    for path in tracked_files():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        found += [f"{name_of(path)}: {match}" for match in FOREIGN.findall(text)]
    assert found == []


def test_nothing_generated_is_tracked() -> None:
    generated = [
        name_of(path)
        for path in tracked_files()
        if path.suffix in {".mo", ".pyc", ".sqlite3"}
        or path.relative_to(ROOT).parts[0] in {"var", ".venv"}
    ]
    assert generated == []
