"""What the page 发布状态 and the form of a page say, and what administrators do there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from articles.models import ArticlePage
from home.models import Portal, PortalRole
from home.outbox import ChangeRecord
from publishing.building.causes import cause_of
from publishing.sites.lock import hold
from publishing.sites.site import Site
from publishing.status.pages import page_state
from tests.home.admin_asking import text_of
from tests.home.changes import last_number
from tests.publishing.status.conftest import Offices, publish, site_folder

# 12:03 in Beijing, on a day after all that the fixtures did.
NOON = datetime(2100, 11, 22, 4, 3, tzinfo=UTC)
Role = PortalRole.Role
STORED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def told(client: Client, portal: Portal | None = None) -> str:
    response = client.get(
        reverse("publication_status"), {"portal": portal.pk} if portal else {}
    )
    return " ".join(text_of(response).split("<main", 1)[-1].split())


def asked(client: Client, name: str, number: int) -> Any:
    return json.loads(client.get(reverse(name, args=[number])).content)


def shown(portal: Portal) -> str:
    """What the public reads."""
    return (site_folder(portal) / "current" / "index.html").read_text()


def stored(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def publish_page(page: ArticlePage) -> ArticlePage:
    stored(page).save_revision().publish()
    return stored(page)


# --- the whole site ----------------------------------------------------------------------


def test_before_the_first_build(offices: Offices) -> None:
    assert "静态网站还没有生成过。" in told(offices.admin)
    assert page_state(offices.own.article) is None


def test_what_waits_is_named_until_it_is_on_the_site(offices: Offices) -> None:
    own = offices.own
    publish(own.portal)
    assert "后台公开的内容都已经在网站上。" in told(offices.editor)
    stored(own.article).save()
    text = told(offices.editor)
    assert "1 项改动等着上网站" in text
    assert f"网页“{own.article.title}”" in text
    assert asked(offices.editor, "publication_state", own.portal.pk)["again"] == 1
    publish(own.portal)
    assert "等着上网站" not in told(offices.editor)
    assert asked(offices.editor, "publication_state", own.portal.pk)["again"] == 10


def test_run_under_way_shows_how_far_it_is(offices: Offices) -> None:
    own = offices.own.portal
    publish(own)
    site = Site.of(own.host)
    with site.full_run("整站") as run:
        run.progress(30, 120)
        answer = asked(offices.editor, "publication_state", own.pk)
        run.set_meta("position", str(last_number()))
    assert 'value="25"' in answer["html"]
    assert "30 / 120 个文件" in answer["html"]
    assert answer["again"] == 1
    assert "<progress" not in told(offices.editor)


def test_last_runs_say_why_and_what_failed(offices: Offices) -> None:
    own = offices.own
    publish(own.portal)
    site = Site.of(own.portal.host)
    with site.change_run("改了标题") as run:
        path = own.article.public_path(own.portal)
        run.fail(f"{path[1:]}index.html", path, "模板 <坏了>", "张编辑")
        run.set_meta("position", str(last_number()))
    text = told(offices.editor)
    assert "改了标题" in text
    assert "模板 &lt;坏了&gt;" in text
    assert "最后编辑：张编辑" in text
    form = reverse("wagtailadmin_pages:edit", args=[own.article.pk])
    assert f'href="{form}">{own.article.title}</a>' in text


def test_run_that_broke_says_so(offices: Offices) -> None:
    publish(offices.own.portal)
    site = Site.of(offices.own.portal.host)
    with pytest.raises(OSError, match="disk"), site.full_run("整站"):
        raise OSError("disk")
    assert "没有做成，网站还是原来的：disk" in told(offices.editor)


# --- one page ------------------------------------------------------------------------------


def test_page_says_when_it_was_published_and_when_it_was_visible(
    offices: Offices,
) -> None:
    publish(offices.own.portal)
    with time_machine.travel(NOON, tick=False) as clock:
        page = publish_page(offices.own.article)
        waiting = page_state(page)
        clock.shift(timedelta(seconds=1))
        publish(offices.own.portal, ("a/index.html", "/a/", page.pk))
        visible = page_state(page)
        clock.shift(timedelta(hours=1))
        publish(offices.own.portal, ("a/index.html", "/a/", page.pk))
        later = page_state(page)
        clock.shift(timedelta(days=1))
        tomorrow = page_state(page)
    assert waiting is not None and visible is not None and tomorrow is not None
    assert (waiting.kind, waiting.text) == ("waiting", "12:03 发布，网站正在更新……")
    assert (visible.kind, visible.text) == (
        "visible",
        "12:03 发布，12:03:01 网站上可见",
    )
    assert later == visible
    assert tomorrow.text == "2100-11-22 12:03 发布，2100-11-22 12:03:01 网站上可见"


def test_page_that_failed_says_why(offices: Offices) -> None:
    own = offices.own
    publish(own.portal)
    page = publish_page(own.article)
    site = Site.of(own.portal.host)
    with site.change_run("发布") as run:
        path = f"/en{page.public_path(own.portal)}"
        run.fail(f"{path[1:]}index.html", path, "模板出错")
        run.set_meta("position", str(last_number()))
    state = page_state(page)
    assert state is not None
    assert state.kind == "failed"
    assert state.text.endswith("但是网站没有更新：模板出错")
    assert page_state(own.question) != state


def test_draft_says_nothing_and_a_withdrawn_page_goes(offices: Offices) -> None:
    own = offices.own
    publish(own.portal, ("a/index.html", "/a/", own.article.pk))
    stored(own.article).unpublish()
    page = stored(own.article)
    state = page_state(page)
    assert state is not None
    assert (state.kind, state.text) == ("waiting", "已经撤下，网站正在更新……")
    publish(own.portal)
    assert page_state(page) is None


def test_form_of_a_page_shows_its_state(offices: Offices) -> None:
    own = offices.own
    address = reverse("wagtailadmin_pages:edit", args=[own.article.pk])
    assert "data-watch" not in text_of(offices.editor.get(address))
    publish(own.portal)
    publish_page(own.article)
    text = text_of(offices.editor.get(address))
    assert "网站正在更新……" in text
    assert reverse("publication_page", args=[own.article.pk]) in text
    assert "admin/watch.js" in text
    assert asked(offices.editor, "publication_page", own.article.pk)["again"] == 1
    publish(own.portal)
    answer = asked(offices.editor, "publication_page", own.article.pk)
    assert "网站上可见" in answer["html"]
    assert answer["again"] == 0


# --- what administrators do -----------------------------------------------------------------


def act(client: Client, portal: Portal, name: str, **sent: str) -> str:
    """Reads the question, says yes, and returns what is shown then."""
    url = reverse("publication_act", args=[portal.pk, name])
    assert client.get(url, sent).status_code == 200
    response = client.post(url, sent, follow=True)
    assert response.status_code == 200
    return text_of(response)


def logged(portal: Portal) -> list[tuple[str, str]]:
    entries = ModelLogEntry.objects.for_instance(portal).order_by("pk")
    return [
        (entry.action, entry.message)
        for entry in entries
        if entry.action.startswith("publishing.")
    ]


def two_releases(portal: Portal) -> tuple[str, str]:
    """(the older one, the current one)"""
    publish(portal, ("index.html", "/", None), ("alt.html", "/alt.html", None))
    publish(portal)
    new, old = Site.of(portal.host).releases()
    return old.name, new.name


def test_rollback_is_at_once_and_pauses(offices: Offices) -> None:
    own = offices.own.portal
    old, new = two_releases(own)
    text = act(offices.admin, own, "rollback", release=old)
    assert "已经退回" in text
    assert "网站停在旧版本" in text
    assert "整站重建" not in text.split("<main", 1)[-1]
    assert (site_folder(own) / "current" / "alt.html").exists()
    ((action, message),) = logged(own)
    assert action == "publishing.rollback"
    assert old in message
    page = publish_page(offices.own.article)
    state = page_state(page)
    assert state is not None and state.kind == "paused"


def test_rollback_waits_for_a_run_and_keeps_the_next_away(offices: Offices) -> None:
    own = offices.own.portal
    old, new = two_releases(own)
    with override_settings(TASKS=STORED), hold(site_folder(own) / "lock", wait=False):
        text = act(offices.admin, own, "rollback", release=old)
        assert "更新一停就退回" in text
        assert "已经排上：退回旧版本" in text
        assert Site.of(own.host).is_paused
    assert not (site_folder(own) / "current" / "alt.html").exists()
    row = DBTaskResult.objects.get()
    row.task.call(*row.args_kwargs["args"])
    assert (site_folder(own) / "current" / "alt.html").exists()


@pytest.mark.parametrize("release", ["", "20000101-000000-000000", "../../baihe"])
def test_rollback_goes_to_a_release_of_the_portal_only(
    offices: Offices, release: str
) -> None:
    two_releases(offices.own.portal)
    old, _new = two_releases(offices.foreign.portal)
    url = reverse("publication_act", args=[offices.own.portal.pk, "rollback"])
    for name in (release, old):
        assert offices.admin.post(url, {"release": name}).status_code == 404
    assert logged(offices.own.portal) == []


def test_release_is_cut_by_the_worker(offices: Offices) -> None:
    own = offices.own.portal
    publish(own)
    site = Site.of(own.host)
    with site.change_run("改动") as run:
        run.delete("index.html")
    act(offices.admin, own, "release")
    assert len(site.releases()) == 2
    assert [action for action, _message in logged(own)] == ["publishing.release"]


def test_resuming_is_put_off_and_told_as_waiting(offices: Offices) -> None:
    own = offices.own.portal
    publish(own)
    Site.of(own.host).pause("检修")
    before = shown(own)
    with override_settings(TASKS=STORED):
        text = act(offices.admin, own, "resume")
        assert "已经排上：整站重建" in text
        prefecture = offices.client(offices.prefecture, Role.ADMIN)
        assert "已经排上" not in told(prefecture, offices.foreign.portal)
    assert shown(own) == before
    assert not Site.of(own.host).is_paused


@pytest.mark.parametrize("name", ["rebuild", "release"])
def test_paused_site_stays_as_it_is(offices: Offices, name: str) -> None:
    own = offices.own.portal
    old, _new = two_releases(own)
    Site.of(own.host).rollback(old)
    before = shown(own)
    assert "请先按“恢复”" in act(offices.admin, own, name)
    assert shown(own) == before
    assert len(Site.of(own.host).releases()) == 2


def test_cause_names_a_few_and_counts_the_rest(offices: Offices) -> None:
    own = offices.own
    changes = [
        ChangeRecord(1, own.portal.pk, "page", str(own.article.pk)),
        ChangeRecord(2, own.portal.pk, "page", str(own.article.pk)),
        ChangeRecord(3, own.portal.pk, "page", str(offices.foreign.article.pk)),
    ]
    first = f"网页“{own.article.title}”"
    assert cause_of(own.portal, changes) == f"{first}、已经删除的网页"
    more = [ChangeRecord(4, None, "topic", "1"), ChangeRecord(5, None, "statute", "1")]
    assert cause_of(own.portal, [*changes, *more]) == (
        f"{first}、已经删除的网页、主题和人群等 4 项"
    )


def test_rebuild_makes_every_page_and_says_who_asked(offices: Offices) -> None:
    own = offices.own.portal
    act(offices.admin, own, "rebuild")  # the tests' tasks are done at once
    text = told(offices.admin)
    assert "后台公开的内容都已经在网站上。" in text
    assert f"{offices.own.admin.username} 要求整站重建" in text
    path = offices.own.article.public_path(own)
    made = site_folder(own) / "current" / path[1:] / "index.html"
    assert offices.own.marker in made.read_text()
    assert not (site_folder(offices.foreign.portal) / "current").exists()
