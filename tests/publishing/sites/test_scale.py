"""A portal of 10,000 pages: what a change costs, and what a build keeps in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from publishing.sites.outputs import Fact, Output, output_of
from publishing.sites.site import Site
from tests.publishing.sites.making import HOST

PAGES = 10_000


def facts_of(number: int, answer: str = "") -> dict[Fact, str]:
    """Twenty facts: of its own, of its neighbours, of its lists, of all."""
    cards = {("card", str((number + step) % PAGES)): "c" for step in range(9)}
    lists = {("list", str(number % 40), str(part)): "l" for part in range(9)}
    return {("page", str(number)): answer, ("frame",): "f", **cards, **lists}


def page(number: int, words: str = "") -> tuple[Output, bytes]:
    body = f"<p>{number} {words}</p>".encode()
    name = f"column{number % 40}/page{number}/index.html"
    facts = facts_of(number, words)
    output = output_of(
        name, body, kind="page", type="text/html", page_id=number, facts=facts
    )
    return output, body


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site.of(HOST, tmp_path_factory.mktemp("large"))
    begun = process_time()
    with site.full_run("test") as run:
        for number in range(PAGES):
            run.put(*page(number))
    # 4 s on the machine where this was written; another may take three times as long.
    assert process_time() - begun < 15
    yield site
    site.close()


@pytest.mark.long
def test_a_change_costs_the_same_in_a_large_portal_as_in_a_small_one(
    large: Site, tmp_path: Path
) -> None:
    small = Site.of(HOST, tmp_path)
    with small.full_run("test") as run:
        for number in range(PAGES // 20):
            run.put(*page(number))

    def cost(site: Site, words: str) -> float:
        begun = process_time()
        with site.change_run("test") as run:
            for number in range(5):
                assert run.put(*page(number, words))
        return process_time() - begun

    in_small = min(cost(small, f"neu {turn}") for turn in range(5))
    in_large = min(cost(large, f"neu {turn}") for turn in range(5))
    small.close()
    assert in_large < 0.1
    # Its shards of the manifest hold twenty times as many lines.
    assert in_large < in_small + 0.05


@pytest.mark.long
def test_a_build_of_a_large_portal_with_nothing_changed_writes_nothing(
    large: Site,
) -> None:
    outputs = list(large.record.outputs())
    large.cut_release()
    released = large.releases()
    begun = process_time()
    with large.full_run("test") as run:
        for output in outputs:
            assert run.keep(output)
    assert process_time() - begun < 8
    assert run.written == run.deleted == 0
    assert large.releases() == released


@pytest.mark.long
def test_memory_does_not_grow_with_the_bytes_of_the_site(tmp_path: Path) -> None:
    peaks = []
    for size in (1_000, 400_000):
        site = Site.of(f"size-{size}.localhost", tmp_path)
        tracemalloc.start()
        with site.full_run("test") as run:
            for number in range(300):
                body = bytes(str(number), "ascii").ljust(size)
                name = f"{number}/index.html"
                run.put(output_of(name, body, kind="page", type="text/html"), body)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        site.close()
    # 120 MB went through; one file at a time may be held.
    assert peaks[1] - peaks[0] < 3 * 400_000
