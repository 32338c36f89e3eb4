"""The catalogs in ``site/locale``: every text of the interface, in every language.

The texts are Simplified Chinese in the source. English is written by hand; Traditional
Chinese is converted by OpenCC where nobody has written anything. The catalog of a
language that nobody translates is only a header, without which Django does not answer
the addresses of that language.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import (
    DEFAULT_KEYWORDS,
    extract_from_dir,
    extract_python,
)
from babel.messages.frontend import _parse_mapping_toml
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize
from opencc import OpenCC

TRADITIONAL = "zh-hant"
# What readers of Traditional Chinese call things; OpenCC converts the characters only
# (its conversion of words knows no context: 规范性文件 would become a 檔案).
TRADITIONAL_WORDS = {
    "“": "「",
    "”": "」",
    "‘": "『",
    "’": "』",
    "公佈": "公布",
    "發佈": "發布",
    "鏈接": "連結",
    "打印": "列印",
    "搜索": "搜尋",
    "軟件": "軟體",
    "菜單": "選單",
    "賬號": "帳號",
    "默認": "預設",
    "服務器": "伺服器",
    "導入": "匯入",
    "導出": "匯出",
}
Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What updating a catalog does to it."""

    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    converted: Sequence[tuple[str, str]] = ()  # (simplified, traditional)
    untranslated: Sequence[str] = ()
    is_changed: bool = False


def languages() -> list[str]:
    """The languages that have a catalog: all but that of the source."""
    codes = (code for code, _name in settings.LANGUAGES)
    return [code for code in codes if code != settings.LANGUAGE_CODE]


def catalog_path(language: str) -> Path:
    locale = to_locale(language)
    return Path(settings.BASE_DIR, "site", "locale", locale, "LC_MESSAGES", "django.po")


def read_catalog(language: str) -> Catalog:
    with catalog_path(language).open("rb") as file:
        return read_po(
            file, locale=to_locale(language), domain="django", abort_invalid=True
        )


def message_key(message: Message) -> Key:
    """What tells a message from the others: its (singular) text and its context."""
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return singular, message.context


def is_translated(message: Message) -> bool:
    forms = message.string
    if isinstance(forms, list | tuple):
        return all(forms)
    return bool(forms)


# --- reading the source --------------------------------------------------------------


def extract_messages() -> Catalog:
    """Every message of the code and the templates, without a translation."""
    with Path(settings.BASE_DIR, "pyproject.toml").open("rb") as file:
        methods, options = _parse_mapping_toml(
            file, filename="pyproject.toml", style="pyproject.toml"
        )
    found = Catalog(domain="django")
    for filename, _line, message, comments, context in extract_from_dir(
        settings.BASE_DIR, methods, options, keywords=DEFAULT_KEYWORDS
    ):
        found.add(
            message,
            locations=[(filename, None)],  # type: ignore[list-item]  # no line number
            auto_comments=comments,
            context=context,
        )
    for entry in found:
        entry.locations = sorted(set(entry.locations))
    return found


def extract_django_template(
    fileobj: IO[bytes],
    keywords: Sequence[str],
    comment_tags: Sequence[str],
    options: Any,
) -> Iterator[Any]:
    """Babel's way into Django's templates, those of the admin (see pyproject.toml)."""
    source = templatize(fileobj.read().decode())
    # The indentation of a template is none that Python could follow.
    flat = "\n".join(line.strip() for line in source.splitlines())
    yield from extract_python(
        io.BytesIO(flat.encode()),
        keywords,  # type: ignore[arg-type]  # annotated as a mapping, used as a set
        comment_tags,
        options,
    )


# --- writing the catalogs --------------------------------------------------------------


def update_catalog(
    language: str,
    template: Catalog,
    *,
    is_started: bool = False,
    is_dry_run: bool = False,
) -> Changes:
    """Bring the catalog of a language to what the source says now.

    A catalog that is only a header stays so, unless its translation is started.
    """
    catalog = read_catalog(language)
    before = {message_key(message) for message in catalog if message.id}
    if before or is_started:
        # A copy: the catalog takes the messages over as they are, and writes in them.
        catalog.update(
            deepcopy(template), no_fuzzy_matching=True, update_creation_date=False
        )
    converted = fill_traditional(catalog) if language == TRADITIONAL else ()
    after = {message_key(message) for message in catalog if message.id}
    text = po_text(catalog)
    path = catalog_path(language)
    is_changed = text != path.read_bytes()
    if is_changed and not is_dry_run:
        path.write_bytes(text)
    return Changes(
        added=names(after - before),
        removed=names(before - after),
        converted=converted,
        untranslated=names(
            message_key(message)
            for message in catalog
            if message.id and (message.fuzzy or not is_translated(message))
        ),
        is_changed=is_changed,
    )


def names(keys: Iterable[Key]) -> list[str]:
    return sorted(text for text, _context in keys)


def po_text(catalog: Catalog, *, is_alphabetical: bool = False) -> bytes:
    written = io.BytesIO()
    write_po(
        written,
        catalog,
        width=0,  # one line each: a changed word is one changed line
        ignore_obsolete=True,
        sort_by_file=not is_alphabetical,
        sort_output=is_alphabetical,
        include_lineno=False,
    )
    return written.getvalue()


def compile_catalog(language: str) -> None:
    path = catalog_path(language)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalog(language))


def fill_traditional(catalog: Catalog) -> list[tuple[str, str]]:
    """Convert what nobody has translated; what somebody wrote stays."""
    converter = OpenCC("s2tw")
    converted = []
    for message in catalog:
        if not message.id or is_translated(message):
            continue
        text, _context = message_key(message)
        written = converter.convert(text)
        for mainland, elsewhere in TRADITIONAL_WORDS.items():
            written = written.replace(mainland, elsewhere)
        is_plural = isinstance(message.id, tuple | list)
        message.string = (written,) if is_plural else written
        converted.append((text, written))
    return converted
