"""Every kind of dependency is needed: what only it notices would stay as it was.

The list of kinds comes from the registry, so that a new kind without a test fails.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import time_machine

from publishing import facts
from publishing.building.change import Update
from publishing.building.full import build_release
from publishing.building.keeper import forget_kept, keep_up
from publishing.sites.site import Site
from tests.publishing.noticing import BY, NOON, Scene, make_scene
from tests.publishing.world import World

pytestmark = pytest.mark.django_db


def test_there_is_a_change_for_every_kind_of_fact() -> None:
    assert BY.keys() == facts.fact_names() | facts.EVENTS


@pytest.mark.long
def test_each_kind_of_fact_notices_what_no_other_does(
    world: World,
    db: None,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.EXPORT_DIR = tmp_path
    forget_kept()
    causes: dict[str, set[str]] = defaultdict(set)
    usual = Update._find_changed_facts

    def find(self: Update) -> None:
        usual(self)
        for fact, names in self.record.reading(self.causes.changed).items():
            for name in names:
                causes[name].add(fact[0])

    monkeypatch.setattr(Update, "_find_changed_facts", find)
    with time_machine.travel(NOON, tick=False):
        scene = make_scene(world.qingshan)
        build_release(scene.county.portal)
    unnoticed = []
    waiting = dict(BY)
    while waiting:
        act = next(iter(waiting.values()))[0]
        causes.clear()
        changed = _change(scene, act)
        for kind in [kind for kind, (other, _kinds) in waiting.items() if other is act]:
            _act, beside = waiting.pop(kind)
            if not any(causes[name] - beside == {kind} for name in changed):
                seen = {tuple(sorted(causes[name])) for name in changed}
                unnoticed.append(
                    (
                        kind,
                        sorted(kinds for kinds in seen if kind in kinds),
                        len(changed),
                    )
                )
    assert not unnoticed, "\n".join(map(str, unnoticed))


def _change(scene: Scene, act: Any) -> set[str]:
    """The files whose bytes are others after it."""
    portal = scene.county.portal
    site = Site.of(portal.host)
    before = site.record.digests()
    with time_machine.travel(scene.now, tick=False):
        act(scene)
    with time_machine.travel(scene.now, tick=False):
        report = keep_up(portal)
    assert report is not None and report.failures == []
    after = site.record.digests()
    site.close()
    return {name for name in before if name in after and before[name] != after[name]}
