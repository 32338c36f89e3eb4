"""A rebuild that has sent half of its entries and waits to be killed; run as a program
with the server's address, a prefix and a folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.builders import entry


def main(url: str, prefix: str, folder: str) -> None:
    engine = ElasticsearchEngine(Elasticsearch(url), prefix, Path(folder))
    with engine.rebuilding() as batch:
        for number in range(1000):
            one = entry(f"article:{number}:zh-hans", "新闻")
            batch.replace(one.key, [one])
        sys.stdout.write("building\n")
        sys.stdout.flush()
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
