"""The statutes that a portal adds to its library."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.models import Change
from publishing.library import library_slugs
from publishing.tree import tree_of
from statutes.importing import ImportOptions, import_files
from statutes.models import LibraryChoice, Statute
from statutes.sources import read_sources
from tests.factories import TwoPortals

DATA = Path(__file__).parents[2] / "statutes" / "data" / "demo"


@pytest.fixture
def statute(two_portals: TwoPortals) -> Statute:
    import_files(read_sources([DATA]), ImportOptions())
    return Statute.objects.get()


def choose(portals: TwoPortals, names: str) -> LibraryChoice:
    choice = LibraryChoice(site=portals.qingshan.portal.site, names=names)
    choice.full_clean()
    choice.save()
    return choice


@pytest.mark.parametrize("form", ["%s", "《%s》", " %s \n\n"])
def test_chosen_statute_is_in_this_portals_library_only(
    two_portals: TwoPortals, statute: Statute, form: str
) -> None:
    choose(two_portals, form % statute.title)
    for county, expected in (
        (two_portals.qingshan, True),
        (two_portals.baihe, False),
    ):
        portal = county.portal
        slugs = library_slugs(False, tree_of(portal, [portal]))
        assert slugs is not None
        assert (statute.slug in slugs) is expected


def test_list_of_the_portal_shows_it(two_portals: TwoPortals, statute: Statute) -> None:
    choose(two_portals, statute.title)
    client = Client(HTTP_HOST=two_portals.qingshan.portal.host)
    assert statute.slug in client.get("/laws/").content.decode()


def test_unknown_name_is_refused_by_name(
    two_portals: TwoPortals, statute: Statute
) -> None:
    with pytest.raises(ValidationError, match="没有这部法"):
        choose(two_portals, f"{statute.title}\n没有这部法")


def test_choice_is_a_change_of_its_portal(
    two_portals: TwoPortals, statute: Statute
) -> None:
    before = Change.objects.count()
    choose(two_portals, statute.title)
    fresh = Change.objects.order_by("number")[before:]
    assert {change.portal_id for change in fresh} == {two_portals.qingshan.portal.pk}
