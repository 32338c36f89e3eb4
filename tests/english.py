"""Finds English on a screen: in its text, its attributes, what its scripts are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.conf import settings

# Names that have no Chinese form, or none that a clerk would know better.
NAMES = {
    *("Wagtail", "Word", "WPS", "JavaScript", "CSV", "XLSX", "TSV"),
    *("URL", "IP", "ICP", "API", "SSI", "MB", "KB", "Ctrl", "Alt", "http"),
}
# The labels of a government site's head, as the state's guideline writes them.
HEAD_LABEL = re.compile("(Site|Column)[A-Z][A-Za-z]+|Description|Keywords")
# Kinds of files, and languages by their own names, as the settings have them.
KINDS = {
    kind.lower()
    for kinds in (settings.WAGTAILDOCS_EXTENSIONS, settings.WAGTAILIMAGES_EXTENSIONS)
    for kind in kinds
}
LANGUAGES = {name for _code, name in settings.LANGUAGES}
# A word of Latin letters that is no part of an address, a file name or an identifier.
WORD = re.compile(r"(?<![\w./@%&=#:?\\-])[A-Za-z][A-Za-z’']+(?![\w/@%=\\-]|\.\w|://)")
SHOWN_ATTRIBUTES = (
    *("title", "alt", "placeholder", "label"),
    *("aria-label", "aria-description", "aria-roledescription", "aria-valuetext"),
)
UNSEEN = ("script", "style", "noscript", "code", "kbd", "textarea", "iframe")
# A counter that is hidden until it has a number; what an editor has written.
NO_TEXT = {"data-side-panel-toggle-counter", "contenteditable"}
# What to type, shown as it is typed.
EXAMPLE = re.compile("例如 [a-z]+")
# Texts in what a script is given are told from names by their blanks: "Are you sure".
PHRASE = re.compile(r"\b[A-Z]?[a-z]+(?: [A-Za-z’']+)+")
# Keys whose values are classes, addresses and the like.
NOT_SHOWN = re.compile(
    r"class|url|href|src|path|icon|selector|html_name|pattern|format|type|query|action"
    r"|controller|target|attrs|style|name$|id$|key$",
    re.IGNORECASE,
)


def english_in(html: str) -> set[str]:
    """The English that somebody would read or hear on this screen."""
    soup = BeautifulSoup(html, "lxml")
    found = set()
    for text in (*texts(soup), *attributes(soup), *texts_of_scripts(soup)):
        if words := english_words(text):
            found.add(f"{' '.join(words)} ← {' '.join(text.split())[:120]}")
    return found


def english_words(text: str) -> list[str]:
    return [
        word
        for word in WORD.findall(EXAMPLE.sub("", text))
        if word not in NAMES | LANGUAGES
        and word.lower() not in KINDS
        and not HEAD_LABEL.fullmatch(word)
    ]


def texts(soup: BeautifulSoup) -> Iterator[str]:
    for text in soup.find_all(string=True):
        # Of the calendar, which shows this button nowhere in Wagtail.
        if text.find_parent(class_="xdsoft_save_selected"):
            continue
        hidden = any(
            parent.name in UNSEEN or NO_TEXT.intersection(parent.attrs)
            for parent in text.parents
        )
        if not isinstance(text, PreformattedString) and not hidden:
            yield text


def attributes(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name in SHOWN_ATTRIBUTES:
                yield str(value)
        if tag.name == "input" and tag.get("type") in {"submit", "button", "reset"}:
            yield str(tag.get("value", ""))


# --- what scripts are given ------------------------------------------------------------


def texts_of_scripts(soup: BeautifulSoup) -> Iterator[str]:
    """Values of Stimulus controllers, definitions of StreamFields, Wagtail's settings."""
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name.startswith("data-") and not NOT_SHOWN.search(name):
                yield from phrases(parsed(str(value)), name)
    for script in soup.find_all("script", type="application/json"):
        yield from phrases(parsed(script.string or ""), "")


def parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def phrases(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not NOT_SHOWN.search(key):
                yield from phrases(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from phrases(inner, name)
    elif isinstance(value, str):
        if value.lstrip().startswith("<"):
            yield from english_in(value)
        elif PHRASE.search(value):
            yield value
