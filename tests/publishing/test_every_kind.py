"""What has to hold for every kind of page; a new kind is asked the same at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.links import AddressForm
from home.models import BasePage, Portal, page_models
from home.outbox import record_change
from publishing.addresses import enumerate_addresses
from publishing.building.full import build_folder
from publishing.renderer import render
from publishing.snapshot import Snapshot
from publishing.tree import forget_trees
from tests.factories import PortalFixture, TwoPortals, make_two_portals
from tests.publishing.api_content import ApiClient
from tests.publishing.kinds import TODAY, add_every_kind

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9
KINDS = sorted(model.kind for model in page_models())
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
# The search does not offer the home page: every page leads there.
FOUND_KINDS = sorted(set(KINDS) - {"home"})


@dataclass(slots=True)
class Everything:
    portals: TwoPortals
    own: dict[str, BasePage]  # of qingshan, by kind
    foreign: dict[str, BasePage]  # of baihe


@pytest.fixture(scope="module")
def everything(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[Everything]:
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(TODAY, tick=False),
    ):
        forget_trees()
        portals = make_two_portals()
        own, foreign = (add_every_kind(portal) for portal in portals)
        yield Everything(portals, own, foreign)
        transaction.set_rollback(True)
    forget_trees()


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def here(everything: Everything) -> PortalFixture:
    return everything.portals.qingshan


@pytest.fixture
def there(everything: Everything) -> PortalFixture:
    return everything.portals.baihe


def path_of(page: BasePage, fixture: PortalFixture) -> str:
    return page.public_path(fixture.portal)


def ask(client: Client, fixture: PortalFixture, path: str) -> Any:
    return client.get(path, headers={"host": fixture.host})


def test_the_table_has_every_kind(everything: Everything) -> None:
    assert sorted(everything.own) == sorted(everything.foreign) == KINDS


# --- the public page -------------------------------------------------------------------


@EVERY_KIND
def test_page_shows_its_words_and_none_of_the_other_portals(
    client: Client,
    everything: Everything,
    here: PortalFixture,
    there: PortalFixture,
    kind: str,
) -> None:
    response = ask(client, here, path_of(everything.own[kind], here))
    words = response.content.decode()

    assert response.status_code == 200
    assert words.count(here.marker) >= 2
    assert there.marker not in words
    positive = ask(client, there, path_of(everything.foreign[kind], there))
    assert there.marker in positive.content.decode()


@EVERY_KIND
def test_page_after_a_change_takes_at_most_eight_queries(
    client: Client, everything: Everything, there: PortalFixture, kind: str
) -> None:
    """What all portals share is known: the other portal's change is older."""
    ask(client, there, "/")
    record_change(there.portal, "page", there.article.pk)

    with CaptureQueriesContext(connection) as found:
        ask(client, there, path_of(everything.foreign[kind], there))

    assert len(found) <= MOST_QUERIES, "\n".join(q["sql"][:200] for q in found)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"home"}))
def test_withdrawn_page_is_gone(
    client: Client, everything: Everything, here: PortalFixture, kind: str
) -> None:
    page = everything.own[kind]
    path = path_of(page, here)
    assert ask(client, here, path).status_code == 200

    page.specific_class.objects.get(pk=page.pk).unpublish()

    assert ask(client, here, path).status_code == 404
    assert ask(client, here, f"/api/v2/pages/{page.pk}/").status_code == 404


@EVERY_KIND
def test_draft_of_a_page_stays_inside(
    client: Client, everything: Everything, here: PortalFixture, kind: str
) -> None:
    page = everything.own[kind].specific_class.objects.get(pk=everything.own[kind].pk)
    page.heading_zh_hans = "只在草稿里"
    page.save_revision()
    path = path_of(page, here)

    assert "只在草稿里" not in ask(client, here, path).content.decode()
    client.force_login(here.editor, backend="home.auth.DemoAwareBackend")
    preview = client.get(
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        {"mode": "zh-hans"},
        headers={"host": here.host},
    )
    assert preview.status_code == 200
    assert "只在草稿里" in preview.content.decode()


# --- API, search -------------------------------------------------------------------------


@EVERY_KIND
def test_page_in_the_api_is_as_the_contract_says(
    client: Client,
    everything: Everything,
    here: PortalFixture,
    there: PortalFixture,
    kind: str,
) -> None:
    api = ApiClient(client, here.host)

    answer = api.json(f"pages/{everything.own[kind].pk}/")

    assert answer["meta"]["type"] == kind
    assert there.marker not in str(answer)
    foreign = f"/api/v2/pages/{everything.foreign[kind].pk}/"
    assert ask(client, here, foreign).status_code == 404
    assert ask(client, there, foreign).status_code == 200


@EVERY_KIND
def test_list_of_a_kind_in_the_api_holds_the_own_pages_only(
    client: Client, everything: Everything, here: PortalFixture, kind: str
) -> None:
    answer = ApiClient(client, here.host).json(f"pages/?kind={kind}&limit=50")

    ids = {item["id"] for item in answer["items"]}
    assert everything.own[kind].pk in ids
    assert everything.foreign[kind].pk not in ids


@pytest.mark.parametrize("kind", FOUND_KINDS)
def test_search_finds_the_words_of_a_page(
    everything: Everything, here: PortalFixture, kind: str
) -> None:
    page = everything.own[kind].specific_class.objects.get(pk=everything.own[kind].pk)

    (entry,) = (e for e in page.search_entries() if e.language == "zh-hans")

    assert entry.kind == kind
    assert entry.portal_id == here.portal.pk
    assert here.marker in entry.title
    assert entry.path == path_of(page, here)


# --- export --------------------------------------------------------------------------------


def test_server_sends_what_the_renderer_makes_and_the_export_holds_it(
    client: Client, everything: Everything, here: PortalFixture, tmp_path: Path
) -> None:
    portal = Portal.objects.with_identity().get(pk=here.portal.pk)
    snapshot = Snapshot.of(portal)
    base = f"http://{here.host}"
    form = AddressForm("host", public_base=base, origin=base)
    for address in enumerate_addresses(snapshot.tree):
        if address.kind in {"page", "calendar"}:
            served = client.get(address.path, headers={"host": here.host})
            made = render(snapshot, address, form).body
            assert served.content == made, address.path
    folder = build_folder(portal, tmp_path / portal.host).folder
    for page in everything.own.values():
        name = path_of(page, here).strip("/")
        written = (folder / name / "index.html").read_text()
        assert here.marker in written
    for file in folder.rglob("*"):
        if file.suffix in {".html", ".ics", ".xml"}:
            assert everything.portals.baihe.marker not in file.read_text(), file
