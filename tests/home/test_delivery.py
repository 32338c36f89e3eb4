"""Receivers get every change, in order and at least once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from home import outbox
from home.models import Change, Cursor
from home.outbox import (
    ChangeRecord,
    DeliveryError,
    ReceiverUnavailableError,
    deliver_pending,
    record_change,
)

pytestmark = pytest.mark.django_db


class Receiver:
    """Notes what it gets; fails as often as told."""

    def __init__(
        self, failures: int = 0, error: type[Exception] = RuntimeError
    ) -> None:
        self.failures = failures
        self.error = error
        self.got: list[int] = []
        self.calls = 0

    def __call__(self, records: Sequence[ChangeRecord]) -> None:
        self.calls += 1
        self.got += [record.number for record in records]
        if self.failures:
            self.failures -= 1
            raise self.error("the receiver is broken")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Receiver]]:
    """Registers receivers for one test, in place of the real ones."""
    monkeypatch.setattr(outbox, "_receivers", {})
    monkeypatch.setattr(outbox, "_asked_again_at", {})
    Change.objects.all().delete()

    def add(
        name: str, failures: int = 0, error: type[Exception] = RuntimeError
    ) -> Receiver:
        receiver = Receiver(failures, error)
        outbox.register_receiver(name, receiver)
        return receiver

    yield add


def record(count: int) -> list[int]:
    """The numbers of so many new changes."""
    return [record_change(None, "topic", number) for number in range(count)]


def test_receiver_gets_every_change_once_and_in_order(
    register: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox.pending, "__defaults__", (3,))
    receiver = register("one")
    numbers = record(8)

    counts = [count for _name, count in deliver_pending()]
    again = list(deliver_pending())

    assert receiver.got == numbers
    assert counts == [3, 3, 2]
    assert again == []


def test_receiver_that_fails_gets_the_same_changes_again(
    register: Callable[..., Receiver],
) -> None:
    receiver = register("one", failures=1)
    numbers = record(2)

    with pytest.raises(DeliveryError) as failure:
        list(deliver_pending())
    position = Cursor.objects.get(pk="one").position
    list(deliver_pending())

    assert failure.value.names == ("one",)
    assert position < numbers[0]
    assert receiver.got == numbers * 2
    assert Cursor.objects.get(pk="one").position == numbers[-1]


def test_receiver_that_fails_does_not_keep_the_others_waiting(
    register: Callable[..., Receiver],
) -> None:
    """One broken receiver once stopped all that were registered after it."""
    register("broken", failures=99)
    well = register("well")
    numbers = record(2)

    with pytest.raises(DeliveryError):
        list(deliver_pending())

    assert well.got == numbers
    assert Cursor.objects.get(pk="well").position == numbers[-1]


def test_receiver_that_is_unavailable_is_asked_again_after_a_pause(
    register: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is down for an hour is no fault of the job, and costs no second
    of it more often than it must."""
    away = register("away", failures=1, error=ReceiverUnavailableError)
    well = register("well")
    numbers = record(2)

    list(deliver_pending())
    list(deliver_pending())
    calls_in_the_pause = away.calls
    monkeypatch.setattr(outbox, "_asked_again_at", {"away": 0.0})
    list(deliver_pending())

    assert well.got == numbers
    assert calls_in_the_pause == 1
    assert away.got == numbers * 2
    assert Cursor.objects.get(pk="away").position == numbers[-1]


def test_changes_that_a_receiver_lacks_are_never_pruned(
    register: Callable[..., Receiver],
) -> None:
    register("away", failures=99, error=ReceiverUnavailableError)
    register("well")
    numbers = record(3)
    list(deliver_pending())

    pruned = outbox.prune_delivered(timezone.now() + timedelta(days=30))

    assert pruned == 0
    assert [change.number for change in outbox.pending(0)] == numbers


def test_new_receiver_begins_with_the_oldest_change_there_is(
    register: Callable[..., Receiver],
) -> None:
    numbers = record(2)
    list(deliver_pending())

    late = register("late")
    list(deliver_pending())

    assert late.got == numbers


def test_what_changes_during_delivery_is_delivered_too(
    register: Callable[..., Receiver], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def changing(records: Sequence[ChangeRecord]) -> None:
        seen.extend(item.number for item in records)
        if len(seen) == 1:
            record_change(None, "topic", 2)

    outbox.register_receiver("changing", changing)
    (number,) = record(1)

    list(deliver_pending())

    assert seen == [number, number + 1]


# --- pruning ----------------------------------------------------------------------------


def test_only_old_rows_that_everybody_has_are_pruned(
    register: Callable[..., Receiver],
) -> None:
    register("fast")
    register("slow")
    old, half, young = record(3)
    now = timezone.now()
    Change.objects.filter(number__lte=half).update(recorded_at=now - timedelta(days=8))
    Cursor.objects.create(receiver="fast", position=young)
    Cursor.objects.create(receiver="slow", position=old)

    first = outbox.prune_delivered(now - timedelta(days=7))
    Cursor.objects.filter(pk="slow").update(position=young)
    second = outbox.prune_delivered(now - timedelta(days=7))

    assert (first, second) == (1, 1)
    assert list(Change.objects.values_list("number", flat=True)) == [young]


def test_nothing_is_pruned_before_every_receiver_has_begun(
    register: Callable[..., Receiver],
) -> None:
    register("one")
    record(1)

    assert outbox.prune_delivered(timezone.now() + timedelta(days=1)) == 0


def test_numbers_go_on_after_pruning(register: Callable[..., Receiver]) -> None:
    register("one")
    (number,) = record(1)
    list(deliver_pending())
    outbox.prune_delivered(timezone.now() + timedelta(days=1))

    assert record(1) == [number + 1]
