"""Parts that pages share: the same bytes, and nothing forgotten of what they use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from home.links import AddressForm
from publishing.building.making import every_address
from publishing.building.workshop import Made, Workshop
from publishing.facts import as_text
from publishing.renderer import render
from publishing.snapshot import Snapshot
from tests.publishing.world import World, snapshot_of

pytestmark = pytest.mark.django_db

BASE = "https://sfj.example.gov.cn"
FORMS = (
    AddressForm("relative", public_base=BASE),
    AddressForm("base", base="/sfj", public_base=BASE),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_page_with_shared_parts_is_the_page_made_alone(
    world: World, form: AddressForm
) -> None:
    for county in world:
        workshop = Workshop(snapshot_of(county), form)
        addresses = {at.path: at for at in every_address(workshop)}
        made = list(workshop.make_all(addresses.values()))

        assert len(made) > len(addresses) / 2
        for item in made:
            assert isinstance(item, Made), item
            address = addresses[item.output.path]
            alone = render(workshop.snapshot, address, workshop.form_of(address))
            assert item.body == alone.body, address.path
            needed = {name for kind, name in item.output.needs if kind == "asset"}
            assert needed == alone.trace.assets, address.path
            asked = {as_text(question) for question in alone.trace.asked}
            assert set(item.output.facts) - asked <= {_stored(item)}
        assert workshop.shared_parts


def _stored(item: Made) -> tuple[str, ...]:
    """The one fact that only a workshop notes: it read the row for a whole batch."""
    return ("stored", item.output.language, f"[{item.output.page_id}]")


def test_counties_share_nothing(world: World) -> None:
    """Each workshop has parts of its own: a name in the header is nobody else's."""
    texts = []
    for county in world:
        workshop = Workshop(snapshot_of(county), FORMS[0])
        list(workshop.make_all(every_address(workshop)))
        texts.append(repr(workshop.shared_parts))
    names = [county.portal.name for county in world]

    assert all(name in text for name, text in zip(names, texts, strict=True))
    assert names[1] not in texts[0]
    assert names[0] not in texts[1]


def test_a_shared_part_may_not_ask_for_facts(world: World) -> None:
    """The next page would not know that it depends on them."""
    snapshot: Snapshot = snapshot_of(world.qingshan)
    workshop = Workshop(snapshot, FORMS[0])
    address = next(at for at in every_address(workshop) if at.path == "/")
    reader = snapshot.reader(address, FORMS[0], parts={})
    with translation.override(address.language):
        render(snapshot, address, FORMS[0], reader)
    (key, *_rest) = reader.parts or {}
    assert key

    from publishing.shared_parts import part_of

    fresh = snapshot.reader(replace(address, path="/x/"), FORMS[0], parts={})
    with pytest.raises(RuntimeError, match="asks for facts"):
        part_of(fresh, "part", lambda: str(fresh.site()))
    assert not fresh.parts
