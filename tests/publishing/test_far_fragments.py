"""Links to a place in another page: looked at before the switch, and again when that
page changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from home.outbox import record_change
from publishing.building.assembly import Report
from publishing.building.full import BuildError, build_folder, build_release
from publishing.building.keeper import keep_up
from publishing.building.workshop import Workshop
from publishing.sites.outputs import sha256_of
from publishing.sites.site import Site
from statutes.models import Provision, Statute
from tests.factories import PortalFixture, TwoPortals, stream
from tests.publishing.world import make_statute

pytestmark = pytest.mark.django_db

ARTICLE = "dongtai/zhengqian/index.html"
LAW = "laws/banfa/index.html"
SHORT = "laws/banfa/1/index.html"  # leads on to the first provision
WORDS = "<p>见《青山办法》第{}条。{}</p>"
Spoil = Callable[[str, str, str], None]


@pytest.fixture
def county(two_portals: TwoPortals, settings: Any, tmp_path: Path) -> PortalFixture:
    settings.EXPORT_DIR = tmp_path
    make_statute("青山办法", "banfa")
    return two_portals.qingshan


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Have a file hold other words than it should, as a fault of a template would."""
    spoilt: dict[str, tuple[bytes, bytes]] = {}
    usual = Workshop.make_all

    def make_all(self: Workshop, addresses: Any) -> Any:
        for made in usual(self, addresses):
            if made.name in spoilt:
                body = made.body.replace(*spoilt[made.name])
                changed = {"size": len(body), "sha256": sha256_of(body)}
                made = replace(made, body=body, output=replace(made.output, **changed))
            yield made

    monkeypatch.setattr(Workshop, "make_all", make_all)

    def begin(name: str, old: str, new: str) -> None:
        spoilt[name] = (old.encode(), new.encode())

    return begin


def say(county: PortalFixture, number: str, more: str = "") -> None:
    county.article.body_zh_hans = stream(("text", WORDS.format(number, more)))
    author = get_user_model().objects.get_or_create(username="xiaozhang")[0]
    county.article.save_revision(user=author).publish()


def change_the_law(text: str) -> None:
    Provision.objects.filter(version__statute__slug="banfa", number=2).update(text=text)
    record_change(None, "statute", Statute.objects.get(slug="banfa").pk)


def live(county: PortalFixture, name: str) -> str:
    return Path(Site.of(county.host).live.path(name)).read_text()


def told(report: Report | None) -> list[tuple[str, str]]:
    assert report is not None
    return [(problem.name, problem.reason) for problem in report.failures]


def failing(county: PortalFixture) -> list[str]:
    with closing(Site.of(county.host)) as site:
        return [failure.name for failure in site.record.failing()]


def test_a_page_that_leads_to_a_lost_place_keeps_its_old_file(
    county: PortalFixture, spoil: Spoil
) -> None:
    say(county, "二")
    assert told(build_release(county.portal)) == []
    spoil(LAW, 't1"', 'weg"')
    change_the_law("法律也改了。")
    say(county, "一", "新的话")
    report = keep_up(county.portal)
    ((name, reason),) = told(report)
    assert name == ARTICLE and f"{LAW}#t1" in reason
    assert report is not None and report.failures[0].editor == "xiaozhang"
    assert "新的话" not in live(county, ARTICLE) and "#t2" in live(county, ARTICLE)
    assert "法律也改了" in live(county, LAW)  # the rest goes out
    with closing(Site.of(county.host)) as site:
        output = site.record.output(ARTICLE)
        assert output is not None
        assert sha256_of(live(county, ARTICLE).encode()) == output.sha256
        assert (LAW, "t2") in output.spots and (LAW, "t1") not in output.spots
    say(county, "二", "改对了")
    assert told(keep_up(county.portal)) == []
    assert "改对了" in live(county, ARTICLE) and failing(county) == []


def test_a_page_whose_place_was_lost_is_named_until_it_is_there_again(
    county: PortalFixture, spoil: Spoil
) -> None:
    say(county, "一")
    build_release(county.portal)
    spoil(LAW, 't1"', 'weg"')
    change_the_law("改了。")
    names = {name for name, _reason in told(keep_up(county.portal))}
    assert ARTICLE in names and LAW not in names
    change_the_law("又改了。")  # it is told as long as it lasts
    assert {name for name, _reason in told(keep_up(county.portal))} == names
    spoil(LAW, "", "")
    change_the_law("改好了。")
    assert told(keep_up(county.portal)) == []
    assert failing(county) == []


def test_a_whole_build_takes_the_page_back_and_keeps_what_it_shows(
    county: PortalFixture, spoil: Spoil
) -> None:
    say(county, "二")
    build_release(county.portal)
    before = live(county, ARTICLE)
    spoil(LAW, 't1"', 'weg"')
    say(county, "一", '<a href="https://www.example.com/">新</a>')
    assert dict(told(build_release(county.portal))).keys() == {ARTICLE, SHORT}
    assert live(county, ARTICLE) == before
    assert failing(county) == [ARTICLE, SHORT]
    spoil(LAW, "", "")
    assert told(build_release(county.portal)) == []
    assert "example" in live(county, ARTICLE)


def test_what_leads_to_a_page_that_is_taken_back_is_looked_at_with_its_old_file(
    county: PortalFixture, spoil: Spoil
) -> None:
    """Its new file would have had the place; its old one has not."""
    say(county, "二")
    build_release(county.portal)
    spoil(LAW, 't1"', 'weg"')
    say(county, "一")
    spoil(ARTICLE, "<main", '<main data-new="" id="new"><i')
    column = "dongtai/index.html"
    spoil(column, 'zhengqian/index.html"', 'zhengqian/index.html#new"')
    names = {name for name, _reason in told(build_release(county.portal))}
    assert names == {ARTICLE, SHORT, column}


def test_in_the_first_build_a_page_goes_out_and_is_named(
    county: PortalFixture, spoil: Spoil
) -> None:
    """It opens, if not at the place; without it, others would lead nowhere."""
    say(county, "一")
    spoil(LAW, 't1"', 'weg"')
    assert ARTICLE in dict(told(build_release(county.portal)))
    assert "#t1" in live(county, ARTICLE)
    assert ARTICLE in failing(county)


def test_a_copy_in_a_folder_is_not_written_with_such_a_link(
    county: PortalFixture, spoil: Spoil, tmp_path: Path
) -> None:
    say(county, "一")
    spoil(LAW, 't1"', 'weg"')
    with pytest.raises(BuildError, match="t1"):
        build_folder(county.portal, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
