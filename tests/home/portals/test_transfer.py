"""A portal in a file: taken in elsewhere it publishes the same."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page, ReferenceIndex, Site

from articles.gate.deciding import let_pass, open_findings
from articles.gate.models import Override, PageCheck
from articles.gate.records import record
from articles.models import ArticlePage
from home.findings import findings_of
from home.models import (
    Change,
    Portal,
    PortalLimits,
    Topic,
)
from home.portals.people import role_in
from home.portals.transfer import named
from home.portals.transfer.archive import TransferError
from home.portals.transfer.reading import import_portal
from home.portals.transfer.tables import belongings, carried_models
from home.portals.transfer.writing import export_portal
from media.models import PortalImage
from search.models import PortalSynonym
from tests.factories import (
    ArticlePageFactory,
    PortalFixture,
    Role,
    TwoPortals,
    UserFactory,
)
from tests.home.portals.archives import Committed, published, remove, rows_of_all

pytestmark = [pytest.mark.django_db, pytest.mark.long]
COUNTS = b'"counts": {'


# --- round trip --------------------------------------------------------------------------


def test_where_it_is_taken_in_the_same_site_is_published_byte_for_byte(
    portals: TwoPortals, committed: Committed, tmp_path: Path
) -> None:
    own, other = portals
    before = published(own.portal, tmp_path / "before")
    others = published(other.portal, tmp_path / "before")
    assert any(name.startswith("media/images/") for name in before)
    assert any(name.startswith("media/documents/") for name in before)
    assert "jiu/index.html" in before
    export_portal(own.portal, tmp_path / "a.zip")
    remove(own.portal, committed)
    assert not Site.objects.filter(hostname=own.host).exists()

    with committed(execute=True):
        done = import_portal(tmp_path / "a.zip")

    after = published(done.portal, tmp_path / "after")
    assert set(after) == set(before)
    assert [name for name in before if after[name] != before[name]] == []
    assert published(other.portal, tmp_path / "after") == others
    export_portal(done.portal, tmp_path / "b.zip")
    assert tables(tmp_path / "b.zip") == tables(tmp_path / "a.zip")


def tables(path: Path) -> dict[str, Any]:
    """What the file holds, but for what a new home changes."""
    with zipfile.ZipFile(path) as archive:
        found = {
            name: json.loads(archive.read(name))
            for name in archive.namelist()
            if name.startswith("tables/") or name in ("tags.json", "people.json")
        }
    for name, rows in found.items():
        for row in rows if name.startswith("tables/") else []:
            for column in ("site", "portal", "collection", "path"):
                row.pop(column, None)
    for row in found["tables/wagtailcore.Revision.json"]:
        row["content"] = row["content"] | {"path": "", "owner": "", "locked_by": ""}
        del row["content"]["latest_revision"], row["content"]["live_revision"]
    return found


def test_beside_the_original_it_gets_numbers_of_its_own_and_shows_the_same(
    portals: TwoPortals, committed: Committed, tmp_path: Path
) -> None:
    """Its region code is free here: only then are there two."""
    own, other = portals
    before = published(own.portal, tmp_path / "before")
    export_portal(own.portal, tmp_path / "a.zip")
    Portal.objects.filter(pk=own.portal.pk).update(region_code="000077")
    others = published(other.portal, tmp_path / "before")

    with committed(execute=True):
        done = import_portal(tmp_path / "a.zip", host="neu.localhost")

    after = published(done.portal, tmp_path / "after")
    pages = {name for name in before if name.endswith(".html")}
    assert pages == {name for name in after if name.endswith(".html")}
    for name in pages:
        assert names(before, name) == names(after, name), name
    # The links inside its texts are to its own pages and files.
    copy = ArticlePage.objects.descendant_of(done.portal.site.root_page).get(
        slug="duli"
    )
    question = Page.objects.descendant_of(done.portal.site.root_page).get(slug="laoban")
    body = json.dumps(copy.stream_data("body", "zh-hans"))
    assert f'id=\\"{question.pk}\\"' in body
    assert f'id=\\"{own.question.pk}\\"' not in body
    assert copy.cover.collection == done.portal.collection
    draft = copy.get_latest_revision_as_object()
    assert draft.heading_zh_hans == f"{own.marker}草稿标题"
    assert list(draft.topics.all()) == list(own.article.topics.all())
    assert f'id=\\"{question.pk}\\"' in json.dumps(draft.stream_data("body", "zh-hans"))
    copy.save_revision().publish()
    assert published(other.portal, tmp_path / "after") == others
    assert Page.find_problems() == ([], [], [], [], [])


def names(files: dict[str, bytes], name: str) -> str:
    """A page without the names of its pictures and files: both copies have the same,
    so the second gets others."""
    return re.sub(r"media/(images|documents)/[^\"\s]*", "media/", files[name].decode())


def test_all_that_belongs_to_a_portal_is_carried(
    portals: TwoPortals, committed: Committed, tmp_path: Path
) -> None:
    own = portals.qingshan
    export_portal(own.portal, tmp_path / "a.zip")
    remove(own.portal, committed)
    Topic.objects.all().delete()

    done = import_portal(tmp_path / "a.zip")

    portal = done.portal
    assert portal.state == Portal.State.DRAFT
    assert PortalSynonym.objects.get(portal=portal).lay == f"{own.marker}土话"
    assert PortalLimits.objects.get(portal=portal).max_users == 7
    assert portal.site.publisheridentity.logo.title == f"{own.marker}图片"
    image = PortalImage.objects.get(collection=portal.collection)
    assert list(image.tags.names()) == [f"{own.marker}标签"]
    assert image.file.size > 0
    assert image.renditions.exists()
    pages = ArticlePage.objects.descendant_of(portal.site.root_page)
    article = pages.get(slug="duli")
    assert [topic.slug for topic in article.topics.all()] == ["qianxin"]
    assert article.owner.username == "qingshan-author"
    hidden = pages.get(slug="neibu")
    assert hidden.get_view_restrictions().get().restriction_type == "login"
    for role in Role:
        person = get_user_model().objects.get(username=f"qingshan-{role.value}")
        assert role_in(portal, person) == role
        assert not person.has_usable_password()
    assert portal.site.root_page.get_workflow() is not None
    # What the search and the admin derive of pages is there again.
    home = portal.site.root_page
    assert Change.objects.filter(portal=portal, subject="branch", key=home.pk).exists()
    assert ReferenceIndex.get_references_to(image).exists()


def let_pass_in(fixture: PortalFixture) -> ArticlePage:
    """A public article with a finding that its editor answers for."""
    page = ArticlePageFactory(
        parent=fixture.column,
        slug="fangxing",
        summary_zh_hans="人民调节委员会",
        live=False,
    )
    page.save_revision()
    fixture.editor.last_name = "韦编辑"
    fixture.editor.save()
    digests = [one.digest() for one in open_findings(page)]
    let_pass(page, digests, fixture.editor, "是地名，没有写错。")
    page.get_latest_revision().publish()
    return page


@pytest.mark.parametrize(("name", "is_same"), [("韦编辑", True), ("别的人", False)])
def test_what_somebody_let_pass_stays_passed_by_name(
    portals: TwoPortals,
    committed: Committed,
    tmp_path: Path,
    name: str,
    is_same: bool,
) -> None:
    """Also where the user name is another person's."""
    own = portals.qingshan
    page = let_pass_in(own)
    before = record(page, findings_of(page)).findings
    export_portal(own.portal, tmp_path / "a.zip")
    remove(own.portal, committed)
    here = UserFactory(username="qingshan-editor", last_name=name)

    import_portal(tmp_path / "a.zip")

    copy = ArticlePage.objects.get(slug="fangxing")
    row = Override.objects.get(page=copy)
    assert (row.user_name, row.reason) == ("韦编辑", "是地名，没有写错。")
    assert row.user == (here if is_same else None)
    assert PageCheck.objects.get(page=copy).findings == before
    assert open_findings(copy) == []
    copy.save_revision().publish()
    row.delete()
    assert open_findings(copy) != []


