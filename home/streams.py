"""Stored stream bodies: what they refer to, and how they become plain data.

A body is read as the JSON that Wagtail stores, never as block objects: one path for
the server, the export and the preview, without a query per block. Each block type
registers two functions here, so that an app can add its own types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from home.presentation import BlockData, Reader
from media.models import PortalDocument, PortalImage

RawBlock = dict[str, Any]


@dataclass(slots=True)
class References:
    """What a body needs from the database, and the texts that may cite statutes."""

    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    texts: list[str] = field(
        default_factory=list
    )  # HTML or plain, searched for 《》第…条
    citations: list[str] = field(default_factory=list)  # each one citation by itself
    urls: set[str] = field(default_factory=set)  # links to other sites

    def update(self, other: References) -> None:
        self.images |= other.images
        self.documents |= other.documents
        self.pages |= other.pages
        self.texts += other.texts
        self.citations += other.citations
        self.urls |= other.urls

    def beyond(self, other: References) -> References:
        """The pictures, files and pages of this one that the other does not have."""
        return References(
            images=self.images - other.images,
            documents=self.documents - other.documents,
            pages=self.pages - other.pages,
        )


Present = Callable[[Any, Reader, str], dict[str, Any] | None]
Refer = Callable[[Any, References], None]
Words = Callable[[Any], Iterable[str]]


@dataclass(frozen=True, slots=True)
class BlockType:
    present: Present
    refer: Refer
    words: Words


_types: dict[str, BlockType] = {}


def _nothing(_value: Any, _found: References) -> None:
    return None


def _no_words(_value: Any) -> Iterable[str]:
    return ()


def register_block(
    name: str, present: Present, refer: Refer = _nothing, words: Words = _no_words
) -> None:
    """``present(value, reader, anchor)`` gives the data of
    ``components/blocks/<name>.html``, or None where the block shows nothing that
    exists (a withdrawn question, say). ``refer`` adds what the value refers to;
    ``words`` gives the texts of its own that a search should find."""
    _types[name] = BlockType(present, refer, words)


def body_blocks(raw: Iterable[RawBlock]) -> list[RawBlock]:
    """Those that texts are made of; rows of figures, say, are streams as well."""
    return [block for block in raw if block["type"] in _types]


def present(
    raw: Iterable[RawBlock], reader: Reader, prefix: str = "s"
) -> tuple[BlockData, ...]:
    """The blocks of a body for the templates, in order.

    ``prefix``: of the anchors; each body of a page with several has its own.
    """
    return tuple(_present(raw, reader, prefix))


def _present(
    raw: Iterable[RawBlock], reader: Reader, prefix: str
) -> Iterator[BlockData]:
    for number, block in enumerate(raw, start=1):
        if _is_unfinished(block):
            continue
        anchor = f"{prefix}{number}"
        data = _types[block["type"]].present(block["value"], reader, anchor)
        if data is not None:
            yield BlockData(block["type"], anchor, data)


def references(raw: Iterable[RawBlock]) -> References:
    found = References()
    for block in raw:
        if not _is_unfinished(block):
            _types[block["type"]].refer(block["value"], found)
    # A field inside the block may be empty as well.
    for chosen in (found.images, found.documents, found.pages):
        chosen.discard(None)  # type: ignore[arg-type]  # that is what is thrown out
    found.texts = [text for text in found.texts if text]
    return found


def _is_unfinished(block: RawBlock) -> bool:
    """A draft may hold blocks in which nothing has been written or chosen yet."""
    return block["value"] in (None, "")


_PAGE_LINK = re.compile(
    r'linktype="page"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="page"'
)
_FILE_LINK = re.compile(
    r'linktype="document"[^>]*\bid="(\d+)"|\bid="(\d+)"[^>]*linktype="document"'
)


_WEB_LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]+)"')


def refer_to_rich_text(html: str, found: References) -> None:
    found.texts.append(html)
    found.urls.update(unescape(url) for url in _WEB_LINK.findall(html))
    found.pages.update(int(a or b) for a, b in _PAGE_LINK.findall(html))
    found.documents.update(int(a or b) for a, b in _FILE_LINK.findall(html))


# An inline tag stands inside a word (欠<b>薪</b>), any other between two.
_BREAK = re.compile(r"</?(?:p|li|ul|ol|h\d|br|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def plain_text_of(raw: Iterable[RawBlock]) -> str:
    """All that a reader of a body reads, for the search index."""
    parts = [
        text
        for block in raw
        if not _is_unfinished(block)
        for text in _types[block["type"]].words(block["value"])
    ]
    return "\n".join(_without_tags(part) for part in parts if part)


def _without_tags(html: str) -> str:
    return unescape(_TAG.sub("", _BREAK.sub("\n", html))).strip()


def media_problems(
    found: References, collection_path: str
) -> list[tuple[str, int, str]]:
    """What the pictures and files of a page still lack before it may be public:
    (image or document, its number, the sentence). ``collection_path``: of its portal;
    what another portal has does not exist for it."""
    problems: list[tuple[str, int, str]] = []
    images, documents = (
        model.objects.filter(collection__path__startswith=collection_path).in_bulk(ids)
        for model, ids in (
            (PortalImage, found.images),
            (PortalDocument, found.documents),
        )
    )
    for kind, label, wanted, items in (
        ("image", _("图片"), found.images, images),
        ("document", _("附件"), found.documents, documents),
    ):
        for gone in sorted(wanted - items.keys()):
            text = _("正文里有一个%(kind)s已被删除，请重新选择。") % {"kind": label}
            problems.append((kind, gone, text))
        for item in items.values():
            problems += [(kind, item.pk, text) for text in item.publication_problems()]
    return problems
