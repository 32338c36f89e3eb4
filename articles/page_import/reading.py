"""One row of the table and its saved page, read and checked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml.etree import _Element as Element

from articles.models import ArticlePage, OldAddress
from articles.page_import import bodies
from articles.page_import.addresses import (
    LONGEST_PATH,
    canonical,
    old_path,
    split_address,
)
from articles.page_import.files import FileShelf
from articles.page_import.links import PageResolver
from articles.page_import.marks import RawBlock
from articles.page_import.places import Places
from articles.page_import.saved_page import (
    SavedPage,
    UnreadableError,
    find_main,
    moment_of,
    read_moment,
    read_page,
    select,
)
from articles.page_import.selectors import SelectorError
from articles.page_import.table import Row
from media.models import Consent

EARLIEST_YEAR = 1990
LONGEST_ADDRESS = OldAddress._meta.get_field("address").max_length or 0
CONSENTS = {
    "无人": Consent.NOBODY,
    "已同意": Consent.ON_FILE,
    "不清楚": Consent.UNCLEAR,
}
_DATES_IN_PAGE = (
    "pubdate",
    "publishdate",
    "publish_time",
    "article:published_time",
    "createdate",
)


class RowError(Exception):
    """A row that cannot be taken: the column and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Options:
    folder: Path
    column: str = ""  # where rows go that name none
    selector: str = ""  # where the text is, where a row does not say
    consent: str = Consent.UNCLEAR
    skip_errors: bool = False
    allow_missing: bool = False


@dataclass(frozen=True, slots=True)
class Addresses:
    """The old addresses of a page; the first is the one it is known by."""

    written: str
    keys: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(slots=True)
class PagePlan:
    """One page that will be written."""

    row: int
    addresses: Addresses
    column_id: int
    heading: str
    summary: str
    author: str
    source: str
    moment: datetime
    topics: tuple[int, ...]
    audiences: tuple[int, ...]
    body: list[RawBlock]
    source_hash: str
    losses: list[str] = field(default_factory=list)  # why it cannot be public yet
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)


def read_addresses(row: Row) -> Addresses:
    written = row["旧网址"].split()
    if not written:
        raise RowError("旧网址", _("请填写网页在旧网站上的地址。"))
    for address in written:
        if split_address(address) is None:
            raise RowError(
                "旧网址",
                _("“%(url)s”不是完整的网址，要以 http:// 或 https:// 开头。")
                % {"url": address[:120]},
            )
        if len(address) > LONGEST_ADDRESS or len(old_path(address)) > LONGEST_PATH:
            raise RowError("旧网址", _("网址太长，做不了跳转。"))
    if any(old_path(address) == "/" for address in written):
        raise RowError("旧网址", _("这是旧网站首页的地址，不能指向一个网页。"))
    keys = tuple(dict.fromkeys(canonical(address) for address in written))
    paths = tuple(dict.fromkeys(old_path(address) for address in written))
    return Addresses(written[0], keys, paths)


