"""Several processes make the site that one makes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import TwoPortals, make_two_portals
from tests.publishing.asking import names


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_processes_make_the_site_that_one_makes(tmp_path: Path) -> None:
    make_two_portals()
    for jobs in (1, 2):
        call_command(
            "export_site",
            output=tmp_path / str(jobs),
            jobs=jobs,
            stdout=StringIO(),
            stderr=StringIO(),
        )
    one, two = tmp_path / "1", tmp_path / "2"
    assert names(one) == names(two)
    assert len(names(one)) > 100
    for name in names(one):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


@pytest.mark.django_db
def test_no_processes_make_nothing(two_portals: TwoPortals, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--jobs"):
        call_command("export_site", output=tmp_path, jobs=0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_public_base_needs_a_folder(two_portals: TwoPortals, settings: Any) -> None:
    with pytest.raises(CommandError, match="--output"):
        call_command(
            "export_site",
            portal=[two_portals.qingshan.host],
            public_base="https://sfj.example.gov.cn",
        )
