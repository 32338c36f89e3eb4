"""The engines of search: those that are kept, and the one that answers."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from search.engine_names import ELASTICSEARCH, EMBEDDED
from search.engines.base import Engine, Searcher
from search.engines.embedded import EmbeddedEngine
from search.engines.failover import FailoverSearcher


def get_engine() -> Searcher:
    """What answers searches; one per process and index folder.

    With a server, that is the server while it can, and else the embedded engine.
    """
    kept = kept_engines()
    server = kept.get(ELASTICSEARCH)
    if server is None:
        return kept[EMBEDDED]
    return _failover(server, kept[EMBEDDED])


def kept_engines() -> dict[str, Engine]:
    """Every engine whose index follows the database, by name.

    The embedded one always does: it answers when the server does not.
    """
    folder = Path(settings.SEARCH_INDEX_DIR)
    kept = {EMBEDDED: _embedded(folder)}
    if settings.ELASTICSEARCH_URLS:
        kept[ELASTICSEARCH] = _elasticsearch(
            tuple(settings.ELASTICSEARCH_URLS),
            settings.ELASTICSEARCH_PREFIX,
            settings.ELASTICSEARCH_API_KEY,
            settings.ELASTICSEARCH_CA_CERTS,
            folder,
        )
    return kept


@cache
def _embedded(folder: Path) -> Engine:
    return EmbeddedEngine(folder)


@cache
def _elasticsearch(
    urls: tuple[str, ...], prefix: str, api_key: str, ca_certs: str, folder: Path
) -> Engine:
    # Two thirds of a second, for an installation that has a server.
    from elasticsearch import Elasticsearch

    from search.engines.elasticsearch import ElasticsearchEngine

    # It tells every failed request; ours says once that the server is gone.
    logging.getLogger("elastic_transport.node_pool").setLevel(logging.ERROR)
    options: dict[str, Any] = {"ca_certs": ca_certs} if ca_certs else {}
    # Another node of the cluster may answer where one does not.
    options["max_retries"] = len(urls) - 1
    client = Elasticsearch(list(urls), api_key=api_key or None, **options)
    return ElasticsearchEngine(client, prefix, folder)


@cache
def _failover(server: Engine, embedded: Engine) -> Searcher:
    return FailoverSearcher(server, embedded)
