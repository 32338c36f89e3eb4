"""The head of an official document (文件头) as its page and all lists show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from articles.policy.classes import document_classes
from articles.policy.standing import OVER, Disclosure, Validity, standing_of
from home.presentation import Reader

if TYPE_CHECKING:
    from articles.models import PolicyDocumentPage


@dataclass(frozen=True, slots=True)
class DocumentHead:
    index_number: str
    document_number: str
    issuer: str
    written_on: date | None
    issued_on: date | None
    subject_class: str  # in words
    disclosure: str  # "active" | "request" | "none"
    disclosure_label: str
    validity: str  # "valid" | "expired" | "repealed" | "amended", today
    validity_label: str
    valid_until: date | None

    @property
    def is_over(self) -> bool:
        """No longer to be followed."""
        return self.validity in OVER

    @property
    def holds(self) -> bool:
        return self.validity == Validity.VALID


def head_of(facts: Mapping[str, Any], reader: Reader) -> DocumentHead | None:
    """From ``Reader.facts`` of a document; None where it is not public."""
    if "index_number" not in facts:
        return None
    validity = standing_of(facts["validity"], facts["valid_until"], reader.today)
    known = document_classes().get(facts["subject_class"])
    disclosure = Disclosure(facts["disclosure"])
    return DocumentHead(
        index_number=facts["index_number"],
        document_number=facts["document_number"],
        issuer=facts["issuer"] or reader.publisher_name,
        written_on=facts["written_on"],
        issued_on=facts["issued_on"],
        subject_class=known.name(reader.language) if known else "",
        disclosure=disclosure.value,
        disclosure_label=str(disclosure.label),
        validity=validity.value,
        validity_label=str(validity.label),
        valid_until=facts["valid_until"],
    )


def own_head(page: PolicyDocumentPage, reader: Reader) -> DocumentHead:
    """Of the page as it is being edited, not as it is public."""
    head = head_of({name: getattr(page, name) for name in page.fact_fields}, reader)
    assert head is not None  # noqa: S101  (for the type: a page has all its facts)
    return head


def document_notes(facts: Mapping[str, Any], reader: Reader) -> tuple[str, ...]:
    """Of a document in a list: whether it still holds, where it does not, its number."""
    head = head_of(facts, reader)
    if head is None:
        return ()
    standing = "" if head.holds else head.validity_label
    return tuple(filter(None, (standing, head.document_number)))
