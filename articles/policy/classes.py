"""主题分类: the subject classes of official documents (``classes.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

DATA = Path(__file__).with_name("classes.yaml")


@dataclass(frozen=True, slots=True)
class DocumentClass:
    slug: str
    code: str  # two digits, for index numbers
    names: dict[str, str]  # by language; Chinese always

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[settings.LANGUAGE_CODE]


@lru_cache(maxsize=1)
def document_classes() -> dict[str, DocumentClass]:
    """By slug, in the order of the list."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return {
        row["slug"]: DocumentClass(row["slug"], row["code"], row["names"])
        for row in rows
    }


def class_choices() -> list[tuple[str, str]]:
    """For the field of a model: a migration names this function, not its result."""
    return [
        (item.slug, item.name(settings.LANGUAGE_CODE))
        for item in document_classes().values()
    ]
