"""The words of a page, each with its place: what the rules of the gate are asked about.

Read from the stored blocks with the help of their definitions, so that a type of block
that is added later is read too. Quoted words are marked: they are others' words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from html import unescape
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db.models import CharField, Field, TextField, URLField
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from home.findings import Finding, Place, Severity
from home.languages import localized, translated_fields
from home.models import BasePage
from media.models import ALT_TEXT_FIELDS, PortalDocument, PortalImage
from media.names import HASH_LENGTH

MAIN_LANGUAGE = "zh-hans"


class Role(StrEnum):
    TEXT = "text"  # the page's own words
    QUOTE = "quote"  # others' words: a quotation
    CITATION = "citation"
    CONTACT = "contact"  # whom to call and where to go: public on purpose
    NAME = "name"  # of an author, a reviewer, a source: public on purpose
    MEDIA = "media"  # of a picture or a file
    SLUG = "slug"
    TERMS = "terms"  # words between commas: no sentences
    LINK = "link"  # an address that something links to; no words


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    place: Place
    role: Role = Role.TEXT

    @property
    def is_main(self) -> bool:
        """In the main language, or in none: what rules of Chinese are asked of."""
        return self.place.language in ("", MAIN_LANGUAGE)

    def finding(
        self, rule: str, sentence: str, span: tuple[int, int], source: str, blocks: bool
    ) -> Finding:
        """About the words of ``span``. What ``blocks`` may be let pass."""
        start, end = span
        return Finding(
            rule=rule,
            severity=Severity.BLOCKING if blocks else Severity.HINT,
            sentence=sentence,
            place=self.place,
            words=self.text[start:end],
            context=sentence_around(self.text, start, end),
            source=source,
            is_overridable=blocks,
        )


_SENTENCE_END = re.compile(r"[。！？；\n]")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence in which ``text[start:end]`` stands."""
    before = [match.end() for match in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, end)
    first = before[-1] if before else 0
    return text[first : after.start() if after else len(text)].strip()


# Fields that are filled with names and numbers for the public, whatever the page type.
_NAMES = frozenset(
    "source author reviewer interpreter interpreter_title secrecy_reviewer "
    "anonymity_checked_by issuer organizer credit disclosure_basis".split()
)
_CONTACTS = frozenset("phone address place hours complaints contact whom".split())
_TERMS = frozenset({"keywords"})
# Not words: an editor chooses them, or a check of its own reads them.
_NOT_WORDS = frozenset({"index_number", "document_number"})
_CONTACT_BLOCKS = frozenset({"contact", "offices"})
_NAME_BLOCKS = frozenset({"leaders"})
_QUOTE_BLOCKS = frozenset({"quote"})

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</?(?:p|li|ul|ol|h\d|br|hr|td|tr)\b[^>]*>")
_DIALED = re.compile(r'href="tel:([^"]+)"')
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_NOT_TEXT_BLOCKS = (
    blocks.ChooserBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.BooleanBlock,
    blocks.DateBlock,
    blocks.TimeBlock,
    blocks.DateTimeBlock,
    blocks.IntegerBlock,
    blocks.FloatBlock,
    blocks.DecimalBlock,
    blocks.EmailBlock,
)


