"""The numbers of ranking that the browser needs: those of the server's search."""

from __future__ import annotations

from search.engines.base import LIBRARY_KINDS
from search.offline.terms import LEAST, STEP
from search.ordering import order_rules
from search.ranking import Matching, ranking


def rules() -> dict[str, object]:
    found, order = ranking(), order_rules()
    return {
        "least": LEAST,
        "step": STEP,
        "heading": found.fields["heading_words"],
        "single": found.fields["singles"],
        "tie": found.alternatives_tie,
        "alike": found.least_similarity,
        "keywords": _matching(found.keywords),
        "sentence": _matching(found.sentence),
        "bands": [order.keywords_band, order.sentence_band],
        "library": list(LIBRARY_KINDS),
    }


def _matching(found: Matching) -> list[float]:
    return [found.all_up_to, found.share]
