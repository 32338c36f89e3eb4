"""Every address is attacked, or declared to hold nothing of a portal."""

from __future__ import annotations

import pytest
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry

from tests.isolation.attacks import attacked_routes
from tests.isolation.attacks.records import SETTINGS
from tests.isolation.attacks.tools import BULK, BULK_SHARED
from tests.isolation.declared import DECLARED
from tests.isolation.endpoints import endpoints

# Rich text is looked up while a form is filled in.
pytestmark = pytest.mark.django_db

WHAT_TO_DO = (
    "Somebody of another county may ask this address too. Write attacks on it in "
    "tests/isolation/attacks/, or, if no row of a portal can show in it or be changed "
    "by it, declare it with the reason in tests/isolation/declared.py:\n"
)


def test_every_endpoint_is_attacked_or_declared() -> None:
    attacked = attacked_routes()
    forgotten = [
        str(endpoint)
        for route, endpoint in endpoints().items()
        if route not in attacked
        and endpoint.name not in DECLARED
        and route not in DECLARED
    ]
    assert not forgotten, WHAT_TO_DO + "\n".join(forgotten)


def test_declared_addresses_exist_and_are_not_attacked() -> None:
    names = {endpoint.name for endpoint in endpoints().values()} | set(endpoints())
    assert set(DECLARED) <= names, set(DECLARED) - names
    attacked = attacked_routes()
    both = [
        str(endpoint)
        for route, endpoint in endpoints().items()
        if route in attacked and {endpoint.name, route} & set(DECLARED)
    ]
    assert not both


def test_every_declaration_has_a_reason() -> None:
    assert all(len(reason) > 4 for reason in DECLARED.values())


def test_every_bulk_action_is_attacked() -> None:
    bulk_action_registry._scan_for_bulk_actions()
    actions = {
        (app, model, action)
        for app, models in bulk_action_registry.actions.items()
        for model, found in models.items()
        for action in found
    }
    assert actions == set(BULK) | BULK_SHARED


def test_every_setting_is_attacked() -> None:
    models = {(one._meta.app_label, one._meta.model_name) for one in settings_registry}
    assert models == set(SETTINGS)
