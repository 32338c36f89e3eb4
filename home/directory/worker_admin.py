"""People who serve villages, in the admin."""

from __future__ import annotations

from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from home.models import LegalWorker, Portal, Region
from home.models.regions import TOWNSHIP, VILLAGE
from home.record_admin import PortalRecordForm, PortalRecordViewSet, record_portals


class LegalWorkerForm(PortalRecordForm):
    """Villages are chosen by name, below their township."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["villages"]
        portals = [self.portal] if "portal" not in self.fields else self._portals()
        self.fields["villages"] = forms.MultipleChoiceField(
            label=old.label,
            help_text=old.help_text,
            choices=_village_choices(portals),
            required=False,
            widget=forms.SelectMultiple(attrs={"size": 8}),
        )
        township = self.fields["township"]
        assert isinstance(township, forms.ModelChoiceField)  # noqa: S101  (for mypy)
        township.queryset = _regions(portals, TOWNSHIP)

    def _portals(self) -> list[Portal]:
        """Of a new person whose portal is still to be chosen."""
        return list(record_portals(self.for_user))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        portal = cleaned.get("portal") or self.portal
        own = set(Region.objects.of_portal(portal).values_list("code", flat=True))
        township = cleaned.get("township")
        if township is not None and township.code not in own:
            self.add_error("township", _("这个乡镇不在所选的门户里。"))
        return cleaned


def _regions(portals: list[Portal], level: int) -> Any:
    found = Region.objects.none()
    for portal in portals:
        found = found | Region.objects.of_portal(portal)
    return found.of_level(level)


def _village_choices(portals: list[Portal]) -> list[tuple[str, list[tuple[str, str]]]]:
    townships = {one.code: str(one) for one in _regions(portals, TOWNSHIP)}
    villages = _regions(portals, VILLAGE).order_by("code")
    return [
        (townships.get(code, code), [(one.code, str(one)) for one in group])
        for code, group in groupby(villages, key=lambda village: village.parent_code)
    ]


class LegalWorkerViewSet(PortalRecordViewSet):
    model = LegalWorker
    icon = "user"
    menu_label = _("法律服务人员")
    menu_order = 171
    base_form_class = LegalWorkerForm
    list_display: ClassVar[list[str]] = [
        "name",
        "kind",
        "township",
        "consent_until",
        "consent_state",
    ]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["name", "organization"]
    search_backend_name = None  # plain matching: names are short
