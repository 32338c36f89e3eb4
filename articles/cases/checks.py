"""What of a person still stands in a typical case, wherever a reader could find it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import CharField, TextField
from django.utils.translation import gettext

from articles.cases.personal_data import Kind, find_numbers
from articles.cases.personal_names import find_full_names
from home.languages import translated_fields
from home.models import Office, Portal, PublisherIdentity
from home.phones import phone_numbers
from media.models import ALT_TEXT_FIELDS, PortalDocument, PortalImage
from media.names import HASH_LENGTH

if TYPE_CHECKING:
    from articles.models import TypicalCasePage

# The checker is no party, and the source is a bureau.
_NO_PARTY = frozenset({"anonymity_checked_by", "source"})
_NOT_TEXT = frozenset({"case_type"})
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</?(?:p|li|ul|ol|h\d|br|hr|td|tr)\b[^>]*>")
_DIALED = re.compile(r'href="tel:([^"]+)"')


@dataclass(frozen=True, slots=True)
class CheckedText:
    label: str  # where an editor finds it
    text: str
    may_name: bool = True  # a full name in it would be a party's


def checked_texts(page: TypicalCasePage) -> Iterator[CheckedText]:
    """Everything of the page that the public can read, in all languages."""
    for name in translated_fields(type(page)):
        label = str(page._meta.get_field(name).verbose_name)
        for code, _language in settings.LANGUAGES:
            if name in page.stream_fields:
                words = "\n".join(words_of(page.stream_data(name, code)))
            else:
                words = str(page.text(name, code))
            yield CheckedText(label, words)
    basis = page.legal_basis.raw_data if page.legal_basis else []
    yield CheckedText(gettext("法律依据"), "\n".join(words_of(basis)), may_name=False)
    yield CheckedText(gettext("网址用名"), page.slug or "", may_name=False)
    for field in type(page)._meta.local_fields:
        if isinstance(field, CharField | TextField) and field.name not in _NOT_TEXT:
            yield from _plain_field(page, field)
    yield CheckedText(gettext("来源"), page.source, may_name=False)
    yield from _media_texts(page)


def _plain_field(page: TypicalCasePage, field: Any) -> Iterator[CheckedText]:
    """A field that exists once; those of the languages were read before."""
    if hasattr(field, "translated_field") or field.name in translated_fields(
        type(page)
    ):
        return
    value = getattr(page, field.name)
    if isinstance(value, str):
        label = str(field.verbose_name)
        yield CheckedText(label, value, may_name=field.name not in _NO_PARTY)


def _media_texts(page: TypicalCasePage) -> Iterator[CheckedText]:
    found = page.all_references()
    for image in PortalImage.objects.filter(pk__in=found.images).order_by("pk"):
        label = gettext("图片“%(title)s”的说明或者文件名") % {"title": image.title}
        alternatives = [getattr(image, name) or "" for name in ALT_TEXT_FIELDS]
        yield CheckedText(label, "\n".join([image.title, *alternatives]))
        names = [image.credit, _stem(image.file.name)]
        yield CheckedText(label, "\n".join(names), may_name=False)
    for file in PortalDocument.objects.filter(pk__in=found.documents).order_by("pk"):
        label = gettext("附件“%(title)s”的标题或者文件名") % {"title": file.title}
        yield CheckedText(label, f"{file.title}\n{_stem(file.file.name)}")


def _stem(stored: str) -> str:
    """What a stored file is called, without the hash that ``media.names`` adds."""
    return PurePath(stored).stem[: -HASH_LENGTH - 1]


def words_of(raw: Any) -> Iterator[str]:
    """Every text in stored blocks, whatever their types: nothing may slip through
    because a type of block was added later."""
    if isinstance(raw, str):
        yield from _DIALED.findall(raw)
        yield unescape(_TAG.sub("", _BREAK.sub("\n", raw)))
    elif isinstance(raw, dict):
        # "id" and "type" of a block are Wagtail's, and no words.
        is_block = "type" in raw and "value" in raw
        values = [raw["value"]] if is_block else raw.values()
        for value in values:
            yield from words_of(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from words_of(value)


def public_phones(portal: Portal | None) -> frozenset[str]:
    """The numbers of the bureau and its offices, digits only."""
    if portal is None:
        return frozenset()
    written = [
        *Office.objects.filter(portal=portal).values_list("phone", flat=True),
        *PublisherIdentity.objects.filter(site=portal.site_id).values_list(
            "phone", flat=True
        ),
    ]
    numbers = (phone.href for text in written for phone in phone_numbers(text))
    # An extension follows after a comma.
    return frozenset(re.sub(r"\D", "", number.split(",")[0]) for number in numbers)


def personal_data_problems(page: TypicalCasePage) -> list[str]:
    allowed = public_phones(page.portal)
    return _once(
        _number_sentence(finding.kind)
        % {"place": checked.label, "excerpt": finding.excerpt}
        for checked in checked_texts(page)
        for finding in find_numbers(checked.text, allowed)
    )


def _number_sentence(kind: Kind) -> str:
    match kind:
        case Kind.ID_CARD:
            return gettext("“%(place)s”里有身份证号码（%(excerpt)s），请删去。")
        case Kind.PHONE:
            return gettext(
                "“%(place)s”里有电话号码（%(excerpt)s），请删去；"
                "只有公开的热线和本局登记的办公电话可以写。"
            )
        case Kind.BANK_CARD:
            return gettext("“%(place)s”里有银行卡号或者账号（%(excerpt)s），请删去。")


def full_name_hints(page: TypicalCasePage) -> list[str]:
    return _once(
        gettext(
            "“%(place)s”里的“%(name)s”像是当事人的全名（%(excerpt)s），"
            "请改成“%(surname)s某”。"
        )
        % {
            "place": checked.label,
            "name": finding.name,
            "excerpt": finding.excerpt,
            "surname": finding.surname,
        }
        for checked in checked_texts(page)
        if checked.may_name
        for finding in find_full_names(checked.text)
    )


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))
