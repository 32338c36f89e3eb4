"""Keep the indexes as the database is: deliveries from the outbox, and building anew.

Every engine that is kept (``search.engines.kept_engines``) is a receiver of its own, with
its own place in the outbox: a server that is down for an hour holds nobody up and finds
there what it has missed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from home.models import ChangeCounter, Cursor
from home.outbox import ChangeRecord, ReceiverUnavailableError, between, pending
from search.engine_names import EMBEDDED, RECEIVERS
from search.engines import kept_engines
from search.engines.base import (
    Batch,
    Engine,
    EngineBusyError,
    EngineNotReadyError,
    EngineUnavailableError,
)
from search.sources import Plan, apply, apply_everything

logger = logging.getLogger(__name__)


def deliver(changes: Sequence[ChangeRecord], name: str = EMBEDDED) -> None:
    """One commit per delivery, stamped with the last change.

    Killed before the commit, nothing has happened; killed after it and before the
    outbox has saved its cursor, the same changes come again and change nothing.
    """
    if not changes:
        return
    engine = kept_engines()[name]
    with _or_later(), _or_anew(engine), engine.writing() as batch:
        missed = _missed(batch.stamp, changes[0].number - 1)
        apply(Plan.of([*missed, *changes]), batch)
        batch.commit(changes[-1].number)


def mend_all() -> None:
    """Mend every index that is kept and can be reached."""
    for name in kept_engines():
        try:
            if mend(name):
                logger.info("the index of %s is in step with the database", name)
        except ReceiverUnavailableError:
            logger.debug("%s cannot be mended now", name)


def mend(name: str) -> bool:
    """Put right what no delivery would; True if there was something.

    An index is absent, or of another version, or it was set back: a disk or a server
    was restored from a copy.
    """
    engine = kept_engines()[name]
    with _or_later():
        if _is_in_step(engine, name):
            return False
        with _or_anew(engine), engine.writing() as batch:
            last = last_change_number()
            apply(Plan.of(_missed(batch.stamp, last)), batch)
            batch.commit(last)
    return True


def rebuild(engine: Engine, report: Callable[[int], object] | None = None) -> int:
    """Build a new index beside the one that answers, then switch; returns its size.

    ``report`` hears the number of entries of each thing. What changes meanwhile is in
    the outbox behind the number noted at the start, and is applied before the switch,
    while no delivery can run.
    """
    entries = 0
    start = last_change_number()
    with engine.rebuilding() as batch:
        for count in apply_everything(batch):
            entries += count
            if report is not None:
                report(count)
        batch.publish(lambda final: _catch_up(final, start))
    _pass_over(RECEIVERS[engine.name], engine.stamp() or 0)
    return entries


def _pass_over(receiver: str, number: int) -> None:
    """What a new index holds need not be delivered to it: for a server that a site has
    only just got, that would be its whole content once more."""
    Cursor.objects.get_or_create(receiver=receiver)
    later = Cursor.objects.filter(receiver=receiver, position__lt=number)
    later.update(position=number)


def last_change_number() -> int:
    """The number of the newest change; 0 where nothing has ever changed."""
    return ChangeCounter.objects.values_list("last", flat=True).first() or 0


def _is_in_step(engine: Engine, name: str) -> bool:
    """Whether the index holds what was delivered to it, and nothing from the future."""
    stamp = engine.stamp()
    place = Cursor.objects.filter(receiver=RECEIVERS[name]).first()
    delivered = place.position if place else 0
    return stamp is not None and delivered <= stamp <= last_change_number()


def _missed(stamp: int, last: int) -> list[ChangeRecord]:
    """What was delivered once and is not in the index any more; mostly nothing.

    Raises ``EngineNotReadyError`` where deliveries cannot mend that: the outbox has
    forgotten the changes, or the database is older than the index.
    """
    missed = between(stamp, last) if stamp < last else []
    if missed is None or stamp > last_change_number():
        raise EngineNotReadyError("out of step with the database")
    return missed


@contextmanager
def _or_anew(engine: Engine) -> Iterator[None]:
    """What cannot be changed is built anew."""
    try:
        yield
    except EngineNotReadyError as error:
        logger.warning("the index of %s is %s: built anew", engine.name, error)
        rebuild(engine)


@contextmanager
def _or_later() -> Iterator[None]:
    """Nothing is lost where an engine cannot write just now; it is asked again."""
    try:
        yield
    except (EngineUnavailableError, EngineBusyError) as error:
        raise ReceiverUnavailableError(str(error)) from error


def _catch_up(batch: Batch, number: int) -> int:
    while changes := pending(number):
        apply(Plan.of(changes), batch)
        number = changes[-1].number
    return number
