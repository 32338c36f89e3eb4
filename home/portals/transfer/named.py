"""What is carried by name and not as rows: people, tags, restrictions of pages."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from home.models import Portal, PortalRole
from home.portals.transfer import writing
from home.portals.transfer.archive import Archive
from home.portals.transfer.mapping import Numbers


def make_accounts(
    archive: Archive, known: dict[str, int], notes: list[str]
) -> dict[str, Any]:
    """The new accounts by name, without passwords: an administrator gives each a new
    one. A name that is taken here is left alone, whoever it belongs to."""
    model = get_user_model()
    made: dict[str, Any] = {}
    for given in archive.json(writing.PEOPLE):
        name = given["username"]
        if name in known:
            notes.append(_("账号 %s 这里已经有了，没有动。") % name)
            continue
        person = model(
            username=name,
            first_name=given["name"],
            email=given["email"],
            is_active=given["is_active"],
        )
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
        known[name] = person.pk
        made[name] = person
    return made


def give_roles(archive: Archive, accounts: dict[str, Any], portal: Portal) -> None:
    for given in archive.json(writing.PEOPLE):
        person = accounts.get(given["username"])
        if person is not None and given["role"]:
            role = PortalRole.Role(given["role"])
            person.groups.add(portal.roles.get(role=role).group)


def make_tags(archive: Archive, numbers: Numbers) -> None:
    for tag in archive.json(writing.TAGS):
        model: Any = apps.get_model(tag["model"])
        number = numbers.of(model, tag["pk"])
        model.objects.get(pk=number).tags.add(tag["name"])


def make_restrictions(archive: Archive, numbers: Numbers) -> None:
    for given in archive.json(writing.RESTRICTIONS):
        kind = given["type"]
        if kind == PageViewRestriction.GROUPS:  # its groups are not here
            kind = PageViewRestriction.LOGIN
        PageViewRestriction.objects.create(
            page_id=numbers.of(Page, given["page"]),
            restriction_type=kind,
            password=given["password"],
        )
