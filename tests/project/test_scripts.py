"""The scripts start from any directory and say what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SCRIPTS = sorted(
    path for path in (ROOT / "script").iterdir() if path.suffix == "" and path.is_file()
)


def run(
    script: Path, *arguments: str, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (a script of the project)
        [script, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_scripts_that_the_readme_names_are_there() -> None:
    assert {"server", "test", "check"} <= {script.name for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_explains_itself_from_any_directory(
    script: Path, tmp_path: Path
) -> None:
    result = run(script, "--help", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) >= 2
    assert list(tmp_path.iterdir()) == []


def test_a_script_started_through_a_link_finds_the_project(tmp_path: Path) -> None:
    link = tmp_path / "server"
    link.symlink_to(ROOT / "script" / "server")
    assert run(link, "--help", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["server", "check", "elasticsearch"])
def test_an_argument_that_is_not_known_is_refused(name: str, tmp_path: Path) -> None:
    result = run(ROOT / "script" / name, "--fast", cwd=tmp_path)
    assert result.returncode != 0


def test_a_taken_port_is_named_before_anything_is_made(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run(
            ROOT / "script" / "server", cwd=tmp_path, PORT=port, XIANGFA_VAR=str(var)
        )
    assert result.returncode != 0
    assert f"端口 {port} 已被占用" in result.stderr
    assert f"Port {port} is taken" in result.stderr
    assert not var.exists()


def test_a_server_of_somebody_else_is_not_taken_for_ours(
    tmp_path: Path, elasticsearch_url: str
) -> None:
    """The port is taken, by an Elasticsearch that was started for other data."""
    port = elasticsearch_url.rpartition(":")[2]
    result = run(
        *(ROOT / "script" / "elasticsearch", "start"),
        cwd=tmp_path,
        ELASTICSEARCH_PORT=port,
        XIANGFA_VAR=str(tmp_path / "var"),
    )
    assert result.returncode != 0
    assert f"端口 {port} 已被占用" in result.stderr


def test_elasticsearch_that_does_not_run_has_nothing_to_stop(tmp_path: Path) -> None:
    script, var = ROOT / "script" / "elasticsearch", str(tmp_path / "var")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])

    status = run(
        script, "status", cwd=tmp_path, ELASTICSEARCH_PORT=port, XIANGFA_VAR=var
    )
    stop = run(script, "stop", cwd=tmp_path, ELASTICSEARCH_PORT=port, XIANGFA_VAR=var)

    assert (status.returncode, stop.returncode) == (3, 0)
    assert "没有运行" in status.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_elasticsearch_refuses_a_port_that_is_none(port: str, tmp_path: Path) -> None:
    result = run(
        *(ROOT / "script" / "elasticsearch", "start"),
        cwd=tmp_path,
        ELASTICSEARCH_PORT=port,
    )
    assert result.returncode != 0
    assert "ELASTICSEARCH_PORT must be a number" in result.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    result = run(ROOT / "script" / "server", cwd=tmp_path, PORT=port)
    assert result.returncode != 0
    assert "PORT must be a number" in result.stderr


def bare_machine(tmp_path: Path, *programs: str) -> str:
    """A PATH with a shell's everyday programs and these, but no Python."""
    tools = "bash dirname readlink realpath basename find sed id fc-list".split()
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in tools:
        found = next(
            (
                Path(place, name)
                for place in ("/usr/bin", "/bin")
                if Path(place, name).exists()
            ),
            None,
        )
        if found:
            (folder / name).symlink_to(found)
    for name in programs:
        (folder / name).write_text("#!/bin/sh\nexit 1\n")
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("programs", [(), ("python3", "python3.11")])
def test_without_a_python_that_can_make_an_environment_the_line_to_type_is_printed(
    programs: tuple[str, ...], tmp_path: Path
) -> None:
    # A Debian without python3-venv has a python3 all the same.
    result = run(
        ROOT / "script" / "server",
        cwd=tmp_path,
        PATH=bare_machine(tmp_path, *programs),
    )
    assert result.returncode != 0
    assert "apt-get install -y python3 python3-venv" in result.stderr