def test_no_file_holds_a_password_or_anything_of_the_other_portal(
    portals: TwoPortals, tmp_path: Path
) -> None:
    own, other = portals
    export_portal(own.portal, tmp_path / "a.zip")

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode(
            errors="replace"
        )
    assert own.marker in text
    assert other.marker not in text
    assert "baihe" not in text
    for person in get_user_model().objects.all():
        assert not person.password or person.password not in text


def test_the_same_state_makes_the_same_file(
    portals: TwoPortals, tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        export_portal(portals.qingshan.portal, tmp_path / name)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


# --- what is refused -----------------------------------------------------------------------


def broken(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    target = path.with_name("broken.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
    return target


def test_a_file_that_is_not_whole_is_refused(
    portals: TwoPortals, committed: Committed, tmp_path: Path
) -> None:
    own = portals.qingshan
    good = tmp_path / "a.zip"
    export_portal(own.portal, good)
    remove(own.portal, committed)
    before = rows_of_all()
    page = "tables/wagtailcore.Page.json"
    (tmp_path / "text.zip").write_text("x")
    rights = b'"auth.Permission": 0,'
    for reason, change in (
        ("损坏", lambda n, b: b + b" " if n == page else b),
        ("少了", lambda n, b: None if n == page else b),
        (
            "不该有",
            lambda n, b: b.replace(COUNTS, COUNTS + rights),
        ),
        ("版本", lambda n, b: b.replace(b'"version": 2', b'"version": 9')),
    ):
        with pytest.raises(TransferError, match=reason):
            import_portal(broken(good, change))
    with pytest.raises(TransferError, match="不是导出的门户文件"):
        import_portal(tmp_path / "text.zip")
    with pytest.raises(CommandError, match="没有导入"):
        call_command("import_portal", str(tmp_path / "nowhere.zip"))
    with pytest.raises(CommandError, match="域名由小写字母"):
        call_command("import_portal", str(good), "--host", "Q Q")
    assert rows_of_all() == before


def test_a_crash_in_the_middle_leaves_nothing(
    portals: TwoPortals,
    committed: Committed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    own = portals.qingshan
    export_portal(own.portal, tmp_path / "a.zip")
    remove(own.portal, committed)
    before = rows_of_all()
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*"))

    def crash(*_args: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(named, "give_roles", crash)
    with pytest.raises(RuntimeError):
        import_portal(tmp_path / "a.zip")

    assert rows_of_all() == before
    left = [
        path for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")) if path.is_file()
    ]
    assert left == [path for path in files if path.is_file()]


def test_what_is_taken_here_is_refused(portals: TwoPortals, tmp_path: Path) -> None:
    export_portal(portals.qingshan.portal, tmp_path / "a.zip")
    before = rows_of_all()

    with pytest.raises(TransferError, match="域名已经有门户"):
        import_portal(tmp_path / "a.zip")
    with pytest.raises(TransferError, match="行政区划代码已经有"):
        import_portal(tmp_path / "a.zip", host="neu.localhost")
    assert rows_of_all() == before


# --- which tables there are ------------------------------------------------------------------


def test_a_file_holds_every_table_that_may_be_carried(two_portals: TwoPortals) -> None:
    found = belongings(two_portals.qingshan.portal).tables

    assert set(found) == carried_models()
