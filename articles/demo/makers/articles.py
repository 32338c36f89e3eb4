"""Articles."""

from __future__ import annotations

from articles.demo.makers.base import FieldMaker
from articles.models import ArticlePage

MAKER = FieldMaker(
    model=ArticlePage,
    folder="articles",
    plain=("author", "place", "reprint_source", "reprint_url"),
    days=("original_date",),
    pictures=("cover",),
    required=frozenset("column summary topics audiences source published body".split()),
)
