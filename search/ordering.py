"""Among equally good results the kinds have an order (``search/data/order.yaml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from search.engines.base import EngineHit, Facets
from search.lexicon import DATA_DIR, read_data


@dataclass(frozen=True, slots=True)
class OrderRules:
    kinds: tuple[str, ...]
    sentence_band: float
    keywords_band: float

    def place(self, kind: str) -> int:
        return self.kinds.index(kind) if kind in self.kinds else len(self.kinds)


@cache
def order_rules() -> OrderRules:
    data = read_data(DATA_DIR / "order.yaml")
    band = data["band"]
    return OrderRules(
        tuple(data["kinds"]["value"]),
        band["sentence"]["value"],
        band["keywords"]["value"],
    )


def by_kind_in_bands(
    hits: Sequence[EngineHit], candidates: int, *, is_sentence: bool
) -> list[EngineHit]:
    """Sort ranked hits by kind where their scores are nearly the same.

    Only the first ``candidates``, which are the same for every page of a result.
    """
    first = list(hits[:candidates])
    if not first or first[0].score <= 0:
        return list(hits)
    rules = order_rules()
    share = rules.sentence_band if is_sentence else rules.keywords_band
    sorted_hits: list[EngineHit] = []
    band: list[EngineHit] = []
    for hit in first:
        if band and hit.score < band[0].score * (1 - share):
            sorted_hits += _by_kind(band)
            band = []
        band.append(hit)
    return [*sorted_hits, *_by_kind(band), *hits[candidates:]]


def _by_kind(hits: list[EngineHit]) -> list[EngineHit]:
    return sorted(hits, key=lambda hit: order_rules().place(hit.entry.kind))


def kinds_in_order(facets: Facets) -> Facets:
    rules = order_rules()
    kinds = sorted(facets.kinds, key=lambda count: rules.place(count.value))
    return replace(facets, kinds=tuple(kinds))
