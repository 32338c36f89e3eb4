"""A portal gets another name, another host, or another place below a host."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import FormerHost, Portal, localized
from home.portals.forms import HOST, WEB_ADDRESS, taken_host

NAME = localized("name", settings.LANGUAGE_CODE)


@transaction.atomic
def rename_portal(portal: Portal, name: str, actor: Any = None) -> None:
    before = portal.name
    setattr(portal, NAME, name.strip())
    if not name.strip():
        raise ValidationError({"name": _("请填写名称。")})
    portal.full_clean()
    portal.save()
    portal.site.site_name = portal.name
    portal.site.save()
    data = {"before": before, "name": portal.name}
    log(instance=portal, action="home.portal.rename", user=actor, data=data)


@transaction.atomic
def move_portal(
    portal: Portal, *, host: str, public_base: str, actor: Any = None
) -> None:
    """From the next request on, the old host leads to the new one; the worker turns the
    old static site into pages that lead on. Raises ``ValidationError`` by field."""
    before, base_before = portal.host, portal.public_base
    errors = errors_of(portal, host, public_base)
    if errors:
        raise ValidationError(errors)
    portal.public_base = public_base
    portal.full_clean()
    portal.save()
    if host != before:
        FormerHost.objects.filter(host=host, portal=portal).delete()
        portal.site.hostname = host
        portal.site.save()
        FormerHost.objects.create(host=before, portal=portal)
    data = {
        "before": before,
        "host": host,
        "base_before": base_before,
        "base": public_base,
    }
    log(instance=portal, action="home.portal.move", user=actor, data=data)


def errors_of(portal: Portal, host: str, public_base: str) -> dict[str, Any]:
    """What stands against a place, by field."""
    errors: dict[str, Any] = {}
    try:
        HOST(host)
    except ValidationError as error:
        errors["host"] = error.messages
    if taken_host(host, portal):
        errors["host"] = [_("这个域名已经有门户在用。")]
    if public_base:
        try:
            WEB_ADDRESS(public_base)
        except ValidationError as error:
            errors["public_base"] = error.messages
        else:
            if host != portal.host and urlsplit(public_base).hostname == portal.host:
                errors["public_base"] = [_("公开地址里还是原来的域名，请一起改。")]
    return errors
