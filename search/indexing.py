"""Keep the index as the database is: deliveries from the outbox, and building anew."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from home.models import ChangeCounter
from home.outbox import ChangeRecord, pending
from search.engines import get_engine
from search.engines.base import Batch, Engine, EngineNotReadyError
from search.sources import Plan, apply, apply_everything

logger = logging.getLogger(__name__)


def deliver(changes: Sequence[ChangeRecord]) -> None:
    """The outbox receiver: one commit per delivery, stamped with the last change.

    Killed before the commit, nothing has happened; killed after it and before the
    outbox has saved its cursor, the same changes come again and change nothing.
    """
    if not changes:
        return
    engine = get_engine()
    try:
        with engine.writing() as batch:
            apply(Plan.of(changes), batch)
            batch.commit(changes[-1].number)
    except EngineNotReadyError as error:
        logger.warning("the search index is %s and is built anew", error)
        rebuild(engine)


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
    return entries


def last_change_number() -> int:
    """The number of the newest change; 0 where nothing has ever changed."""
    return ChangeCounter.objects.values_list("last", flat=True).first() or 0


def _catch_up(batch: Batch, number: int) -> int:
    while changes := pending(number):
        apply(Plan.of(changes), batch)
        number = changes[-1].number
    return number
