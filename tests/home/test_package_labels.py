"""What Wagtail does not hand to gettext is still where we mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.forms import Form, ModelForm
from django.template.loader import get_template
from django.urls import reverse

from home.wording.package_labels import FORM_LABELS, SITE_COLUMNS, SiteIndexView
from home.wording.template_texts import TEMPLATE_TEXTS
from tests.factories import UserFactory
from tests.home.admin_asking import logged_in, text_of

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


def test_rights_of_a_group_are_named_in_chinese(db: None) -> None:
    client = logged_in(UserFactory(is_superuser=True, is_staff=True))

    page = text_of(client.get(reverse("wagtailusers_groups:add")))

    assert "新增主题" in page
    assert "进入后台" in page
    assert "删除有下级的页面" in page
    assert re.findall(r"\| [A-Z][^<]+|Can [a-z ]+", page) == []
