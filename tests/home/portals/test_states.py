"""A portal goes online and offline step by step, and what readers see follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.models import OfflineNotice, Portal, PortalLimits
from home.portals.states import FOLLOWS, change_state, next_states
from tests.factories import TwoPortals
from tests.home.admin_asking import PROOF, logged_in, text_of
from tests.home.portals.offline import change, complete, set_state

pytestmark = pytest.mark.django_db
State = Portal.State


# --- which state follows which ------------------------------------------------------------


def test_only_the_next_step_can_be_taken(two_portals: TwoPortals) -> None:
    portal = two_portals.qingshan.portal
    complete(portal)
    for before in State:
        for after in State:
            portal = set_state(portal, before)
            if after in FOLLOWS[before]:
                change_state(portal, change(after))
                portal.refresh_from_db()
                assert portal.state == after
            else:
                with pytest.raises(ValidationError, match="下一步只能是"):
                    change_state(portal, change(after))


def test_a_step_keeps_its_date_person_and_proof_and_is_logged(
    two_portals: TwoPortals, staff: Any
) -> None:
    portal = two_portals.qingshan.portal

    change_state(portal, change(State.TESTED), staff)

    portal.refresh_from_db()
    assert portal.state_since == timezone.localdate()
    assert (portal.state_person, portal.state_proof) == ("王丽", "测评〔2026〕3号")
    entry = ModelLogEntry.objects.get(action="home.portal.state")
    assert entry.user == staff
    assert (entry.data["before"], entry.data["state"]) == ("draft", "tested")
    two_portals.baihe.portal.refresh_from_db()
    assert two_portals.baihe.portal.state == State.DRAFT


INCOMPLETE: list[tuple[Portal.State, dict[str, Any], str]] = [
    (State.PAUSED, {"person": " "}, "person"),
    (State.PAUSED, {"proof": ""}, "proof"),
    (State.PAUSED, {"day": date(2999, 1, 1)}, "day"),
    (State.PAUSED, {"day": date(2020, 1, 1)}, "day"),
    (State.PAUSED, {"reason": ""}, "reason"),
    (State.PAUSED, {"until": None}, "until"),
    (State.PAUSED, {"until": date(2999, 1, 1)}, "until"),
    (State.PAUSED, {"until": date(2020, 1, 1)}, "until"),
    (State.CLOSED, {"reason": " "}, "reason"),
    (State.CLOSED, {"successor_url": "javascript:alert(1)"}, "successor_url"),
]


def test_a_step_without_what_it_needs_is_refused(two_portals: TwoPortals) -> None:
    portal = set_state(two_portals.qingshan.portal, State.ONLINE)
    Portal.objects.filter(pk=portal.pk).update(state_since=date(2026, 1, 1))

    for state, wrong, field in INCOMPLETE:
        with pytest.raises(ValidationError) as refused:
            change_state(portal, change(state, **wrong))
        assert field in refused.value.message_dict, wrong
        portal.refresh_from_db()
        assert portal.state == State.ONLINE
    assert not OfflineNotice.objects.exists()


def test_a_portal_that_lacks_what_every_page_must_say_is_not_online(
    two_portals: TwoPortals,
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.TESTED)

    with pytest.raises(ValidationError) as refused:
        change_state(portal, change(State.ONLINE))

    assert "公安机关备案号" in " ".join(refused.value.message_dict["state"])
    complete(portal)
    change_state(portal, change(State.ONLINE))
    portal.refresh_from_db()
    assert portal.state == State.ONLINE


# --- who may ---------------------------------------------------------------------------


def test_a_county_changes_nothing_but_what_the_prefecture_lets_it(
    two_portals: TwoPortals, staff: Any
) -> None:
    own = two_portals.qingshan
    portal = set_state(own.portal, State.ONLINE)
    complete(portal)
    assert next_states(own.admin, portal) == []
    with pytest.raises(ValidationError, match="市级管理员"):
        change_state(portal, change(State.PAUSED), own.admin)

    PortalLimits.objects.create(portal=portal, may_pause=True)
    assert next_states(own.admin, portal) == [State.PAUSED]
    assert next_states(own.editor, portal) == []
    assert next_states(two_portals.baihe.admin, portal) == []
    change_state(portal, change(State.PAUSED), own.admin)
    portal = Portal.objects.get(pk=portal.pk)
    assert next_states(own.admin, portal) == [State.ONLINE]
    change_state(portal, change(State.ONLINE), own.admin)

    change_state(portal, change(State.PAUSED), staff)
    portal = Portal.objects.get(pk=portal.pk)
    assert next_states(own.admin, portal) == []
    assert set(next_states(staff, portal)) == {State.ONLINE, State.CLOSED}


def test_closing_in_the_admin_wants_the_name_typed(
    two_portals: TwoPortals, staff: Any
) -> None:
    portal = set_state(two_portals.qingshan.portal, State.ONLINE)
    client = logged_in(staff)
    address = reverse("portal_state", args=[portal.pk])
    data = {
        "state": "closed",
        "day": timezone.localdate().isoformat(),
        "person": "王丽",
        "proof": "批复",
        "reason": "并入县政府网站。",
        "successor_url": "https://www.qingshan.example/",
        "typed_name": "白河县普法网",
        **PROOF,
    }

    assert "一个字也不差" in text_of(client.post(address, data))
    portal.refresh_from_db()
    assert portal.state == State.ONLINE
    response = client.post(address, data | {"typed_name": portal.name})
    assert response.status_code == 302
    portal.refresh_from_db()
    assert portal.state == State.CLOSED


def test_another_portals_state_form_does_not_exist(two_portals: TwoPortals) -> None:
    client = logged_in(two_portals.qingshan.admin)
    address = reverse("portal_state", args=[two_portals.baihe.portal.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, {"state": "tested"}).status_code == 404
