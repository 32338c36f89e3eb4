"""The table of model villages and culture sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from home.directory.tables.cells import Column, chosen, read_year, write_number
from home.directory.tables.pages import (
    NAME,
    SUMMARY,
    PageTable,
    number_column,
    place_columns,
)
from home.models import PlacePage


class PlaceTable(PageTable):
    model = PlacePage
    title = "示范村和阵地"
    plain: ClassVar[tuple[str, ...]] = (
        "register",
        "rank",
        "named_year",
        "latitude",
        "longitude",
    )

    def make_columns(self) -> Sequence[Column]:
        return [
            number_column(),
            Column(NAME, _("名称"), is_required=True, example="杏花村"),
            _choice("register", _("名册"), PlacePage.Register),
            _choice("rank", _("级别"), PlacePage.Rank),
            Column(
                "named_year",
                _("命名年份"),
                read=read_year,
                write=lambda value: write_number(value or None),
                example="2023",
            ),
            Column(
                "township",
                _("乡镇"),
                is_required=True,
                choices=self.regions.townships,
                example="石桥镇",
            ),
            Column("village", _("村"), example="杏花村"),
            *place_columns(),
            Column(SUMMARY, _("一句话介绍"), example="每逢赶集有法治山歌表演"),
        ]


def _choice(key: str, title: str, choices: Any) -> Column:
    names = {str(choice.value): str(choice.label) for choice in choices}
    read, write = chosen(names)
    labels = tuple(names.values())
    return Column(key, title, read, write, True, choices=labels, example=labels[0])
