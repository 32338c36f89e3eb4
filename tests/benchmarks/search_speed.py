"""How fast search is: the embedded engine beside an Elasticsearch, in one run.

Both engines hold the same entries, and are asked the same queries one after the other
in turn; what counts of a query is the best of its rounds, because all that a busy machine
does is to add. Run by ``script/bench search``.
"""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from elasticsearch import Elasticsearch

from home.models import Portal
from search.analysis import segmenter
from search.engines.base import Engine, Filters, Query
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_documents import Names
from search.engines.embedded import EmbeddedEngine
from search.highlight import Highlighter
from search.phrases import portal_phrases
from search.query_analysis import analyze_query
from search.ranking import ranking
from search.service import Known, SearchRequest, by_id, search
from search.sources import apply_everything
from statutes.naming import name_index
from tests.benchmarks.search_corpus import (
    Owned,
    Queries,
    enlarged,
    entries_of,
    lay_questions,
    library,
    load,
    save,
    short_queries,
)

ROUNDS = 4
TOP = 10
MADE = 100_000  # provisions
SAMPLE = 400_000  # characters for the segmenters
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, one for each query."""

    values: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.values, n=100, method="inclusive")[98]


@dataclass(frozen=True, slots=True)
class Built:
    entries: int
    seconds: float
    client: float  # seconds of CPU
    server: float


def run(questions: Path, url: str, say: Say) -> None:
    texts = library()
    queries = Queries(tuple(short_queries(texts)), tuple(lay_questions(questions)))
    say(f"{len(queries.short)} short queries, {len(queries.lay)} lay questions\n")
    measure_segmenters(texts, say)
    portal = Portal.objects.order_by("pk").last()
    assert portal is not None
    made = enlarged(texts, MADE)
    with engines(url) as (embedded, server):
        build(embedded, server, lambda batch: _fill(batch, made), say)
        measure(f"{MADE:,} provisions", embedded, server, queries, portal, say)
        say(f"{memory(embedded._generations.root, queries, portal.pk)}\n")
    with engines(url) as (embedded, server):
        build(embedded, server, lambda batch: list(apply_everything(batch)), None)
        measure(
            "all national texts and the demo", embedded, server, queries, portal, say
        )
        measure_suggestions(queries, embedded, portal, say)


# --- indexes ------------------------------------------------------------------------------


@contextmanager
def engines(url: str) -> Iterator[tuple[EmbeddedEngine, ElasticsearchEngine]]:
    """Two without an index; what they make is gone in the end."""
    prefix = f"bench-{uuid4().hex[:12]}"
    folder = Path(settings.VAR_DIR) / prefix
    with Elasticsearch(url, request_timeout=300) as client:
        try:
            yield (
                EmbeddedEngine(folder / "embedded"),
                ElasticsearchEngine(client, prefix, folder),
            )
        finally:
            names = Names(prefix)
            for index in client.indices.get(index=names.every_index):
                client.indices.delete(index=index)
            client.indices.delete_index_template(name=names.template)


def _fill(batch: Any, texts: Iterable[Owned]) -> list[int]:
    return [batch.replace(owner, entries) for owner, entries in texts]


def build(
    embedded: Engine,
    server: Engine,
    fill: Callable[[Any], Sequence[int]],
    say: Say | None,
) -> None:
    made = {engine.name: _build(engine, fill) for engine in (embedded, server)}
    if say is None:
        return
    one, other = made[embedded.name], made[server.name]
    say("### Building an index\n")
    say("| Engine | Entries | Seconds | CPU here | CPU of the server | together |")
    say("|---|---|---|---|---|---|")
    for name, built in made.items():
        say(
            f"| {name} | {built.entries:,} | {built.seconds:.0f} | {built.client:.0f} s"
            f" | {built.server:.0f} s | {built.client + built.server:.0f} s |"
        )
    share = (one.client + one.server) / (other.client + other.server)
    say(f"\n{_goal('CPU, embedded against Elasticsearch', share, 1.0)}\n")


def _build(engine: Engine, fill: Callable[[Any], Sequence[int]]) -> Built:
    began = time.perf_counter(), time.process_time(), _server_cpu(engine)
    with engine.rebuilding() as batch:
        entries = sum(fill(batch))
        batch.publish(lambda _batch: 1)
    return Built(
        entries,
        time.perf_counter() - began[0],
        time.process_time() - began[1],
        _server_cpu(engine) - began[2],
    )


def _server_cpu(engine: Engine) -> float:
    if not isinstance(engine, ElasticsearchEngine):
        return 0.0
    nodes = engine._client.nodes.stats(metric="process")["nodes"].values()
    return sum(node["process"]["cpu"]["total_in_millis"] for node in nodes) / 1000


# --- searches -----------------------------------------------------------------------------


def measure(
    title: str,
    embedded: Engine,
    server: Engine,
    queries: Queries,
    portal: Portal,
    say: Say,
) -> None:
    known = Known(portals=list(Portal.objects.with_identity()), names=name_index())
    say(f"### {title}\n")
    say("| Queries | | Embedded | Elasticsearch | Ratio | Goal |")
    say("|---|---|---|---|---|---|")
    ask = {
        "embedded": lambda words: ask_engine(embedded, words, portal.pk),
        "server": lambda words: ask_engine(server, words, portal.pk),
        "full": lambda words: search(
            SearchRequest(words, portal.pk), embedded, known=known
        ),
    }
    for name, asked, middle, slow in (
        ("short", queries.short, 0.5, 0.5),
        ("lay", queries.lay, 0.3, 0.5),
    ):
        times = take_times(asked, ask)
        alone, other, full = times["embedded"], times["server"], times["full"]
        for part, goal in (("p50", middle), ("p99", slow)):
            ours, theirs = getattr(alone, part), getattr(other, part)
            say(_row(f"{name}, engine alone", part, ours, theirs, goal))
        say(_row(f"{name}, full ranking", "p50", full.p50, other.p50, 1.0))
    say("")


def take_times(
    asked: Sequence[str], ask: dict[str, Callable[[str], object]]
) -> dict[str, Times]:
    """Each query of each of them in turn; the best of the rounds, after one to warm."""
    taken: dict[str, list[list[float]]] = {name: [] for name in ask}
    for words in asked:
        rounds: dict[str, list[float]] = {name: [] for name in ask}
        for number in range(ROUNDS + 1):
            for name, act in ask.items():
                began = time.perf_counter()
                act(words)
                if number:
                    rounds[name].append((time.perf_counter() - began) * 1000)
        for name, values in rounds.items():
            taken[name].append(values)
    return {
        name: Times(tuple(min(values) for values in each))
        for name, each in taken.items()
    }


def ask_engine(engine: Engine, words: str, portal: int) -> int:
    """The ten best with marks, the number of all and the facets."""
    analyzed = analyze_query(words)
    filters = Filters("zh-hans", (portal,), (portal,))
    is_short = " " in words
    required = (
        ranking().required(len(analyzed.concepts), is_sentence=False) if is_short else 1
    )
    found = engine.search(Query(analyzed, filters, required, limit=TOP))
    highlighter = Highlighter(analyzed)
    for hit in found.hits:
        highlighter.mark(hit.entry.title)
        highlighter.snippet(hit.entry.body)
    return len(found.facets.kinds)


# --- memory, suggestions, segmentation ------------------------------------------------------


def memory(root: Path, queries: Queries, portal: int) -> str:
    """Of a process that only searches."""
    save(root / "queries.json", queries)
    done = subprocess.run(  # noqa: S603  (this interpreter, this program)
        [sys.executable, "-m", "tests.benchmarks", "search-memory", root, str(portal)],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    return f"Memory: {done.stdout.strip()}; {size / 2**20:.0f} MiB of files."


def show_memory(root: Path, portal: int, say: Say) -> None:
    """What searching adds to a process that has the dictionary and no index yet."""
    queries = load(root / "queries.json")
    analyze_query("第一次")
    before = _resident()
    engine = EmbeddedEngine(root)
    for words in (*queries.short, *queries.lay):
        ask_engine(engine, words, portal)
    after = _resident()
    own, mapped = (after[name] - before[name] for name in ("RssAnon", "RssFile"))
    say(
        f"{own:.0f} MiB of the process's own and {mapped:.0f} MiB of the index mapped,"
        f" beside {before['RssAnon']:.0f} MiB of the program without an index"
    )


def _resident() -> dict[str, float]:
    """MiB, from Linux."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    fields = (line.partition(":") for line in lines.splitlines())
    return {
        name: int(value.split()[0]) / 1024
        for name, _colon, value in fields
        if name in ("RssAnon", "RssFile")
    }


