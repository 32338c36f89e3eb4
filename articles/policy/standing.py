"""Whether an official document still holds, on a certain day. Nothing is read here."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Disclosure(models.TextChoices):
    """公开方式 (政府信息公开条例)."""

    ACTIVE = "active", _("主动公开")
    REQUEST = "request", _("依申请公开")
    NONE = "none", _("不予公开")


class Validity(models.TextChoices):
    """有效性 (checklist 4.1)."""

    VALID = "valid", _("有效")
    EXPIRED = "expired", _("失效")
    REPEALED = "repealed", _("废止")
    AMENDED = "amended", _("已修改")


# No longer to be followed. What was amended holds in its new form.
OVER = frozenset({Validity.EXPIRED, Validity.REPEALED})


def standing_of(validity: str, valid_until: date | None, today: date) -> Validity:
    """What an editor said, or the calendar: past its last day a document is 失效."""
    said = Validity(validity)
    if said not in OVER and valid_until is not None and valid_until < today:
        return Validity.EXPIRED
    return said
