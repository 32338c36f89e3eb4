"""Installations of their own on a shared Elasticsearch, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_documents import Names


@dataclass(frozen=True, slots=True)
class Installation:
    client: Elasticsearch
    prefix: str
    engine: ElasticsearchEngine

    @property
    def indexes(self) -> list[str]:
        return sorted(self.client.indices.get(index=Names(self.prefix).every_index))


@contextmanager
def installation(url: str, folder: Path) -> Iterator[Installation]:
    """An engine with a prefix of its own; all of it is gone in the end."""
    prefix = f"test-{uuid4().hex[:12]}"
    names = Names(prefix)
    with Elasticsearch(url, request_timeout=60) as client:
        yield Installation(client, prefix, ElasticsearchEngine(client, prefix, folder))
        for index in client.indices.get(index=names.every_index):
            client.indices.delete(index=index)
        if client.indices.exists_index_template(name=names.template):
            client.indices.delete_index_template(name=names.template)
