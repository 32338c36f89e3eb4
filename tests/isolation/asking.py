"""Sends each attack as everybody who must not get through, and once as its control."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.test import Client, override_settings

from home.outbox import deliver_pending
from publishing.building.keeper import forget_kept
from publishing.phrases import forget_statutes
from publishing.tree import forget_trees
from search.phrases import forget_phrases
from search.portal_words import forget_portal_words
from tests.isolation import place_closed
from tests.isolation.attack import Attack, Proof, Request
from tests.isolation.judging import (
    Rows,
    as_text,
    difference,
    leaks,
    noticing_writes,
    rows_of,
    said,
    told,
)
from tests.isolation.places import Place, World

ROLES = ("author", "editor", "admin", "former", "above", "visitor")
FORGET: tuple[Callable[[], None], ...] = (
    forget_trees,
    forget_kept,
    forget_portal_words,
    forget_statutes,
    forget_phrases,
)


def forget_all() -> None:
    for forget in FORGET:
        forget()


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell that is not as it has to be; ``is_leak`` is false for an error page and
    for a control that failed."""

    attack: str
    role: str
    what: str
    is_leak: bool = True

    def __str__(self) -> str:
        kind = "leak" if self.is_leak else "broken"
        return f"[{kind}] {self.attack} as {self.role}: {self.what}"


@dataclass(slots=True)
class Outcome:
    status: int
    text: str
    changed: list[str] = field(default_factory=list)
    location: str = ""


