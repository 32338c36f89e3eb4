"""Records of a portal: seen, chosen and changed in their own portal only."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import Change, Office
from home.record_admin import PortalRecordForm, record_portals
from publishing.details import Details
from tests.factories import OfficeFactory, TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
MARKER = "白河记号股室"


@pytest.fixture
def foreign(two_portals: TwoPortals) -> Office:
    return OfficeFactory(portal=two_portals.baihe.portal, name_zh_hans=MARKER)


@pytest.fixture
def editor(two_portals: TwoPortals) -> Client:
    return logged_in(two_portals.qingshan.editor)


@pytest.fixture
def owner(two_portals: TwoPortals) -> Client:
    return logged_in(two_portals.baihe.editor)


def office_form(**changes: Any) -> dict[str, Any]:
    return {
        "name_zh_hans": "宣传股",
        "head": "",
        "duties_zh_hans": "普法",
        "phone": "0000-0000013",
        "address_zh_hans": "",
        "hours_zh_hans": "",
        "order": "1",
        **changes,
    }


def test_list_shows_the_own_records_only(
    foreign: Office, editor: Client, owner: Client
) -> None:
    address = reverse("offices:index")

    assert MARKER not in text_of(editor.get(address))
    assert MARKER in text_of(owner.get(address))


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_views_of_another_portals_record_do_not_exist(
    foreign: Office, editor: Client, owner: Client, view: str
) -> None:
    address = reverse(f"offices:{view}", args=[foreign.pk])

    assert editor.get(address).status_code == 404
    assert owner.get(address).status_code == 200


def test_another_portals_record_is_neither_changed_nor_deleted(
    foreign: Office, editor: Client, owner: Client
) -> None:
    edit = reverse("offices:edit", args=[foreign.pk])
    delete = reverse("offices:delete", args=[foreign.pk])

    assert editor.post(edit, office_form()).status_code == 404
    assert editor.post(delete).status_code == 404
    foreign.refresh_from_db()
    assert foreign.name_zh_hans == MARKER

    assert owner.post(edit, office_form()).status_code == 302
    foreign.refresh_from_db()
    assert foreign.name_zh_hans == "宣传股"
    assert owner.post(delete).status_code == 302
    assert not Office.objects.exists()


def test_new_record_belongs_to_the_portal_of_its_maker(
    two_portals: TwoPortals, editor: Client
) -> None:
    """Even where somebody types another portal's number into the form."""
    foreign_portal = two_portals.baihe.portal.pk

    response = editor.post(reverse("offices:add"), office_form(portal=foreign_portal))

    assert response.status_code == 302
    assert Office.objects.get().portal == two_portals.qingshan.portal


def test_authors_do_not_look_after_records(two_portals: TwoPortals) -> None:
    author = two_portals.qingshan.author

    assert not record_portals(author).exists()
    assert logged_in(author).get(reverse("offices:index")).status_code == 302


def test_who_works_for_two_portals_is_asked_for_one_of_them(
    two_portals: TwoPortals,
) -> None:
    person = two_portals.qingshan.editor
    person.groups.add(*two_portals.baihe.editor.groups.all())

    page = logged_in(person).get(reverse("offices:add"))

    choice = page.context["form"].fields["portal"]
    assert set(choice.queryset) == {
        two_portals.qingshan.portal,
        two_portals.baihe.portal,
    }


def test_record_keeps_its_portal(foreign: Office, owner: Client) -> None:
    page = owner.get(reverse("offices:edit", args=[foreign.pk]))

    assert isinstance(page.context["form"], PortalRecordForm)
    assert "portal" not in page.context["form"].fields


@pytest.mark.parametrize("act", ["save", "delete"])
def test_change_of_a_record_is_recorded_for_its_portal(
    foreign: Office, act: str
) -> None:
    before = Change.objects.count()
    key = f"office:{foreign.pk}"

    getattr(foreign, act)()

    change = Change.objects.latest("number")
    assert Change.objects.count() == before + 1
    assert (change.portal, change.subject, change.key) == (
        foreign.portal,
        "record",
        key,
    )


def test_public_pages_read_the_records_of_their_portal_in_one_query(
    two_portals: TwoPortals, foreign: Office, django_assert_num_queries: Any
) -> None:
    portal = two_portals.qingshan.portal
    own = [OfficeFactory(portal=portal, order=order) for order in (2, 1)]
    details = Details(portal.pk, "", ("zh-hans",))

    with django_assert_num_queries(1):
        first, second = details.records(Office), details.records(Office)

    assert list(first) == list(reversed(own))
    assert first is second
