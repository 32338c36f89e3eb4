"""What lists show of pages beyond a card, and the records of a portal, read when the
first page asks for them and kept with the tree: one query per kind and change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from home.languages import localized
from home.models import PortalRecord, Region
from home.models.regions import RegionData
from publishing.light_rows import kind_models

Facts = Mapping[str, Any]


@dataclass(slots=True)
class Details:
    """``languages``: those that the portal uses, Chinese first."""

    portal_id: int
    root_path: str
    languages: tuple[str, ...]
    _facts: dict[str, dict[int, dict[str, Facts]]] = field(default_factory=dict)
    _records: dict[type[PortalRecord], tuple[PortalRecord, ...]] = field(
        default_factory=dict
    )
    _regions: dict[int, dict[str, RegionData]] = field(default_factory=dict)

    def facts(self, kind: str, page_id: int, language: str) -> Facts:
        """Of a page that the tree holds; empty for a kind that has none."""
        model = kind_models()[kind]
        if not (model.fact_fields or model.fact_texts):
            return {}
        if kind not in self._facts:
            self._facts[kind] = self._read(kind)
        found = self._facts[kind].get(page_id)
        return found[language] if found else {}

    def _read(self, kind: str) -> dict[int, dict[str, Facts]]:
        model = kind_models()[kind]
        columns = [
            localized(name, code)
            for name in model.fact_texts
            for code in self.languages
        ]
        rows = (
            model._default_manager.filter(path__startswith=self.root_path, live=True)
            .order_by()
            .values("pk", *model.fact_fields, *columns)
        )
        return {row["pk"]: self._by_language(model, row) for row in rows}

    def _by_language(self, model: Any, row: dict[str, Any]) -> dict[str, Facts]:
        plain = {name: row[name] for name in model.fact_fields}
        main = self.languages[0]
        return {
            code: plain
            | {
                name: row[localized(name, code)] or row[localized(name, main)]
                for name in model.fact_texts
            }
            for code in self.languages
        }

    def records(self, model: type[PortalRecord]) -> Sequence[PortalRecord]:
        if model not in self._records:
            self._records[model] = tuple(model.for_public(self.portal_id))
        return self._records[model]

    def regions(self, codes: Sequence[str]) -> dict[int, dict[str, RegionData]]:
        """By id and language: those whose code begins with one of ``codes``."""
        if not self._regions:
            self._regions = Region.objects.starting_with(codes).as_data(self.languages)
        return self._regions
