"""A portal and its two identities as plain data in one language."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from home.channels import SITE, Channel
from home.links import AddressForm
from home.models import Portal, localized
from home.presentation import HostingData, PortalData, PublisherData
from media.presentation import Picture


def in_language(record: Any, field: str, language: str) -> str:
    """A translated field, in Chinese where the language lacks it."""
    return str(
        getattr(record, localized(field, language))
        or getattr(record, localized(field, "zh-hans"))
        or ""
    )


def portal_data(portal: Portal, language: str) -> PortalData:
    return PortalData(
        id=portal.pk,
        host=portal.host,
        name=in_language(portal, "name", language),
        region_name=in_language(portal, "region_name", language),
        level=portal.level,
        state=portal.state,
        languages=tuple(portal.languages),
        service_base=portal.service_base.rstrip("/"),
        is_demo=portal.is_demo,
        change_number=portal.change_number,
    )


def channel_of(portal: Portal, layout: str = "") -> Channel:
    """What stands around the pages of an export; ``layout`` in place of the portal's."""
    if (layout or portal.layout) == Portal.Layout.COLUMN:
        return Channel("column", host_parts=portal.host_parts)
    return SITE


def hosting_data(portal: Portal, language: str) -> HostingData:
    record = getattr(portal.site, "hostingidentity", None)
    if record is None:
        return HostingData()
    return HostingData(
        site_name=in_language(record, "site_name", language),
        site_domain=record.site_domain,
        site_id_code=record.site_id_code,
        organizer=in_language(record, "organizer", language),
        phone=record.phone,
        icp_number=record.icp_number,
        police_number=record.police_number,
        police_url=record.police_url,
        error_report_url=record.error_report_url,
        party_mark_url=record.party_mark_url,
    )


def publisher_data(
    portal: Portal, language: str, logo: Picture | None
) -> PublisherData:
    record = getattr(portal.site, "publisheridentity", None)
    if record is None:
        return PublisherData()
    return PublisherData(
        name=in_language(record, "name", language),
        phone=record.phone,
        address=in_language(record, "address", language),
        hours=in_language(record, "hours", language),
        logo=logo,
        primary_color=record.primary_color,
        accent_color=record.accent_color,
    )


def publisher_name(portal: Portal, language: str) -> str:
    record = getattr(portal.site, "publisheridentity", None)
    return in_language(record, "name", language) if record else ""


def publisher_phone(portal: Portal) -> str:
    record = getattr(portal.site, "publisheridentity", None)
    return str(record.phone) if record else ""


class PortalWords(NamedTuple):
    """A portal as every page of one language knows it."""

    data: PortalData
    publisher_name: str
    publisher_phone: str


def portal_words(portal: Portal, language: str) -> PortalWords:
    return PortalWords(
        portal_data(portal, language),
        publisher_name(portal, language),
        publisher_phone(portal),
    )


def peer_base(other: Portal, form: AddressForm) -> str:
    """Where another portal of the installation is found, or ``""``.

    Its own public address where it has one; on the server, its host at the scheme and
    port of this request (``Site.port`` may be stale and is never used).
    """
    if other.public_base:
        return other.public_base.rstrip("/")
    if form.origin:
        parts = urlsplit(form.origin)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{other.host}{port}"
    return ""
