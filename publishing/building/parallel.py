"""Rendering in several processes, each with the same snapshot."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from typing import IO

from django.db import connections

from publishing.addresses import Address
from publishing.building.making import MakeAll, in_one_process, search_index
from publishing.building.workshop import BATCH, Failed, Made, Workshop

# Of Linux: which signal a process gets when its parent dies.
PR_SET_PDEATHSIG = 1
# What the children of a fork find; set for the length of one run.
_workshops: list[Workshop] = []
_context = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class InProcesses:
    """Makes addresses in ``jobs`` processes."""

    jobs: int

    def __call__(
        self, workshop: Workshop, addresses: list[Address]
    ) -> Iterator[Made | Failed]:
        return _make_all(workshop, addresses, self.jobs)


def in_processes(jobs: int) -> MakeAll:
    """How to make addresses with ``jobs`` processes."""
    return in_one_process if jobs == 1 else InProcesses(jobs)


@contextmanager
def search_of(make_all: MakeAll, workshop: Workshop) -> Iterator[Iterable[Made]]:
    """The files of the search index; with several processes, one more makes them while
    the others make the pages."""
    if not isinstance(make_all, InProcesses):
        yield search_index(workshop)
        return
    # A connection may not be used on both sides of a fork.
    connections.close_all()
    with tempfile.TemporaryFile() as kept:
        child = _context.Process(
            target=_make_search, args=(workshop, kept, os.getpid()), daemon=True
        )
        child.start()
        try:
            yield _search_files(child, kept)
        finally:
            child.kill()
            child.join()


def _make_search(workshop: Workshop, kept: IO[bytes], parent: int) -> None:
    die_with_parent(parent)
    for made in search_index(workshop):
        pickle.dump(made, kept)
    kept.flush()


def _search_files(child: ForkProcess, kept: IO[bytes]) -> Iterator[Made]:
    child.join()
    if child.exitcode:
        raise RuntimeError(f"the search index ended with {child.exitcode}")
    size = kept.seek(0, os.SEEK_END)
    kept.seek(0)
    while kept.tell() < size:
        yield pickle.load(kept)  # noqa: S301  (our own, of a moment ago)


def _make_all(
    workshop: Workshop, addresses: list[Address], jobs: int
) -> Iterator[Made | Failed]:
    ordered = sorted(
        addresses, key=lambda at: (at.kind == "page", at.language, at.path)
    )
    _workshops.append(workshop)
    connections.close_all()
    try:
        with _context.Pool(jobs, die_with_parent, [os.getpid()]) as pool:
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
