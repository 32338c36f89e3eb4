"""Next year's campaign from this year's: the plan is kept, the figures are not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from articles.campaigns.plan import RawBlock, Shift, as_date
from articles.models import CampaignPage, EventPage
from home.languages import localized
from home.models import BasePage

CAMPAIGN_TEXTS = ("heading", "slogan", "summary", "body")
EVENT_TEXTS = ("heading", "summary", "place")
KEPT_EVENT_FIELDS = ("organiser", "township_id", "source")


@transaction.atomic
def draft_next_campaign(
    source: CampaignPage,
    *,
    year: int,
    starts_on: date,
    with_events: bool,
    user: Any,
) -> CampaignPage:
    """A draft beside ``source`` with its days moved. Figures, closing, materials and
    coverage stay with the year that they belong to."""
    shift = Shift.between(source.starts_on, starts_on, year - source.year)
    page = CampaignPage(
        year=year,
        starts_on=starts_on,
        ends_on=shift.end(source.ends_on, starts_on),
        source=source.source,
        phases=as_stored(moved_phases(source.stored("phases"), shift)),
        measures=as_stored(source.stored("measures")),
        targets=as_stored(map(without_figures, source.stored("targets"))),
    )
    copy_texts(source, page, CAMPAIGN_TEXTS, source.year, year)
    add_draft(source.get_parent(), page, source, user)
    if with_events:
        for event in EventPage.objects.child_of(source).order_by("starts_at", "pk"):
            if event.state != "cancelled":
                add_draft(page, next_event(event, shift, source, page), event, user)
    return page


def add_draft(parent: Any, page: BasePage, source: Any, user: Any) -> None:
    page.live = False
    page.has_unpublished_changes = True
    page.owner = user
    parent.add_child(instance=page)
    page.topics.set(source.topics.all())
    page.audiences.set(source.audiences.all())
    page.save_revision(user=user, log_action="wagtail.create")


def copy_texts(
    source: BasePage, page: BasePage, fields: tuple[str, ...], old: int, new: int
) -> None:
    """Texts in all languages; a heading that names the year names the new one."""
    for field in fields:
        for code, _name in settings.LANGUAGES:
            name = localized(field, code)
            value = getattr(source, name)
            if field in source.stream_fields:
                value = as_stored(source.stream_data(field, code))
            elif field == "heading" and value:
                value = value.replace(str(old), str(new))
            setattr(page, name, value)


def as_stored(raw: Iterable[RawBlock]) -> str:
    """Blocks as the database holds them, so that no block object is made."""
    return json.dumps(list(raw), cls=DjangoJSONEncoder)


def moved_phases(raw: list[RawBlock], shift: Shift) -> list[RawBlock]:
    moved = []
    for block in deepcopy(raw):
        value = block["value"]
        starts_on, ends_on = as_date(value["starts_on"]), as_date(value["ends_on"])
        if starts_on and ends_on:
            new_start = shift.start(starts_on)
            value["starts_on"] = new_start.isoformat()
            value["ends_on"] = shift.end(ends_on, new_start).isoformat()
        moved.append(block)
    return moved


def without_figures(block: RawBlock) -> RawBlock:
    """The target as it was planned."""
    cleared = deepcopy(block)
    value = cleared["value"]
    value["achieved"] = value["counted_on"] = None
    for entry in value.get("quarters") or ():
        # With or without the id of the item (``campaigns.listed``).
        quarter = entry["value"] if "value" in entry and "type" in entry else entry
        quarter["achieved"] = None
    return cleared


def next_event(
    event: EventPage, shift: Shift, source: CampaignPage, campaign: CampaignPage
) -> EventPage:
    """At the same hour; what was written of how it went is not copied."""
    starts_at = moved_moment(event.starts_at, shift)
    ends_at = event.ends_at
    if ends_at is not None:
        ends_at = starts_at + (ends_at - event.starts_at)
    page = EventPage(
        starts_at=starts_at,
        ends_at=ends_at,
        **{name: getattr(event, name) for name in KEPT_EVENT_FIELDS},
    )
    copy_texts(event, page, EVENT_TEXTS, source.year, campaign.year)
    return page


def moved_moment(moment: datetime, shift: Shift) -> datetime:
    local = timezone.localtime(moment)
    clock: time = local.time()
    return timezone.make_aware(datetime.combine(shift.start(local.date()), clock))
