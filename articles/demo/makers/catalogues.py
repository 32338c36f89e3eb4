"""The catalogue of each portal; what it lists comes from the documents."""

from __future__ import annotations

from articles.demo.makers.base import FieldMaker
from articles.models import CataloguePage

MAKER = FieldMaker(
    model=CataloguePage,
    folder="catalogues",
    column="xinxi-gongkai",
    streams=(),
    required=frozenset({"summary"}),
)
