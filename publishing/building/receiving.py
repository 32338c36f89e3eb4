"""The worker's part: changes go to the static sites, nights bring releases."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing

from django.utils import timezone

from home.models import Portal
from home.outbox import ChangeRecord
from publishing import offline
from publishing.building.full import BuildError
from publishing.building.keeper import keep_up
from publishing.building.queue import ask_for_build, is_being_built
from publishing.sites.errors import SiteError
from publishing.sites.site import Site
from search.indexing import last_change_number

logger = logging.getLogger(__name__)

# Releases are cut when nobody publishes.
NIGHT = range(2, 6)


def deliver(changes: Sequence[ChangeRecord]) -> None:
    """Bring the sites of the portals that these changes concern up to date.

    Each site knows by itself how far it is, so that a change which comes twice costs
    nothing. A site that cannot be changed now does not keep the others waiting: it is
    tried again every minute (``keep_all``).
    """
    portals = {change.portal_id for change in changes}
    for portal in Portal.objects.select_related("site"):
        if None in portals or {portal.pk, portal.parent_id} & portals:
            _keep(portal)


def keep_all() -> list[str]:
    """What no delivery brings: a new day, and what could not be done when it came."""
    done = []
    for portal in Portal.objects.select_related("site"):
        written = _keep(portal)
        if written:
            done.append(f"{portal.host}：更新了 {written} 个文件")
    return done


def cut_releases() -> list[str]:
    """Once a night, the state of each site that has changed since its last release."""
    if timezone.localtime().hour not in NIGHT:
        return []
    return list(_cut())


def _cut() -> Iterator[str]:
    today = timezone.localdate()
    for portal in Portal.objects.select_related("site"):
        if is_being_built(portal):
            continue
        with closing(Site.of(portal.host)) as site:
            if site.needs_full_build or site.is_paused:
                continue
            newest = site.releases()[:1]
            if newest and timezone.localdate(newest[0].moment) == today:
                continue
            try:
                name = site.cut_release()
            except SiteError as error:
                logger.warning("%s: no release: %s", portal.host, error)
                continue
            if not newest or newest[0].name != name:
                yield f"{portal.host}：建立了版本 {name}"


def _lead_on(portal: Portal) -> None:
    """After the new place has what the old one leads to."""
    for host in offline.lead_on(portal, last_change_number()):
        logger.info("%s leads on to %s", host, portal.host)


def _keep(portal: Portal) -> int:
    """How many files were written or removed. A whole build is put off: it would keep
    the other portals waiting, and it brings these changes along."""
    try:
        if is_being_built(portal):
            return 0
        report = keep_up(portal, put_off=ask_for_build)
    except (BuildError, SiteError) as error:
        logger.warning("%s: the site stays as it is: %s", portal.host, error)
    except Exception:
        logger.exception("%s: the site stays as it is; it is tried again", portal.host)
    else:
        _lead_on(portal)
        return report.written + report.deleted if report is not None else 0
    return 0
