"""Events as iCalendar files (RFC 5545): one event, or all events of a campaign.

The bytes depend on nothing but the pages: the stamp of an event is the time of its
page's last publication, its UID the page's number at the portal's host.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from articles.campaigns.presentation import EventItem, event_items
from publishing.addresses import Address
from publishing.built import Built, existing
from publishing.frame import Place
from publishing.reader import SnapshotReader

CONTENT_TYPE = "text/calendar; charset=utf-8"
# The official time of the whole country, which does not change in summer.
ZONE = ZoneInfo("Asia/Shanghai")
OFFSET = timedelta(hours=8)
STATUS = {
    "planned": "CONFIRMED",
    "held": "CONFIRMED",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
}


def build_calendar(reader: SnapshotReader, address: Address) -> Built:
    row = existing(reader.row(address.page_id or 0))
    card = reader.card(row.id)
    cards = [card] if row.kind == "event" and card else reader.children(row.id)
    calendar = empty_calendar(row.headings[address.language])
    for item in event_items(cards, reader):
        calendar.add_component(calendar_event(item, reader))
    return Built(
        "",
        None,
        Place(path=address.path, row=row),
        content_type=CONTENT_TYPE,
        body=calendar.to_ical(),
    )


def empty_calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//xiangfatong//events//ZH")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # What telephones read in place of NAME.
    calendar.add("x-wr-calname", name)
    calendar.add_component(shanghai_time())
    return calendar


def shanghai_time() -> Timezone:
    zone = Timezone()
    zone.add("tzid", str(ZONE))
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15))  # the end of the last summer time
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def calendar_event(item: EventItem, reader: SnapshotReader) -> Event:
    updated = reader.updated_at(item.card.id)
    stamp = (updated or item.card.published_at or item.starts_at).astimezone(UTC)
    event = Event()
    event.add("uid", f"event-{item.card.id}@{reader.portal.host}")
    event.add("dtstamp", stamp.replace(microsecond=0))
    event.add("last-modified", stamp.replace(microsecond=0))
    event.add("dtstart", item.starts_at.astimezone(ZONE))
    if item.ends_at is not None:
        event.add("dtend", item.ends_at.astimezone(ZONE))
    event.add("summary", title(item))
    if item.card.summary:
        event.add("description", item.card.summary)
    if place := _("，").join(part for part in (item.township, item.place) if part):
        event.add("location", place)
    if item.organiser:
        event["contact"] = vText(item.organiser)
    if url := reader.form.absolute(item.card.path):
        event.add("url", url)
    event.add("status", STATUS[item.state])
    return event


def title(item: EventItem) -> str:
    """The state in words as well: many telephones do not show STATUS."""
    if item.state in ("postponed", "cancelled"):
        return _("【%(state)s】%(heading)s") % {
            "state": item.state_label,
            "heading": item.card.heading,
        }
    return item.card.heading
