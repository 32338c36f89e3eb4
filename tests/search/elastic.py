"""Installations of their own on a shared Elasticsearch, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.test import override_settings
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


def make_prefix() -> str:
    return f"test-{uuid4().hex[:12]}"


@contextmanager
def installation(
    url: str, folder: Path, prefix: str | None = None
) -> Iterator[Installation]:
    """An engine with a prefix of its own; all of it is gone in the end."""
    prefix = prefix or make_prefix()
    with Elasticsearch(url, request_timeout=60) as client:
        yield Installation(client, prefix, ElasticsearchEngine(client, prefix, folder))
        names = Names(prefix)
        for index in client.indices.get(index=names.every_index):
            client.indices.delete(index=index)
        if client.indices.exists_index_template(name=names.template):
            client.indices.delete_index_template(name=names.template)


@contextmanager
def site_with_elasticsearch(
    server_url: str, client_url: str, folder: Path
) -> Iterator[Installation]:
    """Settings of a site that searches by ``client_url``, which leads to the server."""
    with (
        installation(server_url, folder) as installed,
        override_settings(
            SEARCH_INDEX_DIR=folder,
            ELASTICSEARCH_URLS=[client_url],
            ELASTICSEARCH_PREFIX=installed.prefix,
        ),
    ):
        yield installed
