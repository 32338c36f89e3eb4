"""In which languages a person describes pictures.

Which portals a person works for is known to apps that this one may not import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

LanguageSource = Callable[[Any], Iterable[str]]

_sources: list[LanguageSource] = []


def register_language_source(source: LanguageSource) -> LanguageSource:
    """Register ``source(user)``: codes of the languages of the portals of this user."""
    if source not in _sources:
        _sources.append(source)
    return source


def unregister_language_source(source: LanguageSource) -> None:
    _sources.remove(source)


def languages_for(user: Any) -> tuple[str, ...]:
    """In the order of the settings; the main language is always among them."""
    wanted = {settings.MODELTRANSLATION_DEFAULT_LANGUAGE}
    if user is not None:
        for source in _sources:
            wanted.update(source(user))
    return tuple(code for code, _name in settings.LANGUAGES if code in wanted)