def read_file(row: Row, folder: Path) -> tuple[Path, bytes]:
    name = row["文件"].replace("\\", "/").strip()
    if not name:
        raise RowError("文件", _("请填写保存的网页文件。"))
    root = folder.resolve()
    try:
        path = (root / name.lstrip("/")).resolve()
        if not path.is_relative_to(root):
            raise RowError("文件", _("文件不在指定的文件夹里。"))
        return path, path.read_bytes()
    except (OSError, ValueError) as error:
        raise RowError(
            "文件", _("找不到文件 %(name)s，或者打不开。") % {"name": name[:200]}
        ) from error


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads the pages of one import; ``pages``: the addresses that have a page here."""

    places: Places
    files: FileShelf
    options: Options
    pages: frozenset[str]

    def read(self, row: Row, addresses: Addresses) -> PagePlan:
        """Raises ``RowError`` at the first thing that is wrong with the row itself."""
        path, data = read_file(row, self.options.folder)
        page = self._page(data)
        heading = self._text(row, "标题", page.title, "heading")
        if not heading:
            raise RowError("标题", _("表格和网页里都没有标题。"))
        resolver = PageResolver(
            file=path,
            address=addresses.written,
            folder=self.options.folder,
            shelf=self.files,
            pages=self.pages,
            own_host=self.places.portal.host,
            allow_missing=self.options.allow_missing,
        )
        body = bodies.convert(self._main(row, page), heading, resolver)
        if not body and not resolver.faults:
            raise RowError("文件", _("网页里没有正文。"))
        self._name_files(row, body)
        return PagePlan(
            row=row.number,
            addresses=addresses,
            column_id=self._column(row),
            heading=heading,
            summary=self._text(row, "摘要", "", "summary"),
            author=self._text(row, "作者", page.meta.get("author", ""), "author"),
            source=self._text(
                row, "来源", page.meta.get("contentsource", ""), "source"
            ),
            moment=self._moment(row, page),
            topics=self._topics(row, page),
            audiences=_terms(row, "人群", self.places.audiences),
            body=_with_ids(body, addresses.keys[0]),
            source_hash=hash_of(data),
            losses=resolver.losses,
            notes=resolver.notes,
            faults=resolver.faults,
            targets=resolver.targets,
        )

    def _page(self, data: bytes) -> SavedPage:
        try:
            page = read_page(data)
        except UnreadableError as error:
            raise RowError(
                "文件", _("文件里有坏字符：既不是 UTF-8 也不是 GB18030 编码。")
            ) from error
        if page is None:
            raise RowError("文件", _("这不是网页文件。"))
        return page

    def _main(self, row: Row, page: SavedPage) -> Element:
        selector = row["正文位置"] or self.options.selector
        try:
            main = select(page, selector) if selector else find_main(page)
        except SelectorError as error:
            raise RowError(
                "正文位置",
                _("看不懂“%(text)s”，写法如 #zoom 或 div.content。")
                % {"text": selector[:80]},
            ) from error
        if main is None and selector:
            raise RowError(
                "正文位置",
                _("网页里没有“%(text)s”，或者里面是空的。") % {"text": selector},
            )
        if main is None:
            raise RowError("文件", _("找不到正文，请在“正文位置”里写明。"))
        return main

    def _text(self, row: Row, header: str, in_page: str, name: str) -> str:
        """What the table says, else the page; never cut: a title is not ours to change."""
        text = " ".join((row[header] or in_page).split())
        field_ = ArticlePage._meta.get_field(name)
        if len(text) > (field_.max_length or 0):
            raise RowError(
                header,
                _("有 %(count)s 个字，最多 %(limit)s 个。")
                % {"count": len(text), "limit": field_.max_length},
            )
        return text

    def _column(self, row: Row) -> int:
        name = (row["栏目"] or self.options.column).strip("/ ")
        if not name:
            raise RowError("栏目", _("没有写栏目，命令里也没有指定（--column）。"))
        found = self.places.columns.get(name, [])
        if len(found) > 1:
            raise RowError(
                "栏目",
                _("有几个叫“%(name)s”的栏目，请写全，例如：上级/下级。")
                % {"name": name},
            )
        if not found:
            raise RowError(
                "栏目",
                _("没有栏目“%(name)s”。这个门户的栏目有：%(known)s。")
                % {"name": name, "known": "、".join(self.places.column_names)},
            )
        return found[0]

    def _moment(self, row: Row, page: SavedPage) -> datetime:
        written = next((page.meta[n] for n in _DATES_IN_PAGE if n in page.meta), "")
        in_page = read_moment(written)
        if row.moment is not None:
            moment: datetime | None = moment_of(row.moment)
        elif row["发布日期"]:
            moment = read_moment(row["发布日期"])
            if moment is None:
                raise RowError(
                    "发布日期",
                    _("看不懂“%(text)s”，写法如 2018-03-01 09:30。")
                    % {"text": row["发布日期"][:40]},
                )
        else:
            moment = in_page
        if moment is None:
            raise RowError("发布日期", _("表格和网页里都没有发布日期。"))
        if in_page and (moment.hour, moment.minute) == (0, 0):
            # The table knows the day, the page the minute.
            moment = in_page if in_page.date() == moment.date() else moment
        aware = timezone.make_aware(moment)
        if aware > timezone.now() or moment.year < EARLIEST_YEAR:
            raise RowError(
                "发布日期",
                _("%(day)s 不会是旧网页的发布日期。") % {"day": moment.date()},
            )
        return aware

    def _topics(self, row: Row, page: SavedPage) -> tuple[int, ...]:
        chosen = _terms(row, "主题", self.places.topics)
        words = _words(row["关键词"] or page.meta.get("keywords", ""))
        also = (
            self.places.topics[word] for word in words if word in self.places.topics
        )
        return tuple(dict.fromkeys([*chosen, *also]))

    def _name_files(self, row: Row, body: list[RawBlock]) -> None:
        """What the page says of a file or picture describes it in the library."""
        consent = CONSENTS.get(row["人物肖像"])
        if row["人物肖像"] and consent is None:
            raise RowError("人物肖像", _("请填“无人”“已同意”或者“不清楚”。"))
        for block in body:
            value = block["value"]
            if block["type"] == "picture":
                found = self.files.marked(value["image"])
                found.words = found.words or value["caption"]
                stated = consent or self.options.consent
                if stated != Consent.UNCLEAR:
                    found.consent = stated
            elif block["type"] == "attachment" and value["title"]:
                self.files.marked(value["document"]).title = value["title"]


def _terms(row: Row, header: str, known: dict[str, int]) -> tuple[int, ...]:
    words = _words(row[header])
    unknown = [word for word in words if word not in known]
    if unknown:
        raise RowError(
            header, _("系统里没有“%(name)s”。") % {"name": "”“".join(unknown)}
        )
    return tuple(dict.fromkeys(known[word] for word in words))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[、,，;；\s]+", text) if word]


def _with_ids(body: list[RawBlock], key: str) -> list[RawBlock]:
    """The same ids for the same page, whoever imports it."""
    return [
        {**block, "id": str(uuid5(NAMESPACE_URL, f"{key}#{number}"))}
        for number, block in enumerate(body)
    ]
