"""A portal with everything that its people need on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from home.models import Portal
from home.portals.people import NewPerson, create_person
from home.portals.provisioning import PortalSpec, create_portal


@dataclass(frozen=True, slots=True)
class NewPortal:
    spec: PortalSpec
    redirects: Sequence[str] = ()  # old addresses of the home page
    admin: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    portal: Portal
    admin: Any = None
    password: str = ""  # to be told once; it is stored nowhere


@transaction.atomic
def open_portal(new: NewPortal, actor: Any = None) -> Opened:
    """All of it or nothing; ``actor`` None: the command line.

    Raises ``ValidationError`` where something is wrong or taken.
    """
    portal = create_portal(new.spec)
    home = portal.site.root_page
    for path in new.redirects:
        Redirect.add_redirect(path, home, site=portal.site)
    log(
        instance=portal,
        action="home.portal.open",
        user=actor,
        data={"host": portal.host},
        content_changed=False,
    )
    if new.admin is None:
        return Opened(portal)
    user, password = create_person(actor, portal, new.admin)
    return Opened(portal, user, password)
