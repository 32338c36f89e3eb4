"""The catalogs hold what the code and the templates say, and English holds all of it."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import _parse_mapping_toml
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

LOCALE = Path(settings.BASE_DIR, "site", "locale")
UPDATE = 'update the catalogs (CONTRIBUTING.md, "Translations")'
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "zh-hans"]


def catalog(language: str) -> Catalog:
    path = LOCALE / to_locale(language) / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(
            file, locale=to_locale(language), domain="django", abort_invalid=True
        )


@cache
def extracted() -> dict[tuple[str, str | None], str]:
    """Every message and its context, with the first file that says it."""
    with Path(settings.BASE_DIR, "pyproject.toml").open("rb") as file:
        methods, options = _parse_mapping_toml(
            file, filename="pyproject.toml", style="pyproject.toml"
        )
    found: dict[tuple[str, str | None], str] = {}
    for filename, _line, message, _comments, context in extract_from_dir(
        settings.BASE_DIR, methods, options, keywords=DEFAULT_KEYWORDS
    ):
        singular = message[0] if isinstance(message, tuple) else message
        found.setdefault((singular, context), filename)
    return found


def key(message: Message) -> tuple[str, str | None]:
    singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return str(singular), message.context


def test_extraction_finds_code_and_templates() -> None:
    files = set(extracted().values())
    assert any(name.endswith(".py") for name in files)
    assert any(name.startswith("site/templates/") for name in files)
    assert not any(name.startswith(("tests/", "var/", ".")) for name in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_catalog_that_compiles(language: str) -> None:
    # Django answers 404 to the addresses of a language without one.
    compiled = io.BytesIO()
    write_mo(compiled, catalog(language))
    assert compiled.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_the_translation(language: str) -> None:
    wrong = [
        message.id
        for message in catalog(language)
        if message.id and message.string and list(message.check())
    ]
    assert wrong == []


def test_english_holds_every_message() -> None:
    known = {key(message) for message in catalog("en") if message.id}
    missing = {
        message: filename
        for message, filename in extracted().items()
        if message not in known
    }
    assert missing == {}, UPDATE


def test_english_translates_every_message() -> None:
    untranslated = [
        message.id
        for message in catalog("en")
        if message.id and (message.fuzzy or not is_translated(message))
    ]
    assert untranslated == []


def is_translated(message: Message) -> bool:
    forms = (
        message.string if isinstance(message.string, tuple | list) else [message.string]
    )
    return all(forms)


def test_no_translation_is_left_of_a_message_that_is_gone() -> None:
    gone = [
        f"{language}: {message.id}"
        for language in LANGUAGES
        for message in catalog(language)
        if message.id and key(message) not in extracted()
    ]
    assert gone == [], UPDATE


def test_english_leaves_no_chinese_in_a_translation() -> None:
    # Names that stay as they are: of the product, and of a language by its own name.
    kept = re.compile(r"乡法通|中文|汉语")
    left = [
        message.id
        for message in catalog("en")
        if message.id
        and re.search(
            r"[\u4e00-\u9fff]", kept.sub("", "".join(map(str, message.string)))
        )
    ]
    assert left == []
