"""A site is kept as its portal is: what a worker remembers between two changes.

The tree that the site shows and its search index stay in memory, so that a change costs
what it touches. A process without that memory asks every fact of the record again, which
takes longer and comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import Portal
from home.outbox import ChangeRecord, between
from publishing import offline
from publishing.building.assembly import Report
from publishing.building.causes import cause_of
from publishing.building.change import Update
from publishing.building.full import (
    CODE,
    DAY,
    FORM,
    build_release,
    describe,
    form_text,
    require_publishable,
    site_form,
)
from publishing.building.search_files import (
    INDEX,
    Indexes,
    build_indexes,
    changed_index_files,
    index_files,
    index_languages,
)
from publishing.building.version import code_version
from publishing.building.workshop import Made, Workshop
from publishing.shared import shared_data
from publishing.sites.errors import SiteStaleError
from publishing.sites.record import Record
from publishing.sites.runs import ChangeRun
from publishing.sites.site import Site
from publishing.snapshot import Snapshot, all_portals
from publishing.tree import Tree, load_tree
from publishing.tree_changes import Diff, patched
from search.indexing import last_change_number
from search.sources import Plan, pages_of
from statutes.models import Statute

# The words of a search belong to the portal or to the one above it.
WORDS = "portalsynonym:"
PutOff = Callable[[Portal], None]


# In these states a portal has a static site without anybody asking for it.
FROM_THE_FIRST = frozenset({Portal.State.TESTED, Portal.State.ONLINE})


@dataclass(slots=True)
class Kept:
    """What the site of a portal shows; ``indexes`` as far as it is known."""

    position: int
    tree: Tree
    indexes: Indexes | None = None


_kept: dict[int, Kept] = {}


def forget_kept() -> None:
    """For tests, whose rolled-back change numbers come again."""
    _kept.clear()


def bring_up_to_date(portal: Portal, *, cause: str = "") -> Report:
    """As ``keep_up``, but the site as it was before is kept as a release; the first time
    the whole site is built.

    Raises ``SiteStaleError`` for a site that somebody has rolled back.
    """
    with closing(Site.of(portal.host)) as site:
        if site.is_paused and not portal.is_offline:
            raise SiteStaleError(_("网站停在旧版本，请先按“恢复”。"))
        if site.record.position is None:
            return build_release(portal, site=site, cause=cause)
        folder = site.folder
    report = keep_up(portal, cause=cause, keeps_old=True)
    return report or Report(portal.host, folder)


def keep_up(
    portal: Portal,
    *,
    cause: str = "",
    keeps_old: bool = False,
    put_off: PutOff | None = None,
) -> Report | None:
    """Bring a portal's site up to date; None where there is nothing to do, as where a
    portal in preparation has no site yet.

    ``keeps_old``: what was there stays as a release to which one can go back.
    ``put_off``: called in place of a whole build, which takes minutes. Raises
    ``BuildError`` and ``SiteError``; the site is then as it was.
    """
    with closing(Site.of(portal.host)) as site:
        record, known = site.record, site.record.position
        portal = Portal.objects.with_identity().get(pk=portal.pk)
        if known is None:
            if offline.was_published(portal):
                return build_release(portal, site=site)
            if portal.state not in FROM_THE_FIRST:
                return None
            return _build(portal, site, cause or _("第一次生成"), put_off)
        if portal.is_offline:
            is_told = record.meta(FORM) == offline.notice_form(portal)
            return None if is_told else build_release(portal, site=site)
        if offline.shows_notice(site):
            offline.bring_back(site)
        if site.is_paused:
            return None
        changes = _changes(portal, known)
        if changes is None or _is_made_otherwise(site, portal):
            return _build(portal, site, cause or _("整站重建"), put_off)
        is_searched = record.meta(INDEX) == str(known)
        if not changes and _is_of_today(record) and is_searched:
            return None
        return _apply(site, portal, known, changes, cause, keeps_old=keeps_old)


def _build(
    portal: Portal, site: Site, cause: str, put_off: PutOff | None
) -> Report | None:
    if put_off is None:
        return build_release(portal, site=site, cause=cause)
    put_off(portal)
    return None


def _is_made_otherwise(site: Site, portal: Portal) -> bool:
    """By other code, with links of another form, or it is not what the record says."""
    return (
        site.needs_full_build
        or site.record.meta(CODE) != code_version()
        or site.record.meta(FORM) != form_text(site_form(portal))
    )


def _is_of_today(record: Record) -> bool:
    return record.meta(DAY) == timezone.localdate().isoformat()


def _changes(portal: Portal, position: int) -> list[ChangeRecord] | None:
    """What concerns this portal since ``position``; None: not known any more."""
    found = between(position, last_change_number())
    if found is None:
        return None
    return [
        change
        for change in found
        if change.portal_id in (None, portal.pk)
        or (change.portal_id == portal.parent_id and change.key.startswith(WORDS))
    ]


def _apply(
    site: Site,
    portal: Portal,
    known: int,
    changes: Sequence[ChangeRecord],
    cause: str,
    *,
    keeps_old: bool,
) -> Report:
    position = last_change_number()
    portals = all_portals()
    kept = _kept.pop(portal.pk, None)
    old = kept.tree if kept is not None and kept.position == known else None
    tree, diff = _next_tree(portal, portals, old, changes)
    workshop = Workshop(Snapshot(portal, portals, tree), site_form(portal))
    require_publishable(workshop)
    if keeps_old:
        site.cut_release(anew=True)
    report = Report(portal.host, site.folder)
    old = old if diff is not None else None
    indexes = _usable_indexes(site, workshop, kept, old, changes)
    with site.change_run(cause or cause_of(portal, changes)) as run:
        Update(run, workshop, changes, old, diff).apply(report)
        if indexes is not None and old is not None and diff is not None:
            _change_indexes(run, workshop, indexes, changes, old, diff)
            run.set_meta(INDEX, str(position))
        describe(run, workshop, position)
    report.written, report.deleted = run.written, run.deleted
    if indexes is None:
        indexes = _build_indexes(site, workshop, position, report)
    tree.citations.of_page(0)  # read now: later it would tell of what has changed
    _kept[portal.pk] = Kept(position, tree, indexes)
    return report


def _next_tree(
    portal: Portal,
    portals: Sequence[Portal],
    old: Tree | None,
    changes: Sequence[ChangeRecord],
) -> tuple[Tree, Diff | None]:
    shared = shared_data(portals)
    found = patched(old, portal, changes, shared) if old is not None else None
    return found if found is not None else (load_tree(portal, shared), None)


# --- the search index ----------------------------------------------------------------------


def _usable_indexes(
    site: Site,
    workshop: Workshop,
    kept: Kept | None,
    old: Tree | None,
    changes: Sequence[ChangeRecord],
) -> Indexes | None:
    """The indexes in memory, where the change can be put into them."""
    if kept is None or kept.indexes is None or old is None:
        return None
    is_in_step = site.record.meta(INDEX) == str(kept.position)
    languages = set(index_languages(workshop))
    if (
        not is_in_step
        or not _is_of_today(site.record)
        or set(kept.indexes) != languages
    ):
        return None
    return None if any(map(is_about_words, changes)) else kept.indexes


def _change_indexes(
    run: ChangeRun,
    workshop: Workshop,
    indexes: Indexes,
    changes: Sequence[ChangeRecord],
    old: Tree,
    diff: Diff,
) -> None:
    plan = Plan.of(changes)
    plan.pages |= diff.pages
    pages = pages_of(plan)
    statutes = _statutes(changes, pages, (old, workshop.snapshot.tree))
    for item in changed_index_files(workshop, indexes, pages, statutes):
        if isinstance(item, Made):
            run.put(item.output, item.body)
        else:
            run.delete(item)


def _build_indexes(
    site: Site, workshop: Workshop, position: int, report: Report
) -> Indexes:
    """Make them anew, in a run of its own: pages are visible before they are found."""
    indexes = build_indexes(workshop)
    with site.change_run(_("搜索索引")) as run:
        names = set()
        for made in index_files(indexes):
            run.put(made.output, made.body)
            names.add(made.output.name)
        for name in set(run.record.names_of_kind(INDEX)) - names:
            run.delete(name)
        run.set_meta(INDEX, str(position))
    report.written += run.written
    report.deleted += run.deleted
    return indexes


def is_about_words(change: ChangeRecord) -> bool:
    """Whether the search index has to be made anew for this portal."""
    return change.key.startswith(WORDS) or change.subject in ("portal", "topic")


def _statutes(
    changes: Sequence[ChangeRecord], pages: Collection[int], trees: tuple[Tree, ...]
) -> set[str]:
    """Statutes that changed, and those that pages began or ceased to cite."""
    keys = {change.key for change in changes if change.subject == "statute"}
    slugs = set(Statute.objects.filter(pk__in=keys).values_list("slug", flat=True))
    return slugs | {
        place.slug
        for tree in trees
        for page_id in pages
        for place in tree.citations.of_page(page_id)
    }
