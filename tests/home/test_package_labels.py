"""What Wagtail does not hand to gettext is still where we mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
import wagtail.admin
from django.forms import Form, ModelForm
from django.template.loader import get_template

from home.wording.package_labels import FORM_LABELS, SITE_COLUMNS, SiteIndexView
from home.wording.template_texts import TEMPLATE_TEXTS

TEMPLATES = Path(wagtail.admin.__file__).parent / "templates"


@pytest.mark.parametrize("name", TEMPLATE_TEXTS)
def test_templates_of_wagtail_still_say_it_in_english(name: str) -> None:
    english, _ours = TEMPLATE_TEXTS[name]
    assert english in (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEMPLATE_TEXTS)
def test_loaded_templates_say_it_in_chinese(name: str) -> None:
    english, ours = TEMPLATE_TEXTS[name]
    source = get_template(name).template.source  # type: ignore[attr-defined]  # of Django's engine
    assert ours in source
    assert english not in source


@pytest.mark.parametrize("form", FORM_LABELS)
def test_labels_are_given(form: type[Form | ModelForm]) -> None:
    labels = FORM_LABELS[form]
    assert {name: form.base_fields[name].label for name in labels} == labels


def test_columns_of_sites_are_named() -> None:
    named = {column.name: column.label for column in SiteIndexView.columns}
    assert SITE_COLUMNS.items() <= named.items()
