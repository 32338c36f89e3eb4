"""What lists show of pages beyond a card, and the records of a portal, read when the
first page asks for them and kept with the tree: each in one query per change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject
from wagtail.fields import StreamField

from home.languages import localized
from home.models import BasePage, PortalRecord, Region
from home.models.regions import RegionData
from publishing.light_rows import kind_models

Facts = Mapping[str, Any]


# So many pages are read one by one; for more, everything is read again.
MOST_STALE = 500
SUBJECTS_OF_RECORDS = frozenset({"record", "region", "media", "portal"})


@dataclass(slots=True)
class Details:
    """``languages``: those that the portal uses, Chinese first."""

    portal_id: int
    root_path: str
    languages: tuple[str, ...]
    # Pages that have changed since their facts were read, with their kinds ("": gone).
    _stale: Mapping[int, str] = field(default_factory=dict)
    _facts: dict[int, dict[str, Facts]] | None = None
    _records: dict[type[PortalRecord], tuple[PortalRecord, ...]] = field(
        default_factory=dict
    )
    _regions: dict[int, dict[str, RegionData]] | None = None

    def facts(self, page_id: int, language: str) -> Facts:
        """Of a page that the tree holds; empty for a kind that has none."""
        found = self._table().get(page_id)
        return found[language] if found else {}

    def _table(self) -> dict[int, dict[str, Facts]]:
        known, stale = self._facts, self._stale
        if known is None:
            known = self._read_facts(kind_models(), None)
        elif stale:
            read = self._read_facts(set(stale.values()), stale)
            kept = known.copy()
            for page_id in stale:
                kept.pop(page_id, None)
            known = kept | read
        if known is not self._facts:
            self._facts, self._stale = known, {}
        return known

    def patched(
        self,
        changed: Mapping[int, str],
        subjects: Collection[tuple[str, str]],
    ) -> Details:
        """After changes: what they touch is read when somebody asks for it.

        ``changed``: pages with their kinds, "" for those that are gone.
        """
        kinds_of_change = {subject for subject, _key in subjects}
        shared = kinds_of_change & {"region", "portal"}
        stale = {**self._stale, **changed}
        # A region that is deleted is taken out of the pages that name it.
        is_read_anew = "region" in kinds_of_change or len(stale) > MOST_STALE
        return Details(
            self.portal_id,
            self.root_path,
            self.languages,
            {} if is_read_anew or self._facts is None else stale,
            None if is_read_anew else self._facts,
            {} if kinds_of_change & SUBJECTS_OF_RECORDS else self._records.copy(),
            None if shared else self._regions,
        )

    def _read_facts(
        self, kinds: Iterable[str], page_ids: Collection[int] | None
    ) -> dict[int, dict[str, Facts]]:
        """Of all kinds: a list may hold every kind, and a page asks eight times."""
        querysets = [
            self._fact_rows(model)
            for kind, model in kind_models().items()
            if kind in kinds and (model.fact_fields or model.fact_texts)
        ]
        if page_ids is not None:
            querysets = [rows.filter(pk__in=page_ids) for rows in querysets]
        if not querysets:
            return {}
        rows = querysets[0].union(*querysets[1:], all=True)
        return {
            page_id: self._by_language(kind_models()[kind], stored)
            for page_id, kind, stored in rows
        }

    def _fact_rows(self, model: type[BasePage]) -> QuerySet[Any, tuple[Any, ...]]:
        stored = JSONObject(**{name: F(name) for name in self._columns(model)})
        return (
            model._default_manager.filter(path__startswith=self.root_path, live=True)
            .order_by()
            .annotate(kind_name=Value(model.kind, CharField()), stored=stored)
            .values_list("pk", "kind_name", "stored")
        )

    def _columns(self, model: type[BasePage]) -> list[str]:
        texts = (
            localized(name, code)
            for name in model.fact_texts
            for code in self.languages
        )
        return [*model.fact_fields, *texts]

    def _by_language(
        self, model: type[BasePage], stored: dict[str, Any]
    ) -> dict[str, Facts]:
        plain = {
            name: restored(model._meta.get_field(name), stored[name])
            for name in model.fact_fields
        }
        main = self.languages[0]
        return {
            code: plain
            | {
                name: stored[localized(name, code)]
                or stored[localized(name, main)]
                or ""
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
        if self._regions is None:
            self._regions = Region.objects.starting_with(codes).as_data(self.languages)
        return self._regions


def restored(column: Any, stored: Any) -> Any:
    """The value of a field from what the database wrote into a JSON object."""
    if stored is None:
        return None
    match column:
        case models.DateTimeField():
            moment = datetime.fromisoformat(stored)
            # SQLite keeps times in UTC and does not say so.
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        case models.JSONField():
            return json.loads(stored) if isinstance(stored, str) else stored
        case models.DecimalField():
            return column.to_python(str(stored))
        case StreamField() if not isinstance(stored, str):
            return column.to_python(json.dumps(stored))
    return column.to_python(stored)
