"""Old addresses of a portal and where their pages are now (Wagtail's redirects).

The server answers one old address at a time, an export writes all of them: both ask
here, so that a page that is not public any more is named by neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.contrib.redirects.models import Redirect

from home.links import language_path, split_language
from home.presentation import MovedView
from publishing.snapshot import Snapshot
from publishing.tree import default_language


def moved_pages(snapshot: Snapshot) -> Iterator[tuple[str, MovedView]]:
    """(old logical path, where it leads), for targets that are public here."""
    redirects = Redirect.objects.filter(site=snapshot.portal.site).order_by("old_path")
    for redirect in redirects:
        if not _is_plain(redirect.old_path):
            continue
        for language in snapshot.tree.languages:
            view = _view(snapshot, redirect, language)
            if view is not None:
                old_path = f"{redirect.old_path.rstrip('/')}/"
                yield language_path(old_path, language), view


def moved_page(snapshot: Snapshot, path: str) -> MovedView | None:
    """Where the page went that stood at ``path``; None where none did."""
    language, plain = split_language(path, snapshot.tree.languages)
    redirects = Redirect.objects.filter(site=snapshot.portal.site)
    old_path = Redirect.normalise_path(plain)
    found = redirects.filter(old_path=old_path).first()
    return _view(snapshot, found, language) if found else None


def _view(snapshot: Snapshot, redirect: Redirect, language: str) -> MovedView | None:
    if redirect.redirect_page_id is None:
        is_chinese = language == default_language()
        return _link_view(redirect.redirect_link) if is_chinese else None
    row = snapshot.tree.rows.get(redirect.redirect_page_id)
    if row is None or language not in row.languages & snapshot.tree.spoken:
        return None
    return MovedView(language_path(row.path, language))


def _link_view(link: str) -> MovedView | None:
    return MovedView("", link) if link.startswith(("http://", "https://")) else None


def _is_plain(old_path: str) -> bool:
    """Whether a file can stand there: an address with a question mark has none."""
    steps = old_path.split("/")
    return not {"", ".", ".."} & set(steps[1:]) and not set("?;\\\0") & set(old_path)


def map_line(old_path: str, view: MovedView) -> str:
    """A line of nginx's ``map``: the old address and the new one.

    >>> map_line("/jiu/", MovedView("/xin/"))
    '"/jiu/" "/xin/";'
    """
    return f"{_quoted(old_path)} {_quoted(view.url or view.path)};"


def _quoted(text: str) -> str:
    # "$" would begin a variable, and nginx has no way to escape it.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24")
    return f'"{escaped}"'
