"""Public pages in languages with a translated interface, and in one without."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from publishing.environment import (
    format_date,
    interface_language,
    provision_number,
)
from tests.publishing.rendering import (
    RELATIVE,
    STATIC,
    TEMPLATES,
    public_environment,
    render,
)
from tests.publishing.sample_frame import FRAME
from tests.publishing.samples import Sample, samples

HAN = re.compile(r"[\u4e00-\u9fff]")
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
QUESTION = next(sample for sample in samples() if sample.name == "question")


def render_in(language: str, sample: Sample) -> str:
    frame = replace(FRAME, **{**sample.frame, "language": language})
    with translation.override(language):
        return render(
            sample.template, sample.path, RELATIVE, frame=frame, page=sample.page
        )


def unwrapped(source: str) -> list[str]:
    """The Chinese words of a template outside every call of gettext."""
    found: list[str] = []
    depth, name = 0, ""
    for _line, kind, value in public_environment().lex(source):
        if kind == "whitespace":
            continue
        if kind == "operator" and value == "(" and (depth or name in GETTEXT):
            depth += 1
        elif kind == "operator" and value == ")" and depth:
            depth -= 1
        elif kind in {"data", "string"} and not depth and HAN.search(value):
            found.append(value.strip())
        name = value if kind == "name" else ""
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>你好</p>", ["<p>你好</p>"]),
        ('{{ ["你", _("好")] | join("、") }}', ['"你"']),
        ('{{ _("%(n)s 条", n=f(1)) }}{# 注 #}', []),
        ('{{ ngettext("一条", "两条", 2) }}{{ f("外") }}', ['"外"']),
    ],
)
def test_words_outside_gettext_are_found(source: str, expected: list[str]) -> None:
    assert unwrapped(source) == expected


def test_every_word_of_the_templates_can_be_translated() -> None:
    found = {
        str(file.relative_to(TEMPLATES)): words
        for file in TEMPLATES.rglob("*.*")
        if (words := unwrapped(file.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_script_holds_words_of_its_own() -> None:
    # A script's words are in the page, in attributes, where they are translated. The
    # admin's own scripts are elsewhere: the admin speaks Chinese only.
    scripts = list((STATIC / "js").rglob("*.js"))
    assert scripts
    found = {file.name for file in scripts if HAN.search(file.read_text("utf-8"))}
    # It reads the numbers and units that people type, and shows none of them.
    assert found - {"words.js"} == set()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", "zh-hans"),
        ("zh-hant", "zh-hant"),
        ("en", "en"),
        ("za", "zh-hans"),
        ("ug", "zh-hans"),
        ("bo", "zh-hans"),
    ],
)
def test_interface_is_chinese_where_nobody_translated_it(
    language: str, expected: str
) -> None:
    with translation.override(language):
        assert interface_language() == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hans", "2026年3月1日"),
        ("zh-hant", "2026年3月1日"),
        ("en", "1 March 2026"),
        ("ug", "2026年3月1日"),
    ],
)
def test_days_are_written_as_in_the_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert format_date(date(2026, 3, 1)) == expected


def test_inserted_provision_has_no_chinese_sign_in_english() -> None:
    with translation.override("en"):
        assert provision_number("t17-1") == "17-1"


@pytest.mark.parametrize(
    ("language", "tag"), [("za", "zh-Hans"), ("ug", "zh-Hans"), ("en", "en")]
)
def test_footer_and_tools_say_the_language_of_their_words(
    language: str, tag: str
) -> None:
    html = render_in(language, QUESTION)
    assert f'<html lang="{language}"' in html
    for opening in ('<footer class="footer"', '<aside class="hotline"'):
        element = html[html.index(opening) : html.index(">", html.index(opening))]
        assert f'lang="{tag}"' in element


def test_citation_is_marked_as_chinese_on_an_english_page() -> None:
    html = render_in("en", QUESTION)
    assert '<span lang="zh-Hans" dir="ltr">《' in html
