"""A county's people see their own site and never another's, not even that it is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage
from home.models import Portal, PortalRole
from publishing.sites.site import Site
from tests.factories import UserFactory
from tests.home.admin_asking import logged_in, text_of
from tests.home.changes import last_number
from tests.publishing.status.conftest import Offices, publish

Role = PortalRole.Role
STATUS = "publication_status"
ACTS = ("rebuild", "release", "rollback", "resume")


def ask(client: Client, portal: Portal | None = None) -> Any:
    return client.get(reverse(STATUS), {"portal": portal.pk} if portal else {})


@pytest.fixture
def published(offices: Offices) -> Offices:
    for portal in (offices.own.portal, offices.foreign.portal):
        publish(portal)
        publish(portal, ("index.html", "/", None), ("a.html", "/a.html", None))
    return offices


def older_release(portal: Portal) -> str:
    return next(
        one.name for one in Site.of(portal.host).releases() if not one.is_current
    )


def test_people_see_the_site_of_their_own_portal(published: Offices) -> None:
    for client in (published.editor, published.admin):
        response = ask(client)
        assert response.status_code == 200
        assert "青山县普法网" in text_of(response)
        assert "白河" not in text_of(response)


def test_another_portal_does_not_exist(published: Offices) -> None:
    """The same answer as for a number that nobody has."""
    foreign = published.foreign.portal
    for client in (published.editor, published.admin):
        for number in (foreign.pk, 999_999):
            assert client.get(reverse(STATUS), {"portal": number}).status_code == 404
            url = reverse("publication_state", args=[number])
            assert client.get(url).status_code == 404
            for act in ACTS:
                url = reverse("publication_act", args=[number, act])
                sent = {"release": older_release(foreign)}
                assert client.get(url, sent).status_code == 404
                assert client.post(url, sent).status_code == 404
        assert client.get(reverse(STATUS), {"portal": foreign.host}).status_code == 404
        page = reverse("publication_page", args=[published.foreign.article.pk])
        assert client.get(page).status_code == 404


def test_page_of_the_own_portal_is_told_of(published: Offices) -> None:
    page = reverse("publication_page", args=[published.own.article.pk])
    assert published.editor.get(page).status_code == 200


def test_author_is_not_let_in_and_has_no_menu_item(published: Offices) -> None:
    author = logged_in(published.own.author)
    menu = reverse(STATUS)
    assert ask(author).status_code == 302
    url = reverse("publication_state", args=[published.own.portal.pk])
    assert author.get(url).status_code == 404
    assert menu not in text_of(author.get(reverse("wagtailadmin_home")))
    assert menu in text_of(published.editor.get(reverse("wagtailadmin_home")))


def test_public_is_asked_to_log_in(published: Offices) -> None:
    for url in (
        reverse(STATUS),
        reverse("publication_state", args=[published.own.portal.pk]),
        reverse("publication_act", args=[published.own.portal.pk, "rebuild"]),
    ):
        assert Client().get(url).url.startswith(reverse("wagtailadmin_login"))


def test_editor_looks_and_only_the_administrator_acts(published: Offices) -> None:
    own = published.own.portal
    url = reverse("publication_act", args=[own.pk, "resume"])
    assert url.replace("resume", "rebuild") not in text_of(ask(published.editor))
    assert published.editor.get(url).status_code == 404
    assert published.editor.post(url).status_code == 404
    assert url.replace("resume", "rebuild") in text_of(ask(published.admin))
    assert published.admin.get(url).status_code == 200


def test_prefecture_chooses_among_all_portals(published: Offices) -> None:
    for client in (
        published.client(published.prefecture, Role.ADMIN),
        logged_in(UserFactory(is_superuser=True)),
    ):
        for county in (published.own, published.foreign):
            response = ask(client, county.portal)
            assert response.context["portal"] == county.portal
            url = reverse("publication_act", args=[county.portal.pk, "rebuild"])
            assert client.get(url).status_code == 200


def test_editor_of_the_prefecture_sees_the_prefectures_own(published: Offices) -> None:
    client = published.client(published.prefecture, Role.EDITOR)
    assert ask(client).context["portal"] == published.prefecture
    assert ask(client, published.own.portal).status_code == 404


def test_changes_of_another_portal_are_not_counted(published: Offices) -> None:
    """Not even their number can be read off."""
    before = last_number()
    ArticlePage.objects.get(pk=published.foreign.article.pk).save()
    assert last_number() > before
    assert ask(published.editor).context["state"].waiting_count == 0
    state = ask(logged_in(published.foreign.editor)).context["state"]
    assert state.waiting_count == last_number() - before


def test_failure_links_to_no_form_of_another_portal(published: Offices) -> None:
    """Two portals have pages at the same address."""
    path = published.foreign.article.public_path(published.foreign.portal)
    site = Site.of(published.own.portal.host)
    with site.change_run("改动") as run:
        run.fail("x/index.html", path, "模板出错", "青山编辑")
    text = text_of(ask(published.editor))
    foreign = reverse("wagtailadmin_pages:edit", args=[published.foreign.article.pk])
    assert "模板出错" in text
    assert foreign not in text
