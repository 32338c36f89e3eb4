"""Portals, shared terms, the page tree and the outbox."""

from home.languages import localized
from home.models.base import (
    BasePage,
    ContentPage,
    page_models,
    portal_of_path,
    slug_of,
)
from home.models.directories import DirectoryPage, DirectoryWords, words_of
from home.models.governance import (
    FormerHost,
    OfflineNotice,
    OneTimePassword,
    PortalArchive,
    PortalLimits,
    limits_of,
)
from home.models.holidays import HolidayNotice, work_calendar
from home.models.legal_workers import LegalWorker
from home.models.outbox import Change, ChangeCounter, Cursor
from home.models.pages import ColumnPage, HomePage
from home.models.places import PlacePage
from home.models.portals import (
    HostingIdentity,
    Portal,
    PublisherIdentity,
    portal_of_request,
)
from home.models.records import Office, PortalRecord, portal_records
from home.models.regions import Region
from home.models.roles import PortalRole
from home.models.service_points import ServicePointPage
from home.models.topics import Audience, Topic
from home.models.uses import MediaUse, OutwardLink

__all__ = [
    "Audience",
    "BasePage",
    "Change",
    "ChangeCounter",
    "ColumnPage",
    "ContentPage",
    "Cursor",
    "HolidayNotice",
    "DirectoryPage",
    "DirectoryWords",
    "FormerHost",
    "HomePage",
    "HostingIdentity",
    "LegalWorker",
    "MediaUse",
    "Office",
    "OfflineNotice",
    "OneTimePassword",
    "OutwardLink",
    "PlacePage",
    "Portal",
    "PortalArchive",
    "PortalLimits",
    "PortalRecord",
    "PortalRole",
    "PublisherIdentity",
    "Region",
    "ServicePointPage",
    "Topic",
    "limits_of",
    "localized",
    "page_models",
    "portal_of_path",
    "portal_of_request",
    "portal_records",
    "slug_of",
    "work_calendar",
    "words_of",
]
