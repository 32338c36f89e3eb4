"""The bureau's offices as plain data of one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from home.languages import localized
from home.models import Office
from home.phones import PhoneNumber, phone_numbers
from home.presentation import Reader


@dataclass(frozen=True, slots=True)
class OfficeData:
    id: int
    name: str
    head: str
    duties: tuple[str, ...]
    phones: tuple[PhoneNumber, ...]
    address: str
    hours: str


def offices(reader: Reader) -> tuple[OfficeData, ...]:
    """Those of the reader's portal, in their order; Chinese where a language lacks a
    text, since an address is of use in any language."""

    def said(office: Office, field: str) -> str:
        own = getattr(office, localized(field, reader.language))
        return own or getattr(office, localized(field, settings.LANGUAGE_CODE)) or ""

    return tuple(
        OfficeData(
            id=office.pk,
            name=said(office, "name"),
            head=office.head,
            duties=lines_of(said(office, "duties")),
            phones=phone_numbers(office.phone),
            address=said(office, "address"),
            hours=said(office, "hours"),
        )
        for office in reader.records(Office)
    )


def lines_of(text: str | None) -> tuple[str, ...]:
    """The items of a text in which every line is one; empty lines left out."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
