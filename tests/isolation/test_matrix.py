"""A person of one county asks everything about another county, and gets nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.urls import reverse

from tests.isolation.asking import ROLES, Finding, Matrix
from tests.isolation.attack import Anything, Attack
from tests.isolation.attacks import ATTACKS
from tests.isolation.declared import NOT_THERE
from tests.isolation.endpoints import endpoints, route_of
from tests.isolation.faults import FAULTS, Fault
from tests.isolation.places import World


@pytest.fixture(scope="module")
def matrix(world: World) -> Matrix:
    return Matrix(world)


def described(findings: Iterable[Finding]) -> str:
    return "\n".join(str(finding) for finding in findings)


def one_of_each_kind() -> list[Attack]:
    """The first attack on each group of views."""
    chosen: dict[str, Attack] = {}
    for attack in ATTACKS:
        name = attack.label.split()[1]
        chosen.setdefault(f"{attack.proof} {name.split(':')[0]}", attack)
    return list(chosen.values())


def test_one_attack_of_each_kind_gets_nothing(db: None, matrix: Matrix) -> None:
    findings = list(matrix.run(one_of_each_kind(), ["admin"]))

    assert not findings, described(findings)


@pytest.mark.long
def test_whole_matrix(db: None, matrix: Matrix) -> None:
    before = matrix.cells

    findings = list(matrix.run(ATTACKS))

    anything = Anything()
    routes = {route_of(attack.build(anything, anything).path) for attack in ATTACKS}
    print(  # noqa: T201  (the figure of docs/architecture.md)
        f"\n{len(routes)} of {len(endpoints())} endpoints × {len(ROLES)} roles × "
        f"{len(ATTACKS)} attacks: {matrix.cells - before} cells, "
        f"{len(ATTACKS)} positive controls"
    )
    assert not findings, described(findings)


@pytest.mark.long
def test_what_is_declared_as_closed_answers_nobody(
    db: None, matrix: Matrix, world: World
) -> None:
    client = matrix.client("superuser")
    for name in NOT_THERE:
        path = _path_of(name)
        response = client.get(path, headers={"host": world.hidden.portal.host})
        assert response.status_code in {302, 403, 404, 405}, f"{name}: {path}"


def _path_of(name: str) -> str:
    """With numbers wherever the address wants something."""
    for count in range(5):
        for values in ([1] * count, ["home", "hostingidentity", *[1] * (count - 2)]):
            try:
                return reverse(name, args=values)
            except Exception:  # noqa: BLE001, S112  (not this many arguments)
                continue
    raise AssertionError(name)


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_matrix_sees_each_seeded_fault(
    db: None, matrix: Matrix, world: World, fault: Fault
) -> None:
    """One filter, hook or policy of ours is taken away."""
    attacks = [attack for attack in ATTACKS if fault.concerns(attack)]
    assert attacks, f"no attack is about {fault.target}"

    with fault.seeded(world):
        found = matrix.first_leak(attacks)

    assert found is not None, f"nobody sees that {fault.name}"
