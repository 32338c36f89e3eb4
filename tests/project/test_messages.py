"""The catalogs hold what the code and the templates say, and English holds all of it."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.mofile import write_mo
from django.conf import settings

from home.wording.message_catalogs import (
    Key,
    extract_messages,
    is_translated,
    languages,
    message_key,
    read_catalog,
)

ROOT = Path(settings.BASE_DIR)
UPDATE = "run `manage.py update_messages` and translate what is new"


@cache
def extracted() -> dict[Key, set[str]]:
    """Every message and its context, with the files that say it."""
    return {
        message_key(message): {name for name, _line in message.locations}
        for message in extract_messages()
        if message.id
    }


def test_extraction_finds_code_and_templates() -> None:
    files = set().union(*extracted().values())
    assert any(name.endswith(".py") for name in files)
    assert any(name.startswith("site/templates/") for name in files)
    assert not any(name.startswith(("tests/", "var/", ".")) for name in files)


def names_of_gettext(source: str) -> set[str]:
    """What a module calls Django's gettext functions."""
    imports = (
        alias
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        for alias in node.names
    )
    return {alias.asname or alias.name for alias in imports if "gettext" in alias.name}


def keywords_of_the_project() -> Iterator[str]:
    """The names that pyproject.toml adds to those that Babel knows."""
    settings_file = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for mapping in tomllib.loads(settings_file)["tool"]["babel"]["mappings"]:
        for keyword in mapping.get("keywords", ()):
            yield keyword.partition(":")[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("gettext as _now, override", {"_now"}),
        ("gettext, gettext_lazy as _", {"gettext", "_"}),
    ],
)
def test_names_of_gettext_are_found(line: str, names: set[str]) -> None:
    source = f"from django.utils.translation import {line}"
    assert names_of_gettext(source) == names


def test_gettext_has_no_name_that_extraction_does_not_know() -> None:
    # Texts in `gettext as _now` were in no catalog: readers of English saw Chinese.
    known = {*DEFAULT_KEYWORDS, *keywords_of_the_project()}
    unknown = {}
    for app in (app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()):
        for file in (ROOT / app).rglob("*.py"):
            names = names_of_gettext(file.read_text(encoding="utf-8"))
            if strange := names - known:
                unknown[str(file)] = strange
    assert unknown == {}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_catalog_that_compiles(language: str) -> None:
    # Django answers 404 to the addresses of a language without one.
    compiled = io.BytesIO()
    write_mo(compiled, read_catalog(language))
    assert compiled.getvalue()


@pytest.mark.parametrize("language", languages())
def test_placeholders_are_the_same_in_the_translation(language: str) -> None:
    wrong = [
        message.id
        for message in read_catalog(language)
        if message.id and message.string and list(message.check())
    ]
    assert wrong == []


def test_english_holds_every_message() -> None:
    known = {message_key(message) for message in read_catalog("en") if message.id}
    missing = {
        message: files for message, files in extracted().items() if message not in known
    }
    assert missing == {}, UPDATE


def test_english_translates_every_message() -> None:
    untranslated = [
        message.id
        for message in read_catalog("en")
        if message.id and (message.fuzzy or not is_translated(message))
    ]
    assert untranslated == []


def test_no_translation_is_left_of_a_message_that_is_gone() -> None:
    gone = [
        f"{language}: {message.id}"
        for language in languages()
        for message in read_catalog(language)
        if message.id and message_key(message) not in extracted()
    ]
    assert gone == [], UPDATE


def test_english_is_english() -> None:
    # Once the conversion to Traditional Chinese ended up in the English catalog.
    foreign = [
        message.id
        for message in read_catalog("en")
        if message.id and not reads_as_english(message)
    ]
    assert foreign == []


def reads_as_english(message: Message) -> bool:
    """Chinese may be quoted, but only in a sentence that has English words."""
    forms = message.string
    text = " ".join(forms if isinstance(forms, tuple | list) else [forms])
    bare = re.sub(r"%\(\w+\)\w|%\w|https?:\S*", "", text)
    has_chinese = re.search(r"[\u4e00-\u9fff]", bare)
    return not has_chinese or bool(re.search(r"[A-Za-z]{3}", bare))