class Matrix:
    """The attacks of a world; ``cells`` counts those that were judged."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cells = 0
        # Before the rows are read: logging in is written into the user's row.
        self._clients = _clients(world)
        self.before: Rows = rows_of(world.hidden)

    def client(self, role: str) -> Client:
        return self._clients[role]

    def first_leak(self, attacks: Iterable[Attack]) -> Finding | None:
        """Without the controls, and no further than the first cell that is red."""
        for attack in attacks:
            for role in ROLES:
                if role not in attack.spared:
                    for finding in self.judge(attack, role):
                        if finding.is_leak:
                            return finding
        return None

    def run(
        self, attacks: Iterable[Attack], roles: Iterable[str] = ROLES
    ) -> Iterator[Finding]:
        """Each attack, and its control; last the controls of what has to be published
        for them."""
        attacks, roles = list(attacks), list(roles)
        for attack in attacks:
            if not attack.is_closed:
                yield from self.control(attack)
            for role in roles:
                if role not in attack.spared:
                    yield from self.judge(attack, role)
        closed = [attack for attack in attacks if attack.is_closed]
        if closed:
            with opened(self.world.hidden):
                for attack in closed:
                    yield from self.control(attack)

    def judge(self, attack: Attack, role: str) -> Iterator[Finding]:
        """What somebody else gets out of an attack."""
        place = self.world.above if role == "above" else self.world.asking
        self.cells += 1
        try:
            request = attack.build(place, self.world.hidden)
            outcome = self.ask(role, place, request)
        except Exception as error:  # noqa: BLE001  (an error page is a finding)
            yield Finding(attack.label, role, f"error {error!r}"[:400], False)
            return
        sent = _sent(request)
        text = outcome.text
        if role == "above":
            text = text.replace(link_to(self.world.hidden), "")
        for leak in self._leaks(request, text, sent)[:3]:
            yield Finding(attack.label, role, f"{outcome.status} says …{leak}…")
        if outcome.changed:
            yield Finding(attack.label, role, f"changes {outcome.changed}")
        if _got_through(attack.proof, outcome):
            yield Finding(attack.label, role, f"{outcome.status} gets through")

    def _leaks(self, request: Request, text: str, sent: str) -> list[str]:
        hidden = self.world.hidden
        if request.at is not None:  # where all else is public
            return told(text, hidden.secret, sent)
        return leaks(text, hidden, sent)

    def control(self, attack: Attack) -> Iterator[Finding]:
        """The same request by somebody who may: it has to get through."""
        hidden = self.world.hidden
        place = self.world.above if attack.by == "above" else hidden
        request = attack.build(hidden, hidden)
        role = (
            attack.by if attack.by in {"above", "superuser"} else f"hidden {attack.by}"
        )
        try:
            outcome = self.ask(role, place, request)
        except Exception as error:  # noqa: BLE001  (the control has failed)
            yield Finding(attack.label, role, f"error {error!r}"[:400], False)
            return
        shown = self._leaks(request, outcome.text, _sent(request))
        if not _proved(attack, outcome, hidden, request, shown):
            what = f"{outcome.status} {outcome.location} proves nothing"
            yield Finding(attack.label, role, what, False)

    def ask(self, role: str, place: Place, request: Request) -> Outcome:
        """One answer; everything that asking writes is undone."""
        client = self._clients[role]
        mail.outbox.clear()
        host = (request.at or place.portal).host
        with _undone() as savepoint, noticing_writes() as writes:
            response = _send(client, request, host)
            text = said(response)
            changed = []
            if writes.happened:
                changed = difference(self.before, rows_of(self.world.hidden))
                savepoint.has_written = True
        client.cookies.pop("messages", None)
        return Outcome(
            response.status_code, text, changed, response.get("Location", "")
        )


def _clients(world: World) -> dict[str, Client]:
    people = {
        "visitor": None,
        "hidden visitor": None,
        "superuser": world.superuser,
        "above": world.above.users["admin"],
        **world.asking.users,
        **{f"hidden {role}": user for role, user in world.hidden.users.items()},
    }
    clients = {name: Client() for name in people}
    for name, user in people.items():
        if user is not None:
            clients[name].force_login(user)
    return clients


def link_to(place: Place) -> str:
    """The public pages of a prefecture lead to its counties, by name."""
    return f'<a href="http://{place.portal.host}/">{place.portal.name}</a>'


def _send(client: Client, request: Request, host: str) -> Any:
    path = request.path
    if request.query:
        path = f"{path}?{urlencode(request.query, doseq=True)}"
    headers = {"host": host, **request.headers}
    if request.method == "get":
        return client.get(path, headers=headers)
    return client.post(path, request.data or {}, headers=headers)


def _sent(request: Request) -> str:
    data = {
        name: value
        for name, value in (request.data or {}).items()
        if not isinstance(value, UploadedFile)
    }
    return f"{request.path} {as_text(request.query)} {as_text(data)}"


def _proved(
    attack: Attack,
    outcome: Outcome,
    hidden: Place,
    request: Request,
    shown: Sequence[str],
) -> bool:
    if attack.proof is Proof.SHOWS:
        return outcome.status == 200 and bool(shown)
    if attack.proof is Proof.POINTS:
        return bool(leaks(outcome.location, hidden, _sent(request)))
    if attack.proof is Proof.CHANGES:
        return bool(outcome.changed)
    if attack.proof is Proof.REFUSED:
        return outcome.status == 400 and not shown
    return _got_through(attack.proof, outcome)


def _got_through(proof: Proof, outcome: Outcome) -> bool:
    """By the status alone, where an answer says nothing of the county."""
    if proof is Proof.OPENS:
        return outcome.status == 200
    if proof is Proof.MOVES_ON:
        return outcome.status in {301, 302} and "/login/" not in outcome.location
    if proof is Proof.SENDS:
        return outcome.status in {200, 206, 304}
    return proof is Proof.REFUSED and outcome.status != 400


@contextmanager
def opened(place: Place) -> Iterator[None]:
    """While everything of a place is public, and can be searched for."""
    with (
        TemporaryDirectory() as folder,
        override_settings(SEARCH_INDEX_DIR=copied(settings.SEARCH_INDEX_DIR, folder)),
        transaction.atomic(),
    ):
        place_closed.open_everything(place)
        list(deliver_pending())
        forget_all()
        yield
        transaction.set_rollback(True)
    forget_all()


def copied(index: Any, folder: str) -> Path:
    return Path(shutil.copytree(index, Path(folder, "index")))


@dataclass(slots=True)
class _Savepoint:
    has_written: bool = False


@contextmanager
def _undone() -> Iterator[_Savepoint]:
    savepoint = _Savepoint()
    with transaction.atomic():
        yield savepoint
        transaction.set_rollback(True)
    if savepoint.has_written:
        forget_all()
