"""Rendering in several processes, each with the same snapshot."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator

from django.db import connections

from publishing.addresses import Address
from publishing.building.making import MakeAll, in_one_process
from publishing.building.workshop import BATCH, Failed, Made, Workshop

# Of Linux: which signal a process gets when its parent dies.
PR_SET_PDEATHSIG = 1
# What the children of a fork find; set for the length of one run.
_workshops: list[Workshop] = []


def in_processes(jobs: int) -> MakeAll:
    """How to make addresses with ``jobs`` processes."""
    if jobs == 1:
        return in_one_process

    def make_all(
        workshop: Workshop, addresses: list[Address]
    ) -> Iterator[Made | Failed]:
        return _make_all(workshop, addresses, jobs)

    return make_all


def _make_all(
    workshop: Workshop, addresses: list[Address], jobs: int
) -> Iterator[Made | Failed]:
    ordered = sorted(
        addresses, key=lambda at: (at.kind == "page", at.language, at.path)
    )
    _workshops.append(workshop)
    # A connection may not be used on both sides of a fork.
    connections.close_all()
    try:
        context = multiprocessing.get_context("fork")
        with context.Pool(jobs, die_with_parent, [os.getpid()]) as pool:
            for made in pool.imap(_make, _batches(ordered)):
                yield from made
    finally:
        _workshops.remove(workshop)


def die_with_parent(parent: int) -> None:
    """A child of a killed parent would hold the lock of the site, and wait for ever."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before that was said
        os._exit(1)


def _batches(addresses: list[Address]) -> Iterable[list[Address]]:
    start = 0
    while start < len(addresses):
        yield addresses[start : start + BATCH]
        start += BATCH


def _make(addresses: list[Address]) -> list[Made | Failed]:
    return list(_workshops[-1].make_all(addresses))
