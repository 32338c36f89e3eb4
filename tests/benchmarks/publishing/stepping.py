"""Random actions of editors, each followed by a comparison with a fresh rendering."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEST = "tests/publishing/test_incremental.py::test_a_site_changed_hundreds_of_times_is_the_site_built_afresh"


def step(steps: int) -> int:
    """Run the property-based test for so many steps; the exit code of pytest.

    It prints its seed and how often each kind of action changed a file; ``STEPS_SEED``
    in the environment repeats a run.
    """
    command = [sys.executable, "-m", "pytest", "--long", "-q", "-s", "-n", "0"]
    command += [f"{TEST}[0]", "-p", "no:cacheprovider"]
    environment = {**os.environ, "STEPS": str(steps)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