def measure_suggestions(
    queries: Queries, embedded: Engine, portal: Portal, say: Say
) -> None:
    """While the words of the short queries are typed, character by character."""
    portals = by_id(Known())
    words = sorted({word for query in queries.short for word in query.split()})
    typed = sorted({word[:end] for word in words for end in range(1, len(word) + 1)})
    phrases = portal_phrases(portal.pk, "zh-hans", portals)
    phrases.suggest("第一次", 8)
    taken = []
    for part in typed:  # once each: an answer is kept for who types the same
        began = time.perf_counter()
        portal_phrases(portal.pk, "zh-hans", portals).suggest(part, 8)
        taken.append((time.perf_counter() - began) * 1000)
    suggested = Times(tuple(taken))
    times = take_times(
        queries.short, {"short": lambda words: ask_engine(embedded, words, portal.pk)}
    )
    say("### Suggestions against short queries of the embedded engine\n")
    say("| | Suggestions | Short queries | Ratio | Goal |")
    say("|---|---|---|---|---|")
    ratio = suggested.p50 / times["short"].p50
    say(
        f"| p50 | {suggested.p50:.2f} ms | {times['short'].p50:.2f} ms"
        f" | {ratio:.2f} | {_verdict(ratio, 1.0)} |\n"
    )


def measure_segmenters(texts: Sequence[Owned], say: Say) -> None:
    sample: list[str] = []
    for entry in entries_of(texts):
        sample.append(entry.body)
        if sum(map(len, sample)) > SAMPLE:
            break
    ours = _characters_per_second(segmenter().cut, sample)
    line = f"Segmentation: rjieba cuts {ours:,.0f} characters a second"
    if importlib.util.find_spec("jieba") is None:
        say(
            f"{line}; jieba is not installed (it is no part of this project): put it on"
            " PYTHONPATH to have it measured.\n"
        )
        return
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    theirs = _characters_per_second(jieba.lcut, sample)
    ratio = ours / theirs
    verdict = "met" if ratio >= 20 else "missed"
    say(f"{line}, jieba {theirs:,.0f}: {ratio:.1f} times (goal 20, {verdict}).\n")


def _characters_per_second(cut: Callable[[str], object], texts: Sequence[str]) -> float:
    cut(texts[0])
    began = time.process_time()
    for text in texts:
        cut(text)
    return sum(map(len, texts)) / (time.process_time() - began)


# --- words ----------------------------------------------------------------------------------


def _row(name: str, part: str, ours: float, theirs: float, goal: float) -> str:
    ratio = ours / theirs
    return (
        f"| {name} | {part} | {ours:.2f} ms | {theirs:.2f} ms | {ratio:.2f}"
        f" | {_verdict(ratio, goal)} |"
    )


def _verdict(ratio: float, goal: float) -> str:
    return f"≤ {goal}, {'met' if ratio <= goal else 'missed'}"


def _goal(name: str, ratio: float, goal: float) -> str:
    return f"{name}: {ratio:.2f} ({_verdict(ratio, goal)})."
