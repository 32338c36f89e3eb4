"""What all portals share in the admin, and the checks of content there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.content_checks import RULES, PortalContentChecker
from home.models import Portal, Topic
from tests.factories import Role as PortalRoles
from tests.factories import TwoPortals, make_portal, make_user
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(two_portals: TwoPortals) -> Client:
    return logged_in(two_portals.qingshan.editor)


@pytest.fixture
def superuser(admin_user: Any) -> Client:
    return logged_in(admin_user)


# --- topics, audiences, portals --------------------------------------------------------


@pytest.mark.parametrize("model", ["topic", "audience"])
@pytest.mark.parametrize("view", ["list", "add"])
def test_shared_terms_are_for_the_prefecture(
    two_portals: TwoPortals, model: str, view: str
) -> None:
    portal = make_portal("yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE)
    staff = make_user(portal, PortalRoles.ADMIN)
    address = reverse(f"wagtailsnippets_home_{model}:{view}")

    assert logged_in(staff).get(address).status_code == 200
    assert logged_in(two_portals.qingshan.admin).get(address).status_code == 302


@pytest.mark.parametrize("view", ["edit", "delete", "usage", "history"])
def test_views_of_a_topic_are_closed_to_counties(
    two_portals: TwoPortals, view: str
) -> None:
    address = reverse(
        f"wagtailsnippets_home_topic:{view}", args=[Topic.objects.get().pk]
    )

    client = logged_in(two_portals.qingshan.admin)

    assert client.get(address).status_code == 404


def test_superuser_changes_languages_and_neither_name_nor_host_nor_state(
    two_portals: TwoPortals, superuser: Client
) -> None:
    """Those have forms of their own, which ask for reasons and lead readers on."""
    portal = two_portals.baihe.portal
    form = {
        "name_zh_hans": "别的名字",
        "host": "new.localhost",
        "state": "online",
        "level": "prefecture",
        "region_name_zh_hans": "白河县",
        "region_code": "000003",
        "languages": ["en"],
        "layout": "site",
    }

    response = superuser.post(reverse("portals:edit", args=[portal.pk]), form)

    assert response.status_code == 302, response.context["form"].errors
    changed = Portal.objects.get(pk=portal.pk)
    assert changed.languages == ["zh-hans", "en"]
    assert (changed.host, changed.name) == (portal.host, portal.name)
    assert (changed.state, changed.level) == (portal.state, portal.level)


def test_portal_is_not_deleted_by_a_button(
    two_portals: TwoPortals, superuser: Client
) -> None:
    address = reverse("portals:delete", args=[two_portals.baihe.portal.pk])

    assert superuser.post(address).status_code == 302
    assert Portal.objects.count() == 2


@pytest.mark.parametrize("view", ["index", "add"])
def test_portals_are_closed_to_counties(two_portals: TwoPortals, view: str) -> None:
    client = logged_in(two_portals.qingshan.admin)

    assert client.get(reverse(f"portals:{view}")).status_code == 302


# --- content checks --------------------------------------------------------------------


def test_every_rule_of_the_checker_speaks_chinese() -> None:
    checker = PortalContentChecker()

    messages = checker.get_axe_messages(None)
    assert set(messages) == set(checker.get_axe_run_only(None))
    for message in messages.values():
        for text in message.values():
            assert any("\u4e00" <= sign <= "\u9fff" for sign in str(text))


def test_preview_and_edit_form_carry_our_checker(
    two_portals: TwoPortals, editor: Client
) -> None:
    page = two_portals.qingshan.article
    for name in ("wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft"):
        content = text_of(editor.get(reverse(name, args=[page.pk])))

        start = content.index(">", content.index('id="checker-axe-configuration"'))
        end = content.index("</script>", start)
        configuration = json.loads(content[start + 1 : end])
        assert configuration["context"]["include"] == ["main"]
        assert configuration["options"]["runOnly"] == list(RULES)
