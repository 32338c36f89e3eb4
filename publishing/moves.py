"""Old addresses of a portal and where their pages are now (Wagtail's redirects)."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.contrib.redirects.models import Redirect

from home.presentation import MovedView
from publishing.renderer import Snapshot


def moved_pages(snapshot: Snapshot) -> Iterator[tuple[str, MovedView]]:
    """(old logical path, where it leads), for targets that are public here."""
    redirects = Redirect.objects.filter(site=snapshot.portal.site).order_by("old_path")
    for redirect in redirects:
        old_path = f"{redirect.old_path.rstrip('/')}/"
        if redirect.redirect_page_id is None:
            if redirect.redirect_link:
                yield old_path, _link_view(redirect.redirect_link)
            continue
        row = snapshot.tree.rows.get(redirect.redirect_page_id)
        if row is not None:
            yield old_path, MovedView(row.path)


def _link_view(link: str) -> MovedView:
    return MovedView(link) if link.startswith("/") else MovedView("", link)
