"""What stops an export, what is told then, and that the old site stays."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jinja2 import DictLoader, Environment

from articles.models import ArticlePage
from home.models import HomePage, HostingIdentity, Portal
from media.models import PortalDocument
from publishing import pages
from publishing.sites.outputs import Output
from publishing.sites.runs import FullRun
from tests.factories import stream
from tests.publishing.world import County, World

pytestmark = pytest.mark.django_db


def run(county: County, output: Path, *options: str) -> tuple[str, str]:
    """The command's two outputs."""
    out, err = StringIO(), StringIO()
    call_command(
        "export_site",
        *options,
        portal=[county.host],
        output=output,
        stdout=out,
        stderr=err,
    )
    return out.getvalue(), err.getvalue()


@pytest.fixture
def failing(county: County, tmp_path: Path) -> Iterator[Any]:
    """Exports once; then a second run must fail, and the first site must stay."""
    run(county, tmp_path)
    before = _bytes(tmp_path)
    told: list[str] = []

    def fail() -> str:
        err = StringIO()
        with pytest.raises(CommandError, match=county.host):
            call_command(
                "export_site", portal=[county.host], output=tmp_path, stderr=err
            )
        told.append(err.getvalue())
        return told[0]

    yield fail
    assert told and county.host in told[0]
    assert _bytes(tmp_path) == before


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_broken_link_stops_the_export(county: County, failing: Any) -> None:
    county.rich.body_zh_hans = stream(("text", '<p><a href="#nichts">x</a></p>'))
    county.rich.save()
    told = failing()
    assert "dongtai/quanbu/index.html" in told and "#nichts" in told


def test_a_missing_file_stops_the_export(county: County, failing: Any) -> None:
    document = PortalDocument.objects.get(pk=county.used_media[1].pk)
    # A name without a file: the file itself belongs to the whole module.
    PortalDocument.objects.filter(pk=document.pk).update(file="documents/weg.pdf")
    assert "weg.pdf" in failing()


def test_an_error_of_a_template_stops_the_export(
    failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Environment(loader=DictLoader({}), autoescape=True).from_string(
        "{{ page.nichts.da }}"
    )
    monkeypatch.setattr(
        "publishing.environment.PublicEnvironment.get_template",
        _only_for("articles/question_page.html", broken, Environment.get_template),
    )
    told = failing()
    assert "/dongtai/laoban/" in told and "UndefinedError" in told


def _only_for(name: str, template: Any, usual: Any) -> Any:
    def get_template(self: Environment, wanted: str, *args: Any, **kwargs: Any) -> Any:
        if wanted == name:
            return template
        return usual(self, wanted, *args, **kwargs)

    return get_template


def test_an_unexpected_status_stops_the_export(
    failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = pages.build_prepared_page

    def build(reader: Any, address: Any, page: Any) -> Any:
        built = usual(reader, address, page)
        if address.path == "/en/dongtai/":
            built.status = 503
        return built

    monkeypatch.setattr(pages, "build_prepared_page", build)
    told = failing()
    assert "/en/dongtai/" in told and "503" in told


def test_a_missing_static_file_stops_the_export(
    failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.assets.finders.find", lambda _name: None)
    assert "js/site.js" in failing()


def test_a_home_page_that_is_not_public_stops_the_export(
    county: County, failing: Any
) -> None:
    HomePage.objects.get(pk=county.home.pk).unpublish()
    assert "首页" in failing()


def test_a_full_disk_leaves_the_old_site(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(county, tmp_path)
    before = _bytes(tmp_path)
    usual = FullRun.put

    def put(self: FullRun, output: Output, body: bytes) -> bool:
        if output.name == "redirects.map" or output.kind == "asset":
            raise OSError(errno.ENOSPC, "No space left on device")
        return usual(self, output, body)

    monkeypatch.setattr(FullRun, "put", put)
    with pytest.raises(CommandError, match=county.host):
        run(county, tmp_path)
    assert _bytes(tmp_path) == before


def test_a_portal_without_its_identity_is_exported_with_a_warning_until_it_is_online(
    county: County, tmp_path: Path
) -> None:
    hosting = HostingIdentity.objects.get(site=county.portal.site)
    hosting.site_id_code = ""
    hosting.save()
    _out, err = run(county, tmp_path)
    assert "SiteIDCode" in err
    Portal.objects.filter(pk=county.portal.pk).update(state=Portal.State.ONLINE)
    with pytest.raises(CommandError):
        run(county, tmp_path)


def test_one_failing_portal_does_not_keep_the_others_from_being_exported(
    world: World, tmp_path: Path
) -> None:
    HomePage.objects.get(pk=world.baihe.home.pk).unpublish()
    with pytest.raises(CommandError, match=world.baihe.host):
        call_command(
            "export_site", output=tmp_path, stdout=StringIO(), stderr=StringIO()
        )
    assert (tmp_path / world.qingshan.host / "index.html").is_file()
    assert (tmp_path / world.prefecture.host / "index.html").is_file()
    assert not (tmp_path / world.baihe.host).exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"portal": ["nobody.example"]}, "nobody.example"),
        ({"public_base": "https://sfj.example.gov.cn"}, "--public-base"),
        ({"portal": ["qingshan.localhost"], "public_base": "sfj"}, "sfj"),
        (
            {"portal": ["qingshan.localhost"], "public_base": "javascript:1"},
            "javascript",
        ),
    ],
)
def test_wrong_options_are_refused_with_their_value(
    world: World, tmp_path: Path, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("export_site", output=tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_a_release_is_made_and_shown(
    county: County, tmp_path: Path, settings: Any
) -> None:
    settings.EXPORT_DIR = tmp_path
    site = tmp_path / county.host
    for expected in (1, 1, 2):  # nothing new, no new release
        if expected == 2:
            article = ArticlePage.objects.get(pk=county.rich.pk)
            article.heading_zh_hans = "改过的标题"
            article.save()
        call_command(
            "export_site", portal=[county.host], stdout=StringIO(), stderr=StringIO()
        )
        releases = sorted((site / "releases").iterdir())
        assert len(releases) == expected
        assert (site / "current").resolve() == releases[-1]
    assert (site / "current" / "dongtai" / "index.html").is_file()


def test_the_public_base_of_the_portal_is_used_where_none_is_given(
    county: County, tmp_path: Path
) -> None:
    Portal.objects.filter(pk=county.portal.pk).update(
        public_base="https://sfj.example.gov.cn/p"
    )
    run(county, tmp_path)
    words = (tmp_path / county.host / "index.html").read_text()
    assert 'rel="canonical" href="https://sfj.example.gov.cn/p/"' in words
