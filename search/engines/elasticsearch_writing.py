"""Changing an index of Elasticsearch: changes that show together, and a new index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk
from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query as Condition

from home.indexing import IndexEntry
from search.engines.base import Batch, CatchUp, Rebuild
from search.engines.documents import SHARED_PORTAL
from search.engines.elasticsearch_documents import (
    EntryDocument,
    Names,
    document_id,
    make_action,
    make_stamp_action,
)
from search.engines.locks import hold

# A finished build is worth waiting for a long delivery.
PUBLISH_PATIENCE = 600.0
# What a build sends at once.
CHUNK = 500
# Fewer than a query may name.
MOST_OWNERS = 10_000
MERGE_TIMEOUT = 600.0

Action = dict[str, Any]


class IndexBatch(Batch):
    """Changes kept here until the commit.

    A commit sends them in bulk and refreshes the index once, after the last one: until
    then no search sees any. Ids are made of owner and key, so sending the same again
    changes nothing. Killed in between, the next batch replaces what had arrived.
    """

    def __init__(
        self,
        client: Elasticsearch,
        target: str,  # an index, or the alias of one
        stamp: int,
        *,
        must_exist_as_alias: bool = False,
    ) -> None:
        self.stamp = stamp
        self._client = client
        self._target = target
        self._must_exist_as_alias = must_exist_as_alias
        self._entries: dict[str, dict[str, IndexEntry]] = {}  # by owner and key
        self._portals: set[int] = set()

    def replace(self, owner: str, entries: Iterable[IndexEntry]) -> int:
        kept = {entry.key: entry for entry in entries}
        self._entries[owner] = kept
        return len(kept)

    def remove_portal(self, portal_id: int) -> None:
        self._portals.add(portal_id)
        for owner, entries in self._entries.items():
            self._entries[owner] = {
                key: entry
                for key, entry in entries.items()
                if (entry.portal_id or SHARED_PORTAL) != portal_id
            }

    def commit(self, stamp: int) -> None:
        # A change that comes a second time must not set the number back.
        self.stamp = max(stamp, self.stamp)
        outdated = set(self._stored_ids()) - {
            document_id(owner, key)
            for owner, entries in self._entries.items()
            for key in entries
        }
        bulk(
            self._client,
            [
                *self._index_actions(),
                *self._delete_actions(outdated),
                make_stamp_action(self._target, self.stamp),
            ],
            # Else the server would make an index that was never built.
            require_alias=self._must_exist_as_alias,
            # Deleted already, by the first try of a request that timed out.
            ignore_status=[404],
            max_retries=2,
        )
        self._client.indices.refresh(index=self._target)
        self._entries, self._portals = {}, set()

    def _index_actions(self) -> Iterator[Action]:
        for owner, entries in self._entries.items():
            for entry in entries.values():
                yield make_action(self._target, owner, entry)

    def _delete_actions(self, ids: Iterable[str]) -> Iterator[Action]:
        for each in sorted(ids):
            yield {"_op_type": "delete", "_index": self._target, "_id": each}

    def _stored_ids(self) -> Iterator[str]:
        """What the index holds of the owners and portals that change."""
        owners = list(self._entries)
        for start in range(0, len(owners), MOST_OWNERS):
            part = owners[start : start + MOST_OWNERS]
            yield from self._ids(Q("terms", owner=part))
        if self._portals:
            yield from self._ids(Q("terms", portal=sorted(self._portals)))

    def _ids(self, condition: Condition) -> Iterator[str]:
        search = EntryDocument.search(using=self._client, index=self._target)
        found = search.filter(condition).source(False).params(size=5000)
        for hit in found.scan():
            yield hit.meta.id


class IndexRebuild(Rebuild):
    """A new index that fills while another one answers.

    An owner that comes for the first time is sent on its way; what comes after that is
    a change like any other.
    """

    def __init__(
        self, client: Elasticsearch, names: Names, index: str, delivery_lock: Path
    ) -> None:
        self._client = client
        self._names = names
        self._index = index
        self._delivery_lock = delivery_lock
        self._changes = IndexBatch(client, index, 0)
        self._sent: set[str] = set()
        self._waiting: list[Action] = []

    @property
    def stamp(self) -> int:  # type: ignore[override]  # that of the changes
        return self._changes.stamp

    def replace(self, owner: str, entries: Iterable[IndexEntry]) -> int:
        if owner in self._sent:
            return self._changes.replace(owner, entries)
        self._sent.add(owner)
        actions = [make_action(self._index, owner, entry) for entry in entries]
        self._waiting += actions
        if len(self._waiting) >= CHUNK:
            self._send(show=False)
        return len(actions)

    def remove_portal(self, portal_id: int) -> None:
        self.commit(self.stamp)
        self._changes.remove_portal(portal_id)
        self.commit(self.stamp)

    def commit(self, stamp: int) -> None:
        self._send()
        self._changes.commit(stamp)

    def publish(self, catch_up: CatchUp) -> None:
        """Switches in one step, and removes the index that answered until then."""
        self._send()
        merging = self._client.options(request_timeout=MERGE_TIMEOUT)
        merging.indices.forcemerge(index=self._index, max_num_segments=1)
        with hold(self._delivery_lock, PUBLISH_PATIENCE):
            self._changes.commit(catch_up(self._changes))
            others = self._others()
            self._client.indices.update_aliases(actions=list(self._alias_actions()))
        for other in others:
            self._client.indices.delete(index=other, ignore_unavailable=True)

    def _alias_actions(self) -> Iterator[Action]:
        yield {"add": {"index": self._index, "alias": self._names.alias}}
        known = self._client.indices.get_alias(name=self._names.every_alias)
        for index, found in known.items():
            for alias in found["aliases"]:
                yield {"remove": {"index": index, "alias": alias}}

    def _others(self) -> list[str]:
        known = self._client.indices.get(index=self._names.every_index)
        return [name for name in known if name != self._index]

    def _send(self, *, show: bool = True) -> None:
        bulk(self._client, self._waiting, max_retries=2)
        self._waiting = []
        if show:
            # A change that follows looks for what it replaces.
            self._client.indices.refresh(index=self._index)
