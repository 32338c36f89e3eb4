"""Whether the public sees a page as it was published last, and since when."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import BasePage, Change, Portal
from publishing.building.causes import PAGE_SUBJECTS
from publishing.sites.record import Failure, Record
from publishing.sites.site import Site
from publishing.status.places import slug_path

VISIBLE, WAITING, FAILED, PAUSED = "visible", "waiting", "failed", "paused"


@dataclass(frozen=True, slots=True)
class PageState:
    kind: str  # one of the four above
    text: str

    @property
    def is_moving(self) -> bool:
        return self.kind == WAITING


def page_state(page: BasePage) -> PageState | None:
    """None for a page that the published site has nothing to do with."""
    portal = page.portal
    if portal is None or page.pk is None:
        return None
    with closing(Site.of(portal.host)) as site:
        if site.record.position is None:
            return None
        return _state(page, portal, site)


def _state(page: BasePage, portal: Portal, site: Site) -> PageState | None:
    record = site.record
    changes = _changes(page)
    is_pending = changes.filter(number__gt=record.position or 0).exists()
    is_out = bool(record.outputs_of_page(page.pk))
    if not page.live and not (is_out or is_pending):
        return None
    said = _published(page)
    if is_pending and site.is_paused:
        text = _("%(said)s。静态网站停着（%(reason)s），恢复以后才看得见。")
        return PageState(PAUSED, text % {"said": said, "reason": site.paused_reason})
    if is_pending:
        return PageState(WAITING, _("%(said)s，网站正在更新……") % {"said": said})
    if failure := _failure(page, portal, record):
        text = _("%(said)s，但是网站没有更新：%(reason)s")
        return PageState(FAILED, text % {"said": said, "reason": failure.reason})
    return _settled(page, record, said)


def _settled(page: BasePage, record: Record, said: str) -> PageState | None:
    if not page.live:
        return None
    since = _visible_since(page, record)
    if since is None:
        return PageState(VISIBLE, _("%(said)s，网站上可见") % {"said": said})
    text = _("%(said)s，%(time)s 网站上可见")
    return PageState(VISIBLE, text % {"said": said, "time": exact_time(since)})


def _changes(page: Page) -> QuerySet[Change]:
    return Change.objects.filter(subject__in=PAGE_SUBJECTS, key=str(page.pk))


def _published(page: BasePage) -> str:
    if not page.live:
        return _("已经撤下")
    if page.last_published_at is None:
        return _("已经发布")
    return _("%(time)s 发布") % {"time": short_time(page.last_published_at)}


def _visible_since(page: BasePage, record: Record) -> datetime | None:
    """When the site first showed the last publication; None where that is forgotten."""
    if page.last_published_at is None:
        return None
    change = (
        _changes(page)
        .filter(recorded_at__gte=page.last_published_at)
        .order_by("number")
        .first()
    )
    return record.shown_since(change.number) if change else None


def _failure(page: BasePage, portal: Portal, record: Record) -> Failure | None:
    own = slug_path(page.public_path(portal))
    return next(
        (one for one in record.failing() if one.path and slug_path(one.path) == own),
        None,
    )


def short_time(moment: datetime) -> str:
    """12:03, and the day where that is not today."""
    return _on_its_day(moment, "H:i")


def exact_time(moment: datetime) -> str:
    """12:03:01, and the day where that is not today."""
    return _on_its_day(moment, "H:i:s")


def _on_its_day(moment: datetime, form: str) -> str:
    local = timezone.localtime(moment)
    if local.date() != timezone.localdate():
        form = f"Y-m-d {form}"
    return date_format(local, form)
