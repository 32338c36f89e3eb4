"""Old addresses of a portal and where their pages are now (Wagtail's redirects).

The server answers one old address at a time, an export writes all of them: both ask
here, so that a page that is not public any more is named by neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

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
                yield language_path(_page_path(redirect.old_path), language), view


def moved_queries(snapshot: Snapshot) -> Iterator[tuple[str, MovedView]]:
    """(old address with a question mark, where it leads): no file can stand there, only
    a web server can tell them apart. As browsers send them."""
    redirects = Redirect.objects.filter(
        site=snapshot.portal.site, old_path__contains="?"
    )
    for redirect in redirects.order_by("old_path"):
        view = _view(snapshot, redirect, default_language())
        if view is not None:
            path, _question, query = redirect.old_path.partition("?")
            yield f"{quote(path)}?{quote(query, safe='=&%+/:,;@!*()~')}", view


def moved_page(
    snapshot: Snapshot, path: str, query: str = "", *, only_query: bool = False
) -> MovedView | None:
    """Where the page went that stood at ``path``; None where none did.

    An old system told its pages apart by the query: that is asked for first, and with
    ``only_query`` nothing else is (a page of ours stands at the bare path).
    """
    language, plain = split_language(path, snapshot.tree.languages)
    redirects = Redirect.objects.filter(site=snapshot.portal.site)
    old_paths = [] if only_query else [Redirect.normalise_path(plain)]
    if query:
        old_paths.insert(0, Redirect.normalise_path(f"{quote(plain)}?{query}"))
    found = {row.old_path: row for row in redirects.filter(old_path__in=old_paths)}
    for old_path in old_paths:
        if old_path in found:
            return _view(snapshot, found[old_path], language)
    return None


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


def _page_path(old_path: str) -> str:
    """Old pages that were files stay files; all others are folders with a page.

    >>> _page_path("/jiu"), _page_path("/2018/123.html")
    ('/jiu/', '/2018/123.html')
    """
    if old_path.lower().endswith((".html", ".htm")):
        return old_path
    return f"{old_path.rstrip('/')}/"


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
