"""Loading the demo: complete, repeatable, and nowhere but in development."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate, get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from articles.demo import directories, people, sources
from articles.demo.clock import last_day, not_before
from articles.demo.makers import MAKERS, all_rows
from articles.demo.sources import DemoError
from articles.models import (
    ArticlePage,
    CampaignPage,
    EventPage,
    InformationPage,
    ServiceGuidePage,
)
from home.models import (
    Change,
    DirectoryPage,
    HomePage,
    LegalWorker,
    Office,
    PlacePage,
    Portal,
    Region,
    ServicePointPage,
)
from media.models import PortalDocument, PortalImage, PortalRendition
from statutes.models import Citation, Statute

HOSTS = [
    "yunling.localhost",
    "qingshan.localhost",
    "baihe.localhost",
    "liuxi.localhost",
]
# What the files of directories hold, and under which key.
RECORDS: dict[type[Model], str] = {
    DirectoryPage: "directories",
    ServicePointPage: "points",
    PlacePage: "places",
    LegalWorker: "people",
    Office: "offices",
}
# Earlier than anything that the demo calls past.
EARLY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def run(command: str, *args: str) -> str:
    output = StringIO()
    call_command(command, *args, stdout=output, stderr=StringIO())
    return output.getvalue()


# --- in production ---------------------------------------------------------------------


@pytest.mark.django_db
def test_production_refuses_the_demo(settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="正式环境"):
        run("load_demo")
    assert not Portal.objects.exists()


@pytest.mark.django_db
def test_mistake_in_a_file_ends_the_command(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True

    def mistaken() -> None:
        raise DemoError(sources.FOLDER / "portals.yaml", "[0].host", "is missing")

    monkeypatch.setattr(sources, "portals", mistaken)

    with pytest.raises(CommandError, match=r"portals\.yaml: \[0\]\.host: is missing"):
        run("load_demo")


@pytest.mark.django_db
def test_information_about_an_absent_demo_says_so() -> None:
    assert "load_demo" in run("demo_info")


# --- the day of the machine --------------------------------------------------------------


@time_machine.travel(EARLY, tick=False)
def test_clock_that_is_behind_the_demo_is_put_forward_and_back() -> None:
    moment = last_day(all_rows())
    assert moment > EARLY

    with not_before(moment):
        assert timezone.now() == moment
        assert timezone.localdate() == timezone.localdate(moment)
    assert timezone.now() == EARLY

    with pytest.raises(ZeroDivisionError), not_before(moment):
        _ = 1 / 0
    assert timezone.now() == EARLY


@time_machine.travel(EARLY, tick=False)
def test_clock_that_is_ahead_of_the_demo_stays() -> None:
    with not_before(EARLY):
        assert timezone.now() == EARLY


# --- the whole of it -------------------------------------------------------------------


def counts() -> dict[str, int]:
    models = (
        Page,
        Revision,
        Portal,
        PortalImage,
        PortalRendition,
        PortalDocument,
        Citation,
        Statute,
        Change,
        get_user_model(),
    )
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.fixture
def demo(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The loaded demo, without the law texts; what the command printed.

    On a machine whose clock is behind the demo's own days.
    """
    settings.DEBUG = True
    settings.XIANGFA_LAWS = tmp_path / "absent"
    people.password_file().unlink(missing_ok=True)
    with time_machine.travel(EARLY):
        yield run("load_demo")


@pytest.mark.long
def test_demo_is_complete_and_a_second_run_changes_nothing(demo: str) -> None:
    """One loading for all of this: it takes minutes."""
    check_portals_and_pages()
    check_media()
    check_links_between_families()
    check_people(demo)
    check_every_page_is_answered()

    before = counts()
    second = run("load_demo")
    assert "没有改动" in second
    assert counts() == before
    assert people.password_file().read_text().strip() not in second


def check_portals_and_pages() -> None:
    portals = {portal.host: portal for portal in Portal.objects.all()}
    assert set(portals) == set(HOSTS)
    assert {str(portal.parent) for portal in portals.values()} == {
        "None",
        portals[HOSTS[0]].name,
    }
    for maker in MAKERS:
        pages = maker.model.objects.live()
        assert pages.count() == sum(len(row["portals"]) for row in maker.rows())
    for model, key in RECORDS.items():
        assert model._default_manager.count() == sum(
            len(row.rows(key)) for row in directories.files().values()
        )
    assert ServicePointPage.objects.live().count() >= 30
    assert not Page.objects.filter(depth__gt=1, has_unpublished_changes=True).exists()
    article = ArticlePage.objects.filter(slug="fangzha-sanbu").first()
    assert article is not None
    published = article.first_published_at.isoformat()
    assert published.startswith("2026-07-15T02:10")
    assert article.last_published_at == article.first_published_at
    for home in HomePage.objects.all():
        assert len(home.body_zh_hans) >= 5
    assert Citation.objects.filter(role="basis").count() > 300
    assert [statute.portal for statute in Statute.objects.all()] == [portals[HOSTS[0]]]


def check_links_between_families() -> None:
    for guide in ServiceGuidePage.objects.select_related("office"):
        assert guide.office is not None
        assert guide.office.portal == guide.portal
        assert guide.source.startswith(guide.portal.region_name)
    for event in EventPage.objects.select_related("township"):
        assert event.township in Region.objects.of_portal(event.portal)
    for duties in InformationPage.objects.filter(purpose="duties"):
        assert "offices" in {block.block_type for block in duties.body_zh_hans}
    campaigns = CampaignPage.objects.all()
    assert any(len(campaign.materials) >= 2 for campaign in campaigns)


def check_media() -> None:
    for image in PortalImage.objects.select_related("collection__portal"):
        assert image.publication_problems() == []
        assert image.collection.portal.is_demo
        assert image.renditions.count() >= 3
        for rendition in image.renditions.all():
            assert default_storage.exists(rendition.file.name)
    same = PortalImage.objects.filter(title=PortalImage.objects.first().title)
    assert len({image.file.name for image in same}) == same.count()


def check_people(output: str) -> None:
    password = people.password_file().read_text().strip()
    assert output.count(password) == 1
    assert stat.S_IMODE(people.password_file().stat().st_mode) == 0o600
    assert len(people.accounts()) == 17
    for account in people.accounts():
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = "127.0.0.1"
        assert authenticate(request, username=account.username, password=password)
    info = run("demo_info", "--port", "8123")
    for host in HOSTS:
        assert f"http://{host}:8123/" in info
    assert "http://localhost:8123/admin/" in info
    assert "qingshan-editor" in info
    assert password not in info


def check_every_page_is_answered() -> None:
    for portal in Portal.objects.select_related("site__root_page"):
        client = Client(headers={"host": portal.host})
        root = portal.site.root_page
        for page in root.get_descendants(inclusive=True).live().specific():
            path = page.public_path(portal)
            assert client.get(path).status_code == 200, (portal.host, path)
