"""The table of service points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from home.directory.hours import HoursError, normalized
from home.directory.tables.cells import (
    Column,
    chosen,
    read_day,
    several,
    write_day,
)
from home.directory.tables.pages import (
    NAME,
    SUMMARY,
    PageTable,
    number_column,
    place_columns,
)
from home.models import ServicePointPage, localized, words_of

ADDRESS = localized("address", "zh-hans")
NOTE = localized("hours_note", "zh-hans")


def read_hours(text: str) -> str:
    """Lines apart by a line break or a semicolon, as one cell holds them."""
    try:
        return normalized(text.replace("；", "\n").replace(";", "\n"))
    except HoursError as error:
        raise ValueError(" ".join(error.problems)) from error


class PointTable(PageTable):
    model = ServicePointPage
    title = "法律服务点"
    plain: ClassVar[tuple[str, ...]] = (
        "level",
        ADDRESS,
        "hours",
        "closed_on_holidays",
        NOTE,
        "phone",
        "services",
        "accessible_entrance",
        "latitude",
        "longitude",
        "confirmed_on",
    )

    def make_columns(self) -> Sequence[Column]:
        return [
            number_column(),
            Column(NAME, _("名称"), is_required=True, example="石桥镇司法所"),
            self._choice("level", _("类别"), "levels"),
            Column(
                "township",
                _("乡镇"),
                is_required=True,
                choices=self.regions.townships,
                example="石桥镇",
            ),
            Column("village", _("村"), example="杏花村"),
            Column(
                ADDRESS,
                _("地址"),
                is_required=True,
                example="石桥镇演示路1号，邮局对面",
            ),
            *_time_columns(),
            Column("phone", _("电话"), is_phone=True, example="0000-1234567"),
            self._services(),
            _entrance(),
            *place_columns(),
            Column(
                "confirmed_on",
                _("核对日期"),
                read=read_day,
                write=lambda value: write_day(value or None),
                example="2026-03-01",
            ),
            Column(SUMMARY, _("一句话介绍"), example="有律师坐班，不收费"),
        ]

    def _names(self, group: str) -> dict[str, str]:
        words = words_of(self.portal, group)
        return {slug: word.name("zh-hans") for slug, word in words.items()}

    def _choice(self, key: str, title: str, group: str) -> Column:
        names = self._names(group)
        read, write = chosen(names)
        choices = tuple(names.values())
        return Column(
            key, title, read, write, True, choices=choices, example=choices[1]
        )

    def _services(self) -> Column:
        names = self._names("services")
        read, write = several(names)
        choices = tuple(names.values())
        return Column(
            "services",
            _("服务项目"),
            read,
            lambda value: write(value or []),
            choices=choices,
            example="、".join(choices[:3]),
        )

    def row_of(self, page: Any) -> dict[str, str]:
        return super().row_of(page) | {
            "closed_on_holidays": _("是") if page.closed_on_holidays else _("否")
        }


def _time_columns() -> list[Column]:
    yes_or_no = {True: _("是"), False: _("否")}

    def read(text: str) -> bool:
        if text in ("", yes_or_no[True]):
            return True
        if text == yes_or_no[False]:
            return False
        raise ValueError(_("请写“是”或者“否”。"))

    return [
        Column(
            "hours",
            _("办公时间"),
            read=read_hours,
            write=lambda value: value.replace("\n", "；"),
            example="周一至周五 8:30-12:00 14:30-18:00；周六 9:00-12:00",
        ),
        Column(
            "closed_on_holidays",
            _("节假日休息"),
            read=read,
            choices=tuple(yes_or_no.values()),
        ),
        Column(NOTE, _("时间说明"), example="逢集日中午不休息"),
    ]


def _entrance() -> Column:
    names = {"yes": _("有"), "no": _("没有"), "unknown": _("不清楚")}
    read, write = chosen(names, default="unknown")
    return Column(
        "accessible_entrance",
        _("无障碍通道"),
        read,
        write,
        choices=tuple(names.values()),
    )
