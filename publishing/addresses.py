"""Which addresses a portal has: one list for the server, the export and the sitemap.

``resolve`` answers a request, ``enumerate_addresses`` drives an export; a test holds
them against each other. Statute addresses are added by ``publishing.library``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from home.links import language_path, split_language
from publishing.light_rows import PageRow
from publishing.list_kinds import LISTS, WHOLE, groups_of, topic_ids
from publishing.listings import archive_count
from publishing.tree import Tree, default_language

Kind = Literal[
    "page",
    "topic_index",
    "topic",
    "statutes",
    "statute",
    "provision",
    "search",
    "site_map",
    "sitemap",
    "sitemap_part",
    "feed",
    "calendar",
    "theme",
    "robots",
    "leave",
    "moved",
    "error",
]


@dataclass(frozen=True, slots=True)
class Address:
    """One thing that a portal can be asked for.

    ``path`` is its logical path with language prefix; the other fields say what is
    there. ``rest`` is the part after a fixed prefix (``/laws/``, ``/leave/``).
    """

    path: str
    kind: Kind
    language: str
    page_id: int | None = None
    number: int | None = None  # page of a list, from the oldest
    topic: str = ""  # slug
    year: int | None = None
    subject_class: str = ""  # slug
    rest: str = ""

    @property
    def group(self) -> str:
        """The group of a list that is asked for (``publishing.list_kinds``)."""
        if self.topic:
            return f"topic:{self.topic}"
        if self.year:
            return f"year:{self.year}"
        return f"class:{self.subject_class}" if self.subject_class else WHOLE


FIXED: dict[str, Kind] = {
    "/topics/": "topic_index",
    "/laws/": "statutes",
    "/search/": "search",
    "/sitemap/": "site_map",
    "/feed.xml": "feed",
    "/404.html": "error",
}
# Pages that have a calendar file below them.
CALENDAR_KINDS = frozenset({"campaign", "event"})
CALENDAR_FILE = "calendar.ics"
# Files that exist once, whatever the language.
SINGLE: dict[str, Kind] = {
    "/sitemap.xml": "sitemap",
    "/theme.css": "theme",
    "/robots.txt": "robots",
}
_LIST = re.compile(
    r"(?P<base>/.*?)"
    r"(?:topic/(?P<topic>[\w-]+)/|year/(?P<year>[0-9]{4})/|class/(?P<class>[\w-]+)/)?"
    r"(?:page/(?P<number>[1-9][0-9]{0,5})/)?"
)
_LEAVE = re.compile(r"/leave/(?P<digest>[0-9a-f]{16})/")
_TOPIC = re.compile(r"/topics/(?P<slug>[\w-]+)/(?:page/(?P<number>[1-9]\d{0,5})/)?")
_SITEMAP_PART = re.compile(r"/sitemap/(?P<number>0|[1-9]\d{0,8})\.xml", re.ASCII)
# So many page numbers belong to one part of the sitemap; part 0 has what is no page.
SITEMAP_PART = 500
# What a search engine should know of: no lists by page number, no search, no errors.
IN_SITEMAP = frozenset({"page", "topic_index", "topic", "statutes", "site_map"})


def resolve(tree: Tree, path: str) -> Address | None:
    """What is at a request path; None where the portal has nothing there."""
    language, plain = split_language(path, tree.languages)
    if language not in tree.spoken:
        return None
    if path in SINGLE:
        return Address(path, SINGLE[path], default_language())
    if plain in FIXED:
        return Address(path, FIXED[plain], language)
    if match := _LEAVE.fullmatch(path):
        return Address(path, "leave", language, rest=match["digest"])
    if plain.startswith("/laws/"):
        return Address(path, "statute", language, rest=plain[len("/laws/") :])
    if match := _SITEMAP_PART.fullmatch(path):
        part = _sitemap_part(int(match["number"]))
        is_there = not part.number or any(sitemap_addresses(tree, part.number))
        return part if is_there else None
    if match := _TOPIC.fullmatch(plain):
        number = int(match["number"]) if match["number"] else None
        found = topic_addresses(tree, language, match["slug"])
        wanted = Address(path, "topic", language, number=number, topic=match["slug"])
        return wanted if wanted in found else None
    return _resolve_page(tree, path, plain, language)


def _resolve_page(tree: Tree, path: str, plain: str, language: str) -> Address | None:
    row = tree.by_path.get(plain)
    if row is not None:
        if language in row.languages:
            return Address(path, "page", language, page_id=row.id)
        return None
    if plain.endswith("/feed.xml"):
        row = tree.by_path.get(plain[: -len("feed.xml")])
        if row is not None and row.kind == "column" and language in row.languages:
            return Address(path, "feed", language, page_id=row.id)
        return None
    if plain.endswith(f"/{CALENDAR_FILE}"):
        row = tree.by_path.get(plain[: -len(CALENDAR_FILE)])
        if row is not None and row.kind in CALENDAR_KINDS and language in row.languages:
            return Address(path, "calendar", language, page_id=row.id)
        return None
    match = _LIST.fullmatch(plain)
    if match is None:
        return None
    row = tree.by_path.get(match["base"])
    if row is None or row.kind not in LISTS or language not in row.languages:
        return None
    wanted = Address(
        path,
        "page",
        language,
        page_id=row.id,
        number=int(match["number"]) if match["number"] else None,
        topic=match["topic"] or "",
        year=int(match["year"]) if match["year"] else None,
        subject_class=match["class"] or "",
    )
    return wanted if _is_listed(tree, row, wanted) else None


def _is_listed(tree: Tree, row: PageRow, wanted: Address) -> bool:
    groups = groups_of(tree, row, wanted.language) or {}
    ids = groups.get(wanted.group)
    if ids is None:
        return False
    return wanted.number is None or wanted.number <= archive_count(len(ids))


def enumerate_addresses(tree: Tree) -> Iterator[Address]:
    """Every address of the portal but statutes, leaving pages and redirects."""
    if not tree.spoken:
        return
    for path, kind in SINGLE.items():
        yield Address(path, kind, default_language())
    for number in sitemap_parts(tree):
        yield _sitemap_part(number)
    yield from _addresses_of_no_page(tree)
    for language in tree.languages:
        if language not in tree.spoken:
            continue
        for row in tree.rows.values():
            if language in row.languages:
                yield from _page_addresses(tree, row, language)


def shared_addresses(tree: Tree) -> Iterator[Address]:
    """What many pages are on, and what has as many addresses as it needs: topics and
    parts of the sitemap."""
    for language in tree.languages:
        if language in tree.spoken:
            yield from topic_addresses(tree, language)
    if tree.spoken:
        yield from map(_sitemap_part, sitemap_parts(tree))


def topic_addresses(tree: Tree, language: str, slug: str = "") -> Iterator[Address]:
    """Of one topic or of all: its own page, and the numbered ones."""
    for topic_id, terms in tree.topics.items():
        topic = terms[language]
        if not slug or topic.slug == slug:
            first = Address(topic.path, "topic", language, topic=topic.slug)
            yield from _group(first, len(topic_ids(tree, topic_id, language)))


def sitemap_part_of(page_id: int) -> int:
    return page_id // SITEMAP_PART + 1


def sitemap_parts(tree: Tree) -> list[int]:
    return sorted(
        {
            0,
            *(
                sitemap_part_of(pk)
                for pk, row in tree.rows.items()
                if row.languages & tree.spoken
            ),
        }
    )


def _sitemap_part(number: int) -> Address:
    path = f"/sitemap/{number}.xml"
    return Address(path, "sitemap_part", default_language(), number=number)


def sitemap_addresses(tree: Tree, number: int) -> Iterator[Address]:
    """What a part of the sitemap names, but for the library."""
    found: Iterator[Address]
    if number:
        first = (number - 1) * SITEMAP_PART
        found = page_addresses(tree, range(first, first + SITEMAP_PART))
    else:
        found = _addresses_of_no_page(tree)
    for address in found:
        if address.kind in IN_SITEMAP and address.number is None:
            yield address


def _addresses_of_no_page(tree: Tree) -> Iterator[Address]:
    for language in tree.languages:
        if language in tree.spoken:
            for path, kind in FIXED.items():
                yield Address(language_path(path, language), kind, language)
            yield from topic_addresses(tree, language)


def page_addresses(tree: Tree, page_ids: Iterable[int]) -> Iterator[Address]:
    """The addresses that these pages have, as far as they are public."""
    for page_id in page_ids:
        row = tree.rows.get(page_id)
        for language in tree.languages if row is not None else ():
            if row is not None and language in row.languages & tree.spoken:
                yield from _page_addresses(tree, row, language)


def _page_addresses(tree: Tree, row: PageRow, language: str) -> Iterator[Address]:
    path = language_path(row.path, language)
    yield Address(path, "page", language, page_id=row.id)
    if row.kind in CALENDAR_KINDS:
        yield Address(f"{path}{CALENDAR_FILE}", "calendar", language, page_id=row.id)
    if row.kind == "column":
        yield Address(f"{path}feed.xml", "feed", language, page_id=row.id)
    yield from list_addresses(tree, row, language)


def list_addresses(tree: Tree, row: PageRow, language: str) -> Iterator[Address]:
    """The numbered pages of a list, and its lists by topic, by year and by class."""
    groups = groups_of(tree, row, language)
    if groups is None:
        return
    base = language_path(row.path, language)
    whole = Address(base, "page", language, row.id)
    for group, ids in groups.items():
        kind, _colon, key = group.partition(":")
        path = f"{base}{kind}/{key}/"
        if not kind:
            yield from _numbered(whole, len(ids))
        elif kind == "topic":
            yield from _group(replace(whole, path=path, topic=key), len(ids))
        elif kind == "year":
            yield from _group(replace(whole, path=path, year=int(key)), len(ids))
        else:
            yield from _group(replace(whole, path=path, subject_class=key), len(ids))


def _group(first: Address, total: int) -> Iterator[Address]:
    yield first
    yield from _numbered(first, total)


def _numbered(first: Address, total: int) -> Iterator[Address]:
    for number in range(1, archive_count(total) + 1):
        yield replace(first, path=f"{first.path}page/{number}/", number=number)
