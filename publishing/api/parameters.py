"""Query parameters: read strictly, so that a slip is an error and not another answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import parse_fields_parameter

from publishing.api.problems import bad_parameter

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100
# No list is longer, and SQLite refuses numbers that do not fit its integers.
LARGEST_OFFSET = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that is asked for."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0

    @property
    def end(self) -> int:
        return self.offset + self.limit


def check_names(query: QueryDict, known: Collection[str]) -> None:
    """Refuse parameters that this endpoint does not have, and repeated ones."""
    for name, values in query.lists():
        if name not in known:
            raise bad_parameter(
                name,
                _("没有参数“%(name)s”。可以用的参数：%(known)s。")
                % {"name": name, "known": "、".join(sorted(known))},
            )
        if len(values) > 1:
            raise bad_parameter(
                name, _("参数“%(name)s”只能出现一次。") % {"name": name}
            )


def read_language(query: QueryDict, languages: Iterable[str], default: str) -> str:
    """The language of ``?lang=``; the request's Accept-Language plays no part."""
    return read_choice(query, "lang", list(languages)) or default


def read_choice(query: QueryDict, name: str, choices: Collection[str]) -> str:
    """One of ``choices``, or ``""`` where the parameter is absent."""
    value = query.get(name)
    if value is None:
        return ""
    if value not in choices:
        raise bad_parameter(
            name,
            _("“%(value)s”不能用作 %(name)s。可以用：%(choices)s。")
            % {"value": value, "name": name, "choices": "、".join(choices) or "—"},
        )
    return value


def read_number(
    query: QueryDict, name: str, default: int, lowest: int, highest: int
) -> int:
    value = query.get(name)
    if value is None:
        return default
    is_number = value.isascii() and value.isdecimal() and len(value) <= 9
    if not is_number or not lowest <= int(value) <= highest:
        raise bad_parameter(
            name,
            _("%(name)s 要写成 %(lowest)s 到 %(highest)s 之间的整数。")
            % {"name": name, "lowest": lowest, "highest": highest},
        )
    return int(value)


def read_window(query: QueryDict, largest: int = LARGEST_LIMIT) -> Window:
    return Window(
        limit=read_number(query, "limit", DEFAULT_LIMIT, 1, largest),
        offset=read_number(query, "offset", 0, 0, LARGEST_OFFSET),
    )


def read_year(query: QueryDict) -> int | None:
    return read_number(query, "year", 0, FIRST_YEAR, LAST_YEAR) or None


def read_flag(query: QueryDict, name: str) -> bool:
    return read_choice(query, name, ["true", "false"]) == "true"


def read_date(query: QueryDict, name: str) -> date | None:
    value = query.get(name)
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    # fromisoformat also reads 20210101 and 2021-W01-1.
    if day is None or day.isoformat() != value:
        raise bad_parameter(
            name, _("%(name)s 要写成 2021-01-01 这样的日期。") % {"name": name}
        )
    return day


def read_words(query: QueryDict, longest: int) -> str:
    words = query.get("q", "").strip()
    if len(words) > longest or not words.replace("\n", " ").isprintable():
        raise bad_parameter(
            "q",
            _("q 要写成不超过 %(longest)s 个字的普通文字。") % {"longest": longest},
        )
    return words


def refuse_together(query: QueryDict, name: str, others: Iterable[str]) -> None:
    for other in others:
        if name in query and other in query:
            raise bad_parameter(
                other,
                _("%(other)s 不能和 %(name)s 一起使用。")
                % {"other": other, "name": name},
            )


def read_fields(
    query: QueryDict, available: Collection[str], default: Collection[str]
) -> list[str]:
    """The fields to show, in Wagtail's notation: ``*``, ``_``, ``name``, ``-name``."""
    written = query.get("fields")
    if written is None:
        return list(default)
    try:
        parts = parse_fields_parameter(written)
    except ValueError as error:
        raise bad_parameter(
            "fields",
            _(
                "fields 的写法不对；例子：*、_,heading、-summary（用逗号隔开，没有空格）。"
            ),
        ) from error
    chosen = set(default)
    for place, (name, negated, nested) in enumerate(parts):
        if name in ("*", "_") and place == 0 and not negated:
            chosen = set(available) if name == "*" else set()
        elif name not in available or nested:
            raise bad_parameter(
                "fields",
                _("没有字段“%(name)s”。可以用的字段：%(available)s。")
                % {"name": name, "available": "、".join(available)},
            )
        elif negated:
            chosen.discard(name)
        else:
            chosen.add(name)
    return [name for name in available if name in chosen]