def plain_text(html: str) -> str:
    """The words of rich text; a paragraph is a line."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html)))


def dialed_numbers(html: str) -> list[str]:
    return _DIALED.findall(html)


def links_of(html: str) -> list[str]:
    return [unescape(url) for url in _LINK.findall(html)]


# (the field that it translates or itself, column, language or "")
PageField = tuple["Field[Any, Any]", str, str]
_fields: dict[str, tuple[PageField, ...]] = {}


def page_fields(model: type[BasePage]) -> tuple[PageField, ...]:
    """The fields with texts and streams; found once per page type."""
    label = model._meta.label
    if label not in _fields:
        _fields[label] = tuple(_find_fields(model))
    return _fields[label]


def _find_fields(model: type[BasePage]) -> Iterator[PageField]:
    translated = translated_fields(model)
    for name in translated:
        field = model._meta.get_field(name)
        for code, _language in settings.LANGUAGES:
            yield field, localized(name, code), code
    inherited = {field.name for field in Page._meta.get_fields()}
    for field in model._meta.concrete_fields:
        is_words = isinstance(field, CharField | TextField | StreamField)
        if (
            is_words
            and field.name not in inherited | _NOT_WORDS | set(translated)
            and not hasattr(field, "translated_field")
            and not field.choices
        ):
            yield field, field.name, ""


def segments_of(page: BasePage) -> list[Segment]:
    """Every text of the page that the public may read, in all its languages."""
    found = list(_segments(page))
    if page.slug:
        found.append(
            Segment(page.slug, Place("slug", label=gettext("“网址用名”")), Role.SLUG)
        )
    return found


def _segments(page: BasePage) -> Iterator[Segment]:
    for field, column, language in page_fields(type(page)):
        value = getattr(page, column)
        if not value:
            continue
        place = Place(column, (), language, f"“{field.verbose_name}”")
        if isinstance(field, StreamField):
            yield from _of_stream(value.raw_data, field.stream_block, place)
        elif isinstance(value, str):
            is_link = isinstance(field, URLField)
            role = Role.LINK if is_link else _role_of(field.name)
            yield Segment(value, place, role)


def _role_of(name: str) -> Role:
    if name in _NAMES:
        return Role.NAME
    if name in _TERMS:
        return Role.TERMS
    return Role.CONTACT if name in _CONTACTS else Role.TEXT


def _of_stream(raw: Any, definition: Any, place: Place) -> Iterator[Segment]:
    for number, block in enumerate(raw, start=1):
        kind, value = block["type"], block["value"]
        child = definition.child_blocks.get(kind)
        name = child.label if child is not None else kind
        inner = replace(
            place,
            path=_below(place, str(block.get("id") or "")),
            label=gettext("%(field)s第 %(number)s 块“%(block)s”")
            % {"field": place.label, "number": number, "block": name},
        )
        for segment in _of_block(value, child, inner):
            yield replace(segment, role=_role_in(kind, segment))


def _below(place: Place, number: str) -> tuple[str, ...]:
    """A block that was written by an import may have no number yet."""
    return (*place.path, number) if number else place.path


def _role_in(kind: str, segment: Segment) -> Role:
    if segment.role == Role.LINK:
        return Role.LINK
    if kind == "citation":
        return Role.CITATION
    if kind in _CONTACT_BLOCKS:
        return Role.CONTACT
    if kind in _NAME_BLOCKS:
        return Role.NAME
    if kind in _QUOTE_BLOCKS and segment.role == Role.TEXT:
        return Role.QUOTE
    return segment.role


def _of_block(value: Any, definition: Any, place: Place) -> Iterator[Segment]:
    if value in (None, "") or isinstance(definition, _NOT_TEXT_BLOCKS):
        return
    if isinstance(definition, blocks.RichTextBlock):
        yield Segment(plain_text(value), place)
        for number in dialed_numbers(value):
            yield Segment(number, place)
        for url in links_of(value):
            yield Segment(url, place, Role.LINK)
    elif isinstance(definition, blocks.URLBlock):
        yield Segment(value, place, Role.LINK)
    elif isinstance(definition, TableBlock):
        yield from _of_table(value, place)
    elif isinstance(definition, blocks.StreamBlock):
        yield from _of_stream(value, definition, place)
    elif isinstance(definition, blocks.StructBlock) and isinstance(value, dict):
        for name, part in value.items():
            inner = replace(place, path=(*place.path, name))
            for segment in _of_block(part, definition.child_blocks.get(name), inner):
                is_text = segment.role == Role.TEXT
                role = _role_of(name) if is_text else segment.role
                yield replace(segment, role=role)
    elif isinstance(definition, blocks.ListBlock):
        yield from _of_list(value, definition, place)
    elif isinstance(value, str):
        yield Segment(value, place)
    else:  # a block that is not defined any more
        yield from (Segment(text, place) for text in _strings(value))


def _of_list(value: Any, definition: Any, place: Place) -> Iterator[Segment]:
    for item in value:
        # Items of old revisions are bare values.
        is_item = isinstance(item, dict) and {"type", "value"} <= item.keys()
        number = str(item.get("id") or "") if is_item else ""
        inner = replace(place, path=_below(place, number))
        part = item["value"] if is_item else item
        yield from _of_block(part, definition.child_block, inner)


def _of_table(value: Any, place: Place) -> Iterator[Segment]:
    """A cell is a text of its own: two beside each other make no sentence."""
    for text in _strings(value):
        yield Segment(text, place)


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        if raw:
            yield plain_text(raw)
    elif isinstance(raw, dict | list):
        for value in raw.values() if isinstance(raw, dict) else raw:
            yield from _strings(value)


def media_segments(page: BasePage) -> Iterator[Segment]:
    """What pictures and files are called, and what is said of them. Two queries."""
    found = page.all_references()
    for image in PortalImage.objects.filter(pk__in=found.images).order_by("pk"):
        label = gettext("图片“%(title)s”的说明或者文件名") % {"title": image.title}
        place = Place(label=label)
        alternatives = [getattr(image, name) or "" for name in ALT_TEXT_FIELDS]
        yield Segment("\n".join([image.title, *alternatives]), place, Role.MEDIA)
        names = [image.credit, _stem(image.file.name)]
        yield Segment("\n".join(names), place, Role.NAME)
    for file in PortalDocument.objects.filter(pk__in=found.documents).order_by("pk"):
        label = gettext("附件“%(title)s”的标题或者文件名") % {"title": file.title}
        text = f"{file.title}\n{_stem(file.file.name)}"
        yield Segment(text, Place(label=label), Role.MEDIA)


def _stem(stored: str) -> str:
    """What a stored file is called, without the hash that ``media.names`` adds."""
    return PurePath(stored).stem[: -HASH_LENGTH - 1]
