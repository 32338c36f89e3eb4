"""A new portal is complete, and its people can do what their role says and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from home.models import (
    Audience,
    HostingIdentity,
    Portal,
    PortalRole,
    PublisherIdentity,
    Topic,
)
from home.portals import provisioning
from home.portals.provisioning import register_provision
from home.roles import is_prefecture_staff, pages_of, portals_of
from media.models import PortalDocument, PortalImage
from tests.factories import Role, TwoPortals, make_portal, make_user

pytestmark = pytest.mark.django_db
ROLES = list(Role)


def prefecture() -> Portal:
    return make_portal("yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE)


# --- what is made ----------------------------------------------------------------------


def test_portal_has_site_home_collection_and_identities() -> None:
    portal = make_portal()

    site = portal.site
    assert (site.hostname, site.port) == ("qingshan.localhost", 80)
    assert site.root_page.specific.portal == portal
    assert portal.collection.get_parent().is_root()
    assert site.hostingidentity.site_name == "青山县人民政府"
    assert site.publisheridentity.name == "青山县司法局"


def test_no_site_answers_for_unknown_hosts() -> None:
    make_portal()
    make_portal("baihe", "白河县", "000003")

    assert not Site.objects.filter(is_default_site=True).exists()
    assert Site.objects.count() == 2


def test_groups_that_could_edit_everything_are_gone() -> None:
    make_portal()

    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    root = Page.objects.get(depth=1)
    assert not root.group_permissions.exists()


def test_a_group_in_use_is_left_alone(django_user_model: Any) -> None:
    person = django_user_model.objects.create(username="somebody")
    person.groups.add(Group.objects.get(name="Editors"))

    make_portal()

    assert person.groups.get().name == "Editors"


def test_home_page_and_columns_are_published() -> None:
    portal = make_portal()

    pages = portal.site.root_page.get_descendants(inclusive=True)
    assert pages.count() == 2
    assert all(page.live and page.live_revision_id for page in pages)


def test_wrong_region_code_leaves_nothing_behind() -> None:
    before = Page.objects.count(), Site.objects.count(), Group.objects.count()

    with pytest.raises(ValidationError):
        make_portal(region_code="12345")

    assert before == (
        Page.objects.count(),
        Site.objects.count(),
        Group.objects.count(),
    )


def test_an_app_adds_its_step_and_what_it_raises_leaves_no_portal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(provisioning, "_steps", dict(provisioning._steps))
    asked = []

    def step(portal: Portal) -> None:
        asked.append((portal.region_name, portal.roles.count()))
        if portal.region_code == "000003":
            raise RuntimeError("crash in the middle")

    register_provision("step of a test", step)
    make_portal()
    with pytest.raises(RuntimeError):
        make_portal("baihe", "白河县", "000003")

    assert asked == [("青山县", len(ROLES)), ("白河县", len(ROLES))]
    assert [portal.region_name for portal in Portal.objects.all()] == ["青山县"]


# --- who is who ------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_people_work_for_their_portal_only(
    two_portals: TwoPortals, role: PortalRole.Role
) -> None:
    user = two_portals.qingshan.users[role]

    assert list(portals_of(user)) == [two_portals.qingshan.portal]
    found = pages_of(user, Page.objects.filter(depth__gt=1))
    assert set(found) == set(two_portals.qingshan.home.get_descendants(inclusive=True))


def test_nobody_and_the_inactive_work_for_no_portal(two_portals: TwoPortals) -> None:
    user = two_portals.qingshan.admin
    user.is_active = False

    assert not portals_of(user).exists()
    assert not pages_of(user, Page.objects.all()).exists()


def test_superuser_works_for_all(two_portals: TwoPortals, admin_user: Any) -> None:
    assert portals_of(admin_user).count() == 2
    assert is_prefecture_staff(admin_user)


def test_administrators_of_the_prefecture_are_its_staff() -> None:
    portal = prefecture()
    people = {role: make_user(portal, role) for role in ROLES}

    assert is_prefecture_staff(people[Role.ADMIN])
    assert not is_prefecture_staff(people[Role.EDITOR])


def test_administrators_of_a_county_are_not_prefecture_staff(
    two_portals: TwoPortals,
) -> None:
    assert not is_prefecture_staff(two_portals.qingshan.admin)


# --- pages -----------------------------------------------------------------------------


def allowed_page_actions(user: Any, page: Page) -> set[str]:
    tester = page.permissions_for_user(user)
    checks = {
        "add": tester.can_add_subpage(),
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
        "delete": tester.can_delete(),
        "lock": tester.can_lock(),
    }
    return {name for name, is_allowed in checks.items() if is_allowed}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.AUTHOR, {"add"}),
        (Role.EDITOR, {"add", "edit", "publish", "delete"}),
        (Role.ADMIN, {"add", "edit", "publish", "delete", "lock"}),
    ],
)
def test_role_decides_what_people_do_with_pages_of_others(
    two_portals: TwoPortals, role: PortalRole.Role, expected: set[str]
) -> None:
    user = two_portals.qingshan.users[role]
    column = two_portals.qingshan.column
    # A column with pages is deleted by whoever may delete many pages at once.
    article = two_portals.qingshan.article

    actions = allowed_page_actions(user, column) - {"delete"}
    assert actions == expected - {"delete"}
    assert ("delete" in allowed_page_actions(user, article)) == ("delete" in expected)


@pytest.mark.parametrize("role", ROLES)
def test_people_can_do_nothing_with_pages_of_another_portal(
    two_portals: TwoPortals, role: PortalRole.Role
) -> None:
    user = two_portals.qingshan.users[role]

    for page in (two_portals.baihe.home, two_portals.baihe.article):
        assert allowed_page_actions(user, page) == set()
    assert allowed_page_actions(user, Page.objects.get(depth=1)) == set()


def test_author_submits_and_an_editor_of_the_portal_reviews(
    two_portals: TwoPortals,
) -> None:
    page, author = two_portals.qingshan.article, two_portals.qingshan.author
    workflow = page.get_workflow()

    workflow.start(page, author)

    task = page.current_workflow_state.current_task_state.task.specific
    assert task.user_can_access_editor(page, two_portals.qingshan.editor)
    assert not task.user_can_access_editor(page, author)
    assert not task.user_can_access_editor(page, two_portals.baihe.editor)


# --- media, settings, terms ------------------------------------------------------------


@pytest.mark.parametrize("model", [PortalImage, PortalDocument])
@pytest.mark.parametrize("role", [Role.ADMIN, Role.EDITOR, Role.AUTHOR])
def test_people_add_and_choose_files_in_their_collection_only(
    two_portals: TwoPortals, model: Any, role: PortalRole.Role
) -> None:
    policy = policy_registry.get_by_type(model)
    user = two_portals.qingshan.users[role]

    for action in ("add", "choose"):
        collections = policy.collections_user_has_permission_for(user, action)
        assert list(collections) == [two_portals.qingshan.portal.collection]


@pytest.mark.parametrize("model", [HostingIdentity, PublisherIdentity])
def test_only_administrators_change_the_identity_of_their_own_portal(
    two_portals: TwoPortals, model: Any
) -> None:
    policy = policy_registry.get_by_type(model)

    def sites(user: Any) -> list[Site]:
        return list(policy.sites_user_has_permission_for(user, "change"))

    assert sites(two_portals.qingshan.admin) == [two_portals.qingshan.portal.site]
    assert sites(two_portals.qingshan.editor) == []
    assert sites(two_portals.qingshan.author) == []


@pytest.mark.parametrize("name", ["hostingidentity", "publisheridentity"])
def test_identity_of_another_portal_cannot_be_opened(
    two_portals: TwoPortals, client: Any, name: str
) -> None:
    client.force_login(two_portals.qingshan.admin)

    def status(site: Site) -> int:
        address = reverse("wagtailsettings:edit", args=["home", name, site.pk])
        return int(client.get(address).status_code)

    assert status(two_portals.qingshan.portal.site) == 200
    assert status(two_portals.baihe.portal.site) == 404


@pytest.mark.parametrize("model", [Topic, Audience])
def test_only_prefecture_staff_changes_shared_terms(
    two_portals: TwoPortals, model: Any
) -> None:
    policy = policy_registry.get_by_type(model)
    portal = prefecture()
    people = {role: make_user(portal, role) for role in ROLES}

    for action in ("add", "change", "delete"):
        assert policy.user_has_permission(people[Role.ADMIN], action)
        assert not policy.user_has_permission(people[Role.EDITOR], action)
        assert not policy.user_has_permission(two_portals.qingshan.admin, action)
