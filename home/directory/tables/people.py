"""The table of the people who serve villages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.directory.tables.cells import (
    Column,
    chosen,
    differs,
    read_day,
    read_list,
    write_day,
)
from home.directory.tables.pages import number_column
from home.directory.tables.regions import RegionNames
from home.models import LegalWorker, Portal, localized

NAME = localized("name", "zh-hans")
ORGANIZATION = localized("organization", "zh-hans")


class PeopleTable:
    title = "法律服务人员"

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.regions = RegionNames(portal)
        self.columns = self.make_columns()
        own = LegalWorker.objects.of_portal(portal).select_related("township")
        self.people = {person.pk: person for person in own}

    def make_columns(self) -> Sequence[Column]:
        kinds = {str(kind.value): str(kind.label) for kind in LegalWorker.Kind}
        read, write = chosen(kinds)
        return [
            number_column(),
            Column(NAME, _("姓名"), is_required=True, example="王演示"),
            Column(
                "kind",
                _("身份"),
                read,
                write,
                True,
                choices=tuple(kinds.values()),
                example=kinds["guide"],
            ),
            Column(ORGANIZATION, _("单位"), example="石桥镇司法所"),
            Column(
                "township",
                _("乡镇"),
                choices=self.regions.townships,
                example="石桥镇",
            ),
            Column("villages", _("服务的村"), read=read_list, example="杏花村、石磨村"),
            Column("phone", _("电话"), is_phone=True, example="0000-1234567"),
            *(
                Column(
                    key,
                    title,
                    read=read_day,
                    write=lambda value: write_day(value or None),
                    example=example,
                )
                for key, title, example in (
                    ("consent_on", _("同意公开的日期"), "2026-03-01"),
                    ("consent_until", _("公开到哪一天"), "2027-02-28"),
                )
            ),
        ]

    def key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return (values[NAME], values["kind"], values.get("township", ""))

    def find(self, values: dict[str, Any]) -> LegalWorker | None:
        number = values.get("number")
        if number is not None:
            if number not in self.people:
                raise LookupError(
                    _("本门户没有编号 %(number)s 的人员；新增的请把编号空着。")
                    % {"number": number}
                )
            return self.people[number]
        for person in self.people.values():
            township = person.township
            places = (str(township), township.code) if township else ("",)
            if (
                getattr(person, NAME) == values[NAME]
                and person.kind == values["kind"]
                and values.get("township", "") in places
            ):
                return person
        return None

    def assign(
        self, known: LegalWorker | None, values: dict[str, Any]
    ) -> tuple[LegalWorker, bool]:
        person = known if known is not None else LegalWorker(portal=self.portal)
        wanted = self._wanted(person, values)
        changed = [
            name
            for name, value in wanted.items()
            if differs(getattr(person, name), value)
        ]
        for name in changed:
            setattr(person, name, wanted[name])
        return person, bool(changed)

    def _wanted(self, person: LegalWorker, values: dict[str, Any]) -> dict[str, Any]:
        found = {
            name: values[name]
            for name in (
                NAME,
                ORGANIZATION,
                "kind",
                "phone",
                "consent_on",
                "consent_until",
            )
            if name in values
        }
        township = person.township
        name = "township"
        try:
            if "township" in values:
                township = self.regions.township(values["township"])
                found["township_id"] = township.pk if township else None
            name = "villages"
            if "villages" in values:
                found["villages"] = self.regions.villages(values["villages"], township)
        except ValueError as error:
            raise ValidationError({name: str(error)}) from error
        return found

    def check(self, instance: LegalWorker, is_new: bool) -> None:
        instance.full_clean(exclude=["portal"])

    def save(self, instance: LegalWorker, is_new: bool) -> None:
        instance.save()

    def rows(self) -> list[dict[str, str]]:
        return [self._row(person) for person in self.people.values()]

    def _row(self, person: LegalWorker) -> dict[str, str]:
        names = [
            str(self.regions.by_code[code])
            for code in person.villages
            if code in self.regions.by_code
        ]
        row = {
            "number": str(person.pk),
            "township": str(person.township or ""),
            "villages": "、".join(names),
        }
        for column in self.columns:
            if column.key not in row:
                row[column.key] = column.write(getattr(person, column.key) or "")
        return row
