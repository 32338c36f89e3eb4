"""Portals, shared terms, the page tree and the outbox."""

from home.languages import localized
from home.models.base import (
    BasePage,
    ContentPage,
    MediaUse,
    OutwardLink,
    page_models,
    portal_of_path,
)
from home.models.holidays import HolidayNotice, work_calendar
from home.models.outbox import Change, ChangeCounter, Cursor
from home.models.pages import ColumnPage, HomePage
from home.models.portals import (
    HostingIdentity,
    Portal,
    PublisherIdentity,
    portal_of_request,
)
from home.models.records import Office, PortalRecord, portal_records
from home.models.regions import Region
from home.models.roles import PortalRole
from home.models.topics import Audience, Topic

__all__ = [
    "Audience",
    "BasePage",
    "Change",
    "ChangeCounter",
    "ColumnPage",
    "ContentPage",
    "Cursor",
    "HolidayNotice",
    "HomePage",
    "HostingIdentity",
    "MediaUse",
    "Office",
    "OutwardLink",
    "Portal",
    "PortalRecord",
    "PortalRole",
    "PublisherIdentity",
    "Region",
    "Topic",
    "localized",
    "page_models",
    "portal_of_path",
    "portal_of_request",
    "portal_records",
    "work_calendar",
]
