"""Updating the catalogs: what is added, converted, kept and dropped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.core.management import call_command

from home.wording import message_catalogs
from home.wording.message_catalogs import (
    catalog_path,
    extract_django_template,
    extract_messages,
    fill_traditional,
    languages,
    read_catalog,
    update_catalog,
)

KEYWORDS = ("_", "gettext", "ngettext", "pgettext")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogs of this test's own, each with one message of long ago."""
    monkeypatch.setattr(
        message_catalogs, "catalog_path", lambda language: tmp_path / f"{language}.po"
    )
    for language in ("en", "zh-hant", "za"):
        catalog = Catalog(locale=message_catalogs.to_locale(language), domain="django")
        if language != "za":
            catalog.add("旧的", "old")
        with (tmp_path / f"{language}.po").open("wb") as file:
            write_po(file, catalog)
    return tmp_path


def template(*texts: str | tuple[str, str]) -> Catalog:
    catalog = Catalog(domain="django")
    for text in texts:
        catalog.add(text)
    return catalog


def strings(language: str) -> dict[object, object]:
    found = message_catalogs.read_catalog(language)
    return {message.id: message.string for message in found if message.id}


def test_django_templates_are_read() -> None:
    source = """{% extends "base.html" %}
      {% translate "状态：" %}
    {% panel heading=_("我的门户") %}
        {% blocktrans trimmed with count=n %}
          用了 {{ count }} 次
        {% endblocktrans %}
      {% comment %}{% translate "没有的" %}{% endcomment %}"""
    found = extract_django_template(io.BytesIO(source.encode()), KEYWORDS, [], {})
    assert [text for _line, _name, text, _comments in found] == [
        "状态：",
        "我的门户",
        "用了 %(count)s 次",
    ]


def test_templates_of_the_admin_are_among_the_sources() -> None:
    files = {name for message in extract_messages() for name, _ in message.locations}
    assert any(name.startswith("site/admin_templates/") for name in files)
    assert any(name.startswith("media/templates/") for name in files)


def test_new_message_is_added_and_old_one_dropped(folder: Path) -> None:
    changes = update_catalog("en", template("新的"))
    assert (changes.added, changes.removed) == (["新的"], ["旧的"])
    assert changes.untranslated == ["新的"]
    assert strings("en") == {"新的": ""}


def test_dry_run_writes_nothing(folder: Path) -> None:
    before = (folder / "en.po").read_bytes()
    changes = update_catalog("en", template("新的"), is_dry_run=True)
    assert changes.is_changed
    assert (folder / "en.po").read_bytes() == before


def test_traditional_is_converted_and_other_languages_are_not(folder: Path) -> None:
    source = template("“搜索”结果", ("共 %(num)s 条", "共 %(num)s 条"))
    changes = update_catalog("zh-hant", source)
    update_catalog("en", source)
    assert strings("zh-hant") == {
        "“搜索”结果": "「搜尋」結果",
        ("共 %(num)s 条", "共 %(num)s 条"): ("共 %(num)s 條",),
    }
    assert ("“搜索”结果", "「搜尋」結果") in changes.converted
    assert not any(map(any, strings("en").values()))  # type: ignore[call-overload]


def test_what_somebody_wrote_in_traditional_stays() -> None:
    catalog = Catalog(locale="zh_Hant", domain="django")
    catalog.add("链接", "超連結")
    assert fill_traditional(catalog) == []
    assert catalog["链接"].string == "超連結"


def test_language_that_nobody_translates_keeps_its_bare_header(folder: Path) -> None:
    update_catalog("za", template("新的"))
    assert strings("za") == {}


def test_started_language_lists_every_message(folder: Path) -> None:
    update_catalog("za", template("新的"), is_started=True)
    assert strings("za") == {"新的": ""}


def test_catalogs_of_the_project_are_written_as_the_command_writes_them() -> None:
    # Otherwise the next update would bury its one new message in a large change.
    source = extract_messages()
    changed = [
        language
        for language in languages()
        if update_catalog(language, source, is_dry_run=True).is_changed
    ]
    assert changed == [], "run `manage.py update_messages`"


def test_command_reports_and_a_dry_run_leaves_the_catalogs_alone() -> None:
    before = {language: catalog_path(language).read_bytes() for language in languages()}
    out = io.StringIO()
    call_command("update_messages", dry_run=True, stdout=out)
    assert "zh-hant：" in out.getvalue()
    after = {language: catalog_path(language).read_bytes() for language in languages()}
    assert after == before


def test_no_translation_of_the_public_pages_holds_markup() -> None:
    # Jinja2 does not escape a translation, and some stand in attributes.
    for language in languages():
        for message in read_catalog(language):
            in_template = any("templates/" in name for name, _ in message.locations)
            written = "".join(message.string or "")
            assert not (in_template and set(written) & set('"<>&')), message.id
