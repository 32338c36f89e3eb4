"""One module per kind of demo page.

The order matters: a page is made after the one below which it stands.
"""

from articles.demo.makers import (
    articles,
    campaigns,
    catalogues,
    documents,
    interpretations,
    questions,
    services,
)
from articles.demo.makers.base import FieldMaker
from articles.demo.sources import Row

MAKERS: tuple[FieldMaker, ...] = (
    questions.MAKER,
    campaigns.CAMPAIGNS,
    campaigns.EVENTS,
    articles.MAKER,
    documents.MAKER,
    interpretations.MAKER,
    catalogues.MAKER,
    services.GUIDES,
    services.CASES,
    services.INFORMATION,
)


def all_rows() -> list[Row]:
    """Every page file of the demo; reading checks them."""
    return [row for maker in MAKERS for row in maker.rows()]
