"""requirements.txt is what pip-compile makes of requirements.in."""

from __future__ import annotations

import re
from importlib.metadata import metadata, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

# What `python3` is on Debian 12, the oldest that the project promises to run on.
OLDEST_PYTHON = "3.11.2"
RENEW = 'renew it (CONTRIBUTING.md, "Change a dependency")'


def wanted() -> list[Requirement]:
    lines = Path(settings.BASE_DIR, "requirements.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def entries() -> dict[str, str]:
    """Each pinned name with its whole entry: version, hashes, who asked for it."""
    text = Path(settings.BASE_DIR, "requirements.txt").read_text()
    found = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {canonicalize_name(entry.split("==")[0]): entry for entry in found}


def pinned_version(entry: str) -> Version:
    return Version(entry.split("==")[1].split()[0])


def test_every_wanted_package_is_pinned_to_a_version_that_fits() -> None:
    pins = entries()
    unfit = [
        str(requirement)
        for requirement in wanted()
        if canonicalize_name(requirement.name) not in pins
        or pinned_version(pins[canonicalize_name(requirement.name)])
        not in requirement.specifier
    ]
    assert unfit == [], f"requirements.txt lacks these: {RENEW}"


def test_nothing_is_pinned_that_was_taken_off_the_short_list() -> None:
    asked_for = {canonicalize_name(requirement.name) for requirement in wanted()}
    leftovers = [
        name
        for name, entry in entries().items()
        if "-r requirements.in" in entry and name not in asked_for
    ]
    assert leftovers == [], f"requirements.txt still has these: {RENEW}"


@pytest.mark.parametrize(
    "requirement",
    [requirement for requirement in wanted() if requirement.extras],
    ids=str,
)
def test_what_an_extra_asks_for_is_pinned(requirement: Requirement) -> None:
    # requirements.txt itself does not say which extras it was compiled with.
    needed = {
        canonicalize_name(dependency.name)
        for extra in requirement.extras
        for dependency in map(Requirement, requires(requirement.name) or [])
        if dependency.marker
        and dependency.marker.evaluate({"extra": extra})
        and not dependency.marker.evaluate({"extra": ""})
    }
    assert needed, f"{requirement.name} does not know the extra"
    assert needed <= set(entries()), RENEW


def test_every_pin_has_a_hash_and_names_no_host_or_folder() -> None:
    text = Path(settings.BASE_DIR, "requirements.txt").read_text()
    without_hash = [
        name for name, entry in entries().items() if "--hash=sha256:" not in entry
    ]
    assert without_hash == []
    assert re.findall(r"https?:|file:/|--index-url|--find-links| @ ", text) == []


def test_every_pin_runs_on_the_oldest_python() -> None:
    # Pins made with 3.11.7 did not install on Debian 12: soupsieve wanted 3.11.5.
    too_new = [
        name
        for name in entries()
        if OLDEST_PYTHON not in SpecifierSet(metadata(name)["Requires-Python"] or "")
    ]
    assert too_new == [], RENEW
