"""Is what is published what the database says? Everything is rendered afresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from home.models import Portal
from publishing.building.full import open_workshop, site_form
from publishing.building.making import every_address, whole_site
from publishing.building.workshop import Made
from publishing.sites.manifest import is_part
from publishing.sites.outputs import sha256_of
from publishing.sites.releases import files_in
from publishing.sites.site import Site
from publishing.tree import forget_trees


@dataclass(slots=True)
class Verification:
    """The names of the files that are not as they should be."""

    files: int = 0
    stale: list[str] = field(default_factory=list)  # other bytes
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)  # they cannot be rendered now

    @property
    def is_exact(self) -> bool:
        return not (self.stale or self.missing or self.extra)


def verify_site(
    portal: Portal, site: Site, progress: Callable[[], object] = lambda: None
) -> Verification:
    """Compare every byte of the live tree with a rendering from nothing.

    Nothing that a process remembers is used, so that a row which was changed behind the
    outbox is found as well.
    """
    forget_trees()
    portal = Portal.objects.with_identity().get(pk=portal.pk)
    workshop = open_workshop(portal, site_form(portal))
    live = Path(site.live.path(""))
    there = {name for name in files_in(live) if not is_part(name)}
    found = Verification()
    wanted: set[str] = set()
    for item in whole_site(workshop, every_address(workshop)):
        progress()
        if not isinstance(item, Made):
            found.failed.append(item.name)
            wanted.add(item.name)
            continue
        name = item.output.name
        wanted.add(name)
        if name not in there:
            found.missing.append(name)
        elif sha256_of((live / name).read_bytes()) != item.output.sha256:
            found.stale.append(name)
    found.files = len(wanted)
    found.extra = sorted(there - wanted)
    return found
