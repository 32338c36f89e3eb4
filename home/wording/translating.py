"""``gettext`` that remembers, for words that stand on every public page.

Django asks one catalog after the other on each call, and a sentence in the language of
the source is in none of them: a fifth of the time that a page takes. A memory belongs to
Django's own catalog object and goes when Django reads the catalogs again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from weakref import WeakKeyDictionary

from django.utils import translation
from django.utils.translation import trans_real
from markupsafe import Markup

Memory = dict[str | tuple[str, str], str]
_said: WeakKeyDictionary[object, Memory] = WeakKeyDictionary()


def _memory() -> Memory:
    """Of the language that is active."""
    catalog = trans_real.catalog()
    found = _said.get(catalog)
    if found is None:
        found = _said.setdefault(catalog, {})
    return found


def markup_memory() -> Callable[[str], Markup]:
    """``markup`` in the language that is active now, without asking which one it is:
    for as long as it stays the same."""
    memory = _memory()

    def said(message: str) -> Markup:
        found = memory.get(("%", message))
        return markup(message) if found is None else cast(Markup, found)

    return said


def gettext(message: str) -> str:
    """As Django's, for messages of the source."""
    memory = _memory()
    found = memory.get(message)
    if found is None:
        found = memory[message] = translation.gettext(message)
    return found


def markup(message: str) -> Markup:
    """``gettext`` for a template that formats each message; a percent sign is ``%%``."""
    memory = _memory()
    key = ("%", message)
    found = memory.get(key)
    if found is None:
        text = Markup(translation.gettext(message))  # noqa: S704  (words of the source)
        found = memory[key] = text % {}
    return cast(Markup, found)


def pgettext(context: str, message: str) -> str:
    """As Django's, for messages of the source."""
    memory = _memory()
    found = memory.get((context, message))
    if found is None:
        found = memory[context, message] = translation.pgettext(context, message)
    return found
