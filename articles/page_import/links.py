"""What an old page's links, pictures and files become."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Container
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.page_import.addresses import absolute, canonical, find_file, split_address
from articles.page_import.files import FileShelf, FoundFile, NotWanted
from articles.page_import.marks import RawBlock, mark, marks_in
from media.names import extension_of

LONGEST_LINK = 1000
PICTURES = frozenset({"bmp", "gif", "jpeg", "jpg", "png", "webp"})
_FILE_MARK = re.compile(r'linktype="document" id="([^"]+)"')
_PAGE_LINK = re.compile(r'<a linktype="page" id="([^"]+)">')


@dataclass(slots=True)
class PageResolver:
    """Answers for one page (``bodies.Resolver``), and notes what it could not take."""

    file: Path
    address: str
    folder: Path
    shelf: FileShelf
    pages: Container[str]  # canonical addresses that have a page here
    own_host: str
    allow_missing: bool = False
    faults: list[str] = field(default_factory=list)  # the page cannot be taken
    losses: list[str] = field(default_factory=list)  # it can, but not be public yet
    notes: list[str] = field(default_factory=list)  # somebody should know
    targets: dict[str, str] = field(default_factory=dict)  # canonical → as linked

    def link(self, href: str) -> str:
        href = href.strip()
        if href.startswith(("mailto:", "tel:")):
            return f'<a href="{escape(href)}">'
        if not href or href.startswith("#") or href.lower().startswith("javascript:"):
            return ""
        target = absolute(href, self.address)
        parts = split_address(target)
        if parts is None:
            return ""
        key = canonical(target)
        if key in self.pages:
            self.targets[key] = target
            return f'<a linktype="page" id="{mark("page", key)}">'
        extension = extension_of(parts.path)
        if extension in settings.WAGTAILDOCS_EXTENSIONS:
            return self._file_link(href, target)
        return self._foreign_link(target, str(parts.hostname))

    def attachment(self, link: str) -> str:
        found = _FILE_MARK.search(link)
        return found[1] if found else ""

    def picture(self, source: str, words: str) -> str:
        try:
            name, content = self._picture_bytes(source.strip())
            if content is None:
                return ""
            found = self.shelf.take_picture(name, content)
        except NotWanted:
            return ""
        except ValidationError as error:
            self._missing(
                _("图片 %(name)s：%(reason)s")
                % {"name": _short(source), "reason": "".join(error.messages)}
            )
            return ""
        found.words = found.words or words
        return mark("image", found.digest)

    def lost(self, what: str) -> None:
        self.losses.append(
            _("网页里有视频、音频或者嵌入的内容（%(tag)s），没有导入，请另外上传。")
            % {"tag": what}
        )

    # --- what stands behind ----------------------------------------------------------

    def _file_link(self, href: str, target: str) -> str:
        saved = find_file(href, self.file, self.address, self.folder)
        if saved is None:
            if not self._is_of_old_site(target):
                return self._foreign_link(target, "")
            self._missing(_("找不到附件 %(name)s。") % {"name": _short(href)})
            return ""
        name = unquote(urlsplit(target).path).rsplit("/", 1)[-1]
        found = self._document(name, saved)
        if found is None:
            return ""
        return f'<a linktype="document" id="{mark("document", found.digest)}">'

    def _document(self, name: str, saved: Path) -> FoundFile | None:
        try:
            return self.shelf.take_document(name, saved.read_bytes())
        except ValidationError as error:
            reason = "".join(error.messages)
        except OSError as error:
            reason = str(error)
        self._missing(_("附件 %(name)s：%(reason)s") % {"name": name, "reason": reason})
        return None

    def _foreign_link(self, target: str, host: str) -> str:
        if len(target) > LONGEST_LINK:
            self.notes.append(
                _("有一个网址太长，只留下文字：%(url)s") % {"url": _short(target)}
            )
            return ""
        if host and self._is_of_old_site(target):
            self.notes.append(
                _("链接到旧网站上没有导入的网页：%(url)s") % {"url": _short(target)}
            )
            if host.removeprefix("www.") == self.own_host.removeprefix("www."):
                return ""  # it would lead to this portal, which has no such page
        return f'<a href="{escape(target)}">'

    def _is_of_old_site(self, target: str) -> bool:
        return canonical(target).split("/")[0] == canonical(self.address).split("/")[0]

    def _picture_bytes(self, source: str) -> tuple[str, bytes | None]:
        if source.startswith("data:"):
            head, _comma, data = source.partition(",")
            try:
                content = base64.b64decode(data, validate=False)
            except binascii.Error:
                content = b""
            return f"picture.{head[11:].split(';')[0] or 'png'}", content
        saved = (
            find_file(source, self.file, self.address, self.folder) if source else None
        )
        if saved is None:
            if source:
                self._missing(_("找不到图片 %(name)s。") % {"name": _short(source)})
            return "", None
        return saved.name, saved.read_bytes()

    def _missing(self, reason: str) -> None:
        (self.losses if self.allow_missing else self.faults).append(reason)


def without_links_to(
    body: list[RawBlock], gone: Container[str], targets: dict[str, str]
) -> list[RawBlock]:
    """The body, where links to pages that are not imported lead to the old site."""
    numbers = {
        (kind, key): 0 for kind, key in marks_in(body) if kind == "page" and key in gone
    }
    if not numbers:
        return body
    return [_relinked(block, gone, targets) for block in body]


def _relinked(
    block: RawBlock, gone: Container[str], targets: dict[str, str]
) -> RawBlock:
    if block["type"] != "text":
        return block

    def old_link(found: re.Match[str]) -> str:
        for _kind, key in marks_in(found[1]):
            if key in gone:
                return f'<a href="{escape(targets[key])}">'
        return found[0]

    return {**block, "value": _PAGE_LINK.sub(old_link, block["value"])}


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"
