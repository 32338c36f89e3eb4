"""Fields that exist once per language. Pure names: no model is needed to ask."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname


def localized(field: str, language: str) -> str:
    """The column of a translated field: ``heading``, ``zh-hant`` → ``heading_zh_hant``."""
    return str(build_localized_fieldname(field, language))


def in_every_language(*fields: str) -> list[str]:
    """The columns of these fields, language by language."""
    return [
        localized(field, code) for code, _name in settings.LANGUAGES for field in fields
    ]


def translated_fields(model: type[Model]) -> tuple[str, ...]:
    """Which fields of ``model`` exist once per language."""
    try:
        return tuple(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return ()
