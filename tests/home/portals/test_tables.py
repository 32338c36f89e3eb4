"""Every model is in a portal's file, made anew there, or left out on purpose."""

from __future__ import annotations

from django.apps import apps

from articles.gate.models import Override, PageCheck
from home.portals.transfer.tables import (
    LEFT_OUT,
    LEFT_OUT_APPS,
    NATURAL,
    carried_models,
    is_left_out,
)

WHAT_TO_DO = (
    "A row of these is not in a portal's file. Refer to a portal, a site, a page, a "
    "picture or a file by a foreign key that cascades, or say in LEFT_OUT "
    "(home/portals/transfer/tables.py) why it stays behind: "
)
MODELS = apps.get_models(include_auto_created=True)


def test_no_model_is_forgotten() -> None:
    carried = carried_models()
    forgotten = [
        model._meta.label
        for model in MODELS
        if model not in carried and model not in NATURAL and not is_left_out(model)
    ]
    assert not forgotten, WHAT_TO_DO + ", ".join(forgotten)


def test_what_is_left_out_exists_and_has_a_reason() -> None:
    assert set(LEFT_OUT) <= {model._meta.label for model in MODELS}
    assert set(LEFT_OUT_APPS) <= {config.label for config in apps.get_app_configs()}
    assert all((LEFT_OUT | LEFT_OUT_APPS).values())


def test_what_was_let_pass_is_carried() -> None:
    assert {Override, PageCheck} <= carried_models()
