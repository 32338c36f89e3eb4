"""A person of one county asks everything about another county, and gets nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from wagtail.models import PageSubscription

from home.review import notices
from home.review.models import ReviewSheet
from tests.factories import UserFactory
from tests.isolation import inferring
from tests.isolation.asking import ROLES, Finding, Matrix
from tests.isolation.attack import Attack, Request
from tests.isolation.attacks import ATTACKS, attacked_routes
from tests.isolation.attacks.pages import comment_form
from tests.isolation.declared import NOT_THERE
from tests.isolation.endpoints import endpoints
from tests.isolation.faults import FAULTS, Fault
from tests.isolation.inferring import answers
from tests.isolation.places import World

COUNTED = [
    attack
    for attack in ATTACKS
    if attack.label
    in {
        "GET wagtailadmin_home",
        "GET wagtailimages:index",
        "GET wagtaildocs:index",
        "GET offices:index",
        "GET legal-workers:index",
        "GET portal_people",
        "GET wagtailimages_chooser:choose",
        "GET wagtailadmin_reports:aging_pages",
    }
]


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

    print(  # noqa: T201  (the figure of docs/architecture.md)
        f"\n{len(attacked_routes())} of {len(endpoints())} endpoints × {len(ROLES)} roles × "
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
def test_answers_do_not_depend_on_how_much_others_have(
    db: None, matrix: Matrix, world: World
) -> None:
    """Counts, pages of lists, "last edited": all of it stays, byte for byte."""
    before = answers(matrix, ATTACKS, "admin", world.asking)
    theirs = answers(matrix, COUNTED, "hidden admin", world.hidden)

    with transaction.atomic():
        inferring.grow(world.hidden)
        after = answers(matrix, ATTACKS, "admin", world.asking)
        theirs_after = answers(matrix, COUNTED, "hidden admin", world.hidden)
        transaction.set_rollback(True)

    changed = [label for label, text in before.items() if after[label] != text]
    assert not changed
    # The control: where the county's own people count, it shows.
    assert all(theirs_after[label] != text for label, text in theirs.items())


@pytest.mark.long
def test_names_that_others_use_are_free(db: None, matrix: Matrix, world: World) -> None:
    """ "Already taken" would tell of another county's pages, people and words."""
    with transaction.atomic():
        UserFactory(username=f"{world.hidden.mark}.{world.hidden.mark}")
        told = list(inferring.taken_names(matrix, world.asking, world.hidden))
        transaction.set_rollback(True)

    assert not told, told


@pytest.mark.long
@pytest.mark.parametrize("role", ["admin", "author", "visitor"])
def test_what_is_hidden_answers_as_what_was_never_there(
    db: None, matrix: Matrix, role: str
) -> None:
    """Number by number, anybody could count what others have."""
    apart = list(inferring.told_apart(matrix, ATTACKS, role))

    assert not apart, "\n".join(apart)


@pytest.mark.long
def test_letters_go_to_who_still_works_there(
    db: None, matrix: Matrix, world: World
) -> None:
    """Comments on a page that somebody followed, and the end of a review that somebody
    asked for, who works for another county now."""
    hidden, left = world.hidden, world.asking.users["former"]
    still = hidden.users["author"]
    for user in (left, still):
        PageSubscription.objects.update_or_create(
            page_id=hidden.article.pk,
            user=user,
            defaults={"comment_notifications": True},
        )
    path = reverse("wagtailadmin_pages:edit", args=[hidden.article.pk])
    form = comment_form(text="又一条意见", contentpath="heading_zh_hans")

    matrix.ask("hidden editor", hidden, Request(path, "post", data=form))
    told = {address for letter in mail.outbox for address in letter.to}

    assert still.email in told
    assert left.email not in told
    for user, letters in ((left, 0), (still, 1)):
        mail.outbox.clear()
        notices.tell_returned(ReviewSheet.objects.get(submitter=user))
        assert len(mail.outbox) == letters


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
