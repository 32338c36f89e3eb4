"""Search on a server, and with the embedded engine while the server cannot answer.

The public notices nothing: the search that meets the failure is answered by the other
engine, and those after it do not ask the server any more. Every few seconds one search
looks whether the server is back and holds all that the embedded index holds; then it
answers again.
"""

from __future__ import annotations

import logging
import threading
import time

from search.engines.base import (
    Engine,
    EngineResult,
    EngineStatus,
    EngineUnavailableError,
    Query,
    Searcher,
)

logger = logging.getLogger(__name__)

# Seconds between two looks at the server. One search per process waits for a look, at
# most ``elasticsearch.STATUS_TIMEOUT``.
LOOK_EVERY = 5.0
# Deliveries reach the embedded index first; behind for longer is a server that does not
# take them.
MOST_BEHIND = 30.0
NO_INDEX = "it has no index of this version"


class FailoverSearcher(Searcher):
    def __init__(self, server: Engine, embedded: Engine) -> None:
        self._server = server
        self._embedded = embedded
        self._lock = threading.Lock()
        self._next_look = 0.0
        self._is_trusted = False
        self._behind_since: float | None = None

    @property
    def name(self) -> str:  # type: ignore[override]  # changes with the one that answers
        return self._answering().name

    def search(self, query: Query) -> EngineResult:
        if self._answering() is self._server:
            try:
                result = self._server.search(query)
                if result.total or self._server.stamp() is not None:
                    return result
                self._distrust(NO_INDEX)
            except EngineUnavailableError as error:
                self._distrust(str(error))
        return self._embedded.search(query)

    def status(self) -> EngineStatus:
        return self._answering().status()

    def _answering(self) -> Engine:
        now = time.monotonic()
        with self._lock:
            is_due = now >= self._next_look
            if is_due:
                # Whoever comes while this one looks goes by what was known.
                self._next_look = now + LOOK_EVERY
        if is_due:
            self._look()
        return self._server if self._is_trusted else self._embedded

    def _look(self) -> None:
        try:
            stamp = self._server.stamp()
        except EngineUnavailableError as error:
            self._distrust(str(error))
            return
        if stamp is None:
            self._distrust(NO_INDEX)
        elif self._is_behind(stamp):
            self._distrust(f"it holds the changes up to {stamp} only")
        else:
            if not self._is_trusted:
                logger.info("%s answers searches", self._server.name)
            self._is_trusted = True

    def _is_behind(self, stamp: int) -> bool:
        """Behind the embedded index, and not only for the moment of a delivery."""
        newest = self._embedded.stamp()
        if newest is None or stamp >= newest:
            self._behind_since = None
            return False
        if not self._is_trusted:
            return True
        now = time.monotonic()
        if self._behind_since is None:
            self._behind_since = now
        return now - self._behind_since >= MOST_BEHIND

    def _distrust(self, reason: str) -> None:
        if self._is_trusted:
            logger.warning(
                "%s does not answer searches, %s does: %s",
                self._server.name,
                self._embedded.name,
                reason,
            )
        self._is_trusted = False
        self._behind_since = None
        self._next_look = time.monotonic() + LOOK_EVERY
