"""A template in one piece says what Jinja itself makes of its parts."""

from __future__ import annotations

import pytest
from django.template import engines
from jinja2 import DictLoader
from jinja2.compiler import CodeGenerator

from home.links import AddressForm
from publishing.building.making import every_address
from publishing.building.workshop import Made, Workshop
from publishing.environment import environment
from publishing.snapshot import Snapshot
from tests.publishing.world import County, World

pytestmark = pytest.mark.django_db


def bodies(county: County) -> dict[str, bytes]:
    form = AddressForm("relative", public_base="https://sfj.example.cn")
    workshop = Workshop(Snapshot.of(county.portal), form)
    made = list(workshop.make_all(every_address(workshop)))
    assert all(isinstance(item, Made) for item in made)
    return {item.name: item.body for item in made if isinstance(item, Made)}


def test_every_page_is_the_one_that_jinja_makes_of_the_parts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines["public"]
    in_one_piece = bodies(world.qingshan)
    by_parts = environment(loader=engine.env.loader, auto_reload=True)  # type: ignore[attr-defined]  # Django's engine for Jinja
    by_parts.code_generator_class = CodeGenerator
    monkeypatch.setattr(engine, "env", by_parts)

    assert bodies(world.qingshan) == in_one_piece
    assert len(in_one_piece) > 30


def test_a_part_has_its_own_names_and_macros_come_with_what_they_call() -> None:
    templates = {
        "page": "{% set word = 'own' %}{% include 'part' %}{{ word }}"
        "{% from 'macros' import shout with context %}{{ shout(word) }}",
        "part": "{% set word = 'of the part' %}{{ word }}|",
        "macros": "{% macro shout(word) %}{{ _sign() }}{{ word }}{{ end }}{% endmacro %}"
        "{% macro _sign() %}<b>!</b>{% endmacro %}",
    }
    whole = environment(loader=DictLoader(templates), auto_reload=False)
    text = whole.get_template("page").render(end="&")

    assert text == "of the part|own<b>!</b>own&amp;"
    code = whole.compile(templates["page"], "page", raw=True)
    assert "get_template" not in code


def test_a_macro_does_not_take_a_name_of_the_page() -> None:
    templates = {
        "page": "{% set _sign = '?' %}"
        "{% from 'macros' import shout with context %}{{ shout() }}{{ _sign }}",
        "macros": "{% macro shout() %}{{ _sign() }}{% endmacro %}"
        "{% macro _sign() %}!{% endmacro %}",
    }
    whole = environment(loader=DictLoader(templates), auto_reload=False)

    assert whole.get_template("page").render() == "!?"
