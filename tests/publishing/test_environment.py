"""Filters of the public templates, and the strictness of their environment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from jinja2 import DictLoader, UndefinedError

from publishing.colors import contrast, mix, readable, tint
from publishing.environment import (
    environment,
    format_date,
    format_datetime,
    format_file_size,
    format_iso,
    language_tag,
    provision_number,
    shortened,
)

LATE = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)  # already 1 March in Shanghai


def render(source: str, **context: object) -> str:
    return (
        environment(loader=DictLoader({"a": source})).get_template("a").render(context)
    )


def test_missing_variable_stops_the_page() -> None:
    with pytest.raises(UndefinedError):
        render("{{ nothing }}")


def test_text_is_escaped() -> None:
    assert render("{{ text }}", text="<b>") == "&lt;b&gt;"


def test_translated_text_escapes_what_is_put_in() -> None:
    assert (
        render('{{ _("来源：%(name)s", name=name) }}', name="<b>") == "来源：&lt;b&gt;"
    )


def test_moments_are_shown_in_local_time() -> None:
    assert format_date(LATE) == "2026年3月1日"
    assert format_datetime(LATE) == "2026-03-01 00:30"
    assert format_iso(LATE) == "2026-03-01T00:30:00+08:00"


def test_days_have_no_time() -> None:
    assert format_date(date(2026, 11, 2)) == "2026年11月2日"
    assert format_iso(date(2026, 11, 2)) == "2026-11-02"


def test_no_date_gives_no_text() -> None:
    assert (format_date(None), format_datetime(None), format_iso(None)) == ("", "", "")


def test_message_is_taken_in_the_active_language_when_rendering() -> None:
    template = environment(loader=DictLoader({"a": '{{ _("Yes") }}'})).get_template("a")
    with translation.override("zh-hans"):
        chinese = template.render()
    with translation.override("en"):
        assert (chinese, template.render()) == ("是", "Yes")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "1 KB"),
        (1024, "1 KB"),
        (345_000, "337 KB"),
        (1024 * 1024 - 1, "1024 KB"),
        (1024 * 1024, "1.0 MB"),
        (2_600_000, "2.5 MB"),
    ],
)
def test_file_size(size: int, expected: str) -> None:
    assert format_file_size(size) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("zh-hans", "zh-Hans"), ("en", "en"), ("ug", "ug")]
)
def test_language_tag(code: str, expected: str) -> None:
    assert language_tag(code) == expected


@pytest.mark.parametrize(
    ("anchor", "expected"), [("t1046", "1046"), ("t17-1", "17之1")]
)
def test_provision_number(anchor: str, expected: str) -> None:
    assert provision_number(anchor) == expected


@pytest.mark.parametrize(
    ("link", "own", "expected"),
    [
        ("/laws/a/b1/#t1", "/laws/a/", "b1/#t1"),
        ("/sfj/laws/a/b1/#t1", "/sfj/laws/a/", "b1/#t1"),
        ("/laws/a/#c1", "/laws/a/", "#c1"),
        ("/laws/b/#t1", "/laws/a/", "/laws/b/#t1"),
        ("b1/index.html#t1", "index.html", "b1/index.html#t1"),
        ("#t1", "index.html", "#t1"),
        ("/laws/a/", "/laws/a/", "/laws/a/"),
    ],
)
def test_link_is_shortened_below_its_own_page_only(
    link: str, own: str, expected: str
) -> None:
    assert shortened(link, own) == expected


@pytest.mark.parametrize("color", ["#ffffff", "#ffcc00", "#1c5a8a", "#00ff00"])
def test_readable_color_reaches_the_ratio(color: str) -> None:
    assert contrast(readable(color, 7), "#ffffff") >= 7


def test_readable_color_is_kept_where_it_suffices() -> None:
    assert readable("#1c5a8a", 4.5) == "#1c5a8a"


def test_text_on_a_tint_of_its_own_color_can_be_read() -> None:
    assert contrast(readable("#ffcc00", 5.5), tint("#ffcc00", 0.07)) >= 4.5


def test_mix_runs_from_one_color_to_the_other() -> None:
    assert [mix("#102030", "#ffffff", share) for share in (0, 1)] == [
        "#102030",
        "#ffffff",
    ]


@pytest.mark.parametrize("color", ["red", "#fff", "#12345g", "#123456; }"])
def test_what_is_no_color_is_refused(color: str) -> None:
    with pytest.raises(ValueError, match="not a color"):
        readable(color)
