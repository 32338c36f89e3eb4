"""Interpretations: a file names its document by the slug, and its office by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.demo.bodies import Targets
from articles.demo.makers.base import FieldMaker, office_of
from articles.demo.makers.documents import document_id
from articles.demo.sources import Row
from articles.demo.workshop import Workshop
from articles.models import InterpretationPage


@dataclass(frozen=True, kw_only=True)
class InterpretationMaker(FieldMaker):
    def fill(self, page: Any, row: Row, targets: Targets, shop: Workshop) -> None:
        super().fill(page, row, targets, shop)
        page.document_id = document_id(row, "document", targets)
        page.office = office_of(row, shop)


MAKER = InterpretationMaker(
    model=InterpretationPage,
    folder="interpretations",
    column="jiedu",
    plain=("form", "interpreter", "interpreter_title"),
    required=frozenset(
        "summary topics audiences source published document form interpreter"
        " body".split()
    ),
    more_keys=frozenset({"document", "office"}),
)
