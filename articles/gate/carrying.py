"""What was let pass stays passed where a portal is taken in from a file."""

from __future__ import annotations

from articles.gate.deciding import name_of
from articles.gate.models import Override
from home.models import Portal


def forget_strangers(portal: Portal) -> None:
    """An account of this installation that only has the same user name is somebody
    else; the name and the reason stay as they were written."""
    root = portal.site.root_page.path
    rows = Override.objects.filter(page__path__startswith=root).exclude(user=None)
    for row in rows.select_related("user"):
        if name_of(row.user) != row.user_name:
            row.user = None
            row.save(update_fields=["user"])
