"""Who serves a village. A name or number is shown only while the person agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps

from home.directory.lines import tier_rank
from home.directory.presentation import Contact, PersonLine
from home.languages import localized
from home.phones import phone_numbers
from home.presentation import Card, Reader

if TYPE_CHECKING:
    from home.models import LegalWorker


def workers(reader: Reader) -> Sequence[LegalWorker]:
    found: Sequence[LegalWorker] = reader.records(apps.get_model("home", "LegalWorker"))
    return found


def person_lines(
    rows: Iterable[LegalWorker], points: Sequence[Card], reader: Reader
) -> tuple[PersonLine, ...]:
    """Those who agree by name; the others as one line per kind, without a name."""
    named: list[PersonLine] = []
    unnamed: dict[str, set[str]] = {}
    asks: dict[str, Contact | None] = {}
    for row in rows:
        if row.is_public(reader.today):
            named.append(_person(row, points, reader))
            continue
        # "" stands for the whole township, and then no village is named.
        known = unnamed.get(row.kind, set())
        is_whole = not row.villages or known == {""}
        unnamed[row.kind] = {""} if is_whole else known | {*row.villages}
        asks[row.kind] = contact(row.township_id, points, reader)
    named.sort(key=lambda line: _KINDS.index(line.kind))
    hidden = [
        PersonLine(
            kind=kind,
            kind_label=kind_name(kind),
            villages=village_names(unnamed[kind] - {""}, reader),
            ask=asks[kind],
        )
        for kind in _KINDS
        if kind in unnamed
    ]
    return (*named, *hidden)


_KINDS = ("adviser", "mediator", "guide")


def kind_name(kind: str) -> str:
    model = apps.get_model("home", "LegalWorker")
    return str(model.Kind(kind).label)


def _person(row: LegalWorker, points: Sequence[Card], reader: Reader) -> PersonLine:
    phones = phone_numbers(row.phone)
    return PersonLine(
        kind=row.kind,
        kind_label=kind_name(row.kind),
        villages=village_names(row.villages, reader),
        name=_text(row, "name", reader.language),
        organization=_text(row, "organization", reader.language),
        phones=phones,
        ask=None if phones else contact(row.township_id, points, reader),
    )


def _text(row: Any, field: str, language: str) -> str:
    found = getattr(row, localized(field, language)) or getattr(
        row, localized(field, "zh-hans")
    )
    return found or ""


def village_names(codes: Iterable[str], reader: Reader) -> tuple[str, ...]:
    wanted = set(codes)
    return tuple(region.name for region in reader.regions() if region.code in wanted)


def contact(
    township_id: int | None, points: Sequence[Card], reader: Reader
) -> Contact | None:
    """The point of the township that can be rung, else the county's, else the bureau."""
    rank = tier_rank(reader)
    best: tuple[Any, Card] | None = None
    for card in points:
        facts = reader.facts(card.id)
        is_here = township_id is not None and facts.get("township_id") == township_id
        tier, place = rank(facts.get("level", ""))
        if not facts.get("phone") or not (is_here or tier == 0):
            continue
        # Of the own township the township's desk; of the others the county's.
        key = (not is_here, tier != 1 if is_here else False, place)
        if best is None or key < best[0]:
            best = key, card
    if best is not None:
        card = best[1]
        phones = phone_numbers(reader.facts(card.id)["phone"])
        return Contact(card.heading, card.path, phones)
    if not reader.publisher_name:
        return None
    return Contact(reader.publisher_name, "", phone_numbers(reader.publisher_phone))


def people_at(
    township_id: int | None,
    village_code: str,
    points: Sequence[Card],
    reader: Reader,
) -> tuple[PersonLine, ...]:
    """Who serves a township, or one village of it; by name only."""
    rows = [
        row
        for row in workers(reader)
        if row.township_id is not None
        and row.township_id == township_id
        and row.is_public(reader.today)
        and (not village_code or not row.villages or village_code in row.villages)
    ]
    return person_lines(rows, points, reader)
