"""Two counties below a prefecture, with people who can log in."""

from __future__ import annotations

from dataclasses import dataclass

from home.models import Portal
from media.models import PortalDocument, PortalImage
from tests.end_to_end.live import PASSWORD, LiveServer
from tests.factories import (
    PortalFixture,
    TwoPortals,
    UserFactory,
    make_portal,
    make_two_portals,
)
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

PREFECTURE = {"username": "prefecture", "is_superuser": True}


@dataclass(slots=True)
class Office:
    """Two counties with people who can log in, and what is in their libraries."""

    server: LiveServer
    counties: TwoPortals
    prefecture: Portal
    image: PortalImage
    document: PortalDocument

    @property
    def own(self) -> PortalFixture:
        return self.counties.qingshan


def furnish(server: LiveServer) -> Office:
    prefecture = make_portal(
        "yunling", "云岭市", "000001", level=Portal.Level.PREFECTURE
    )
    counties = make_two_portals()
    for county in counties:
        county.portal.parent = prefecture
        county.portal.save()
        library = {"collection": county.portal.collection}
        image = PortalImageFactory(title=f"{county.marker}照片", **library)
        document = PortalDocumentFactory(title=f"{county.marker}表格", **library)
    own = {"collection": counties.qingshan.portal.collection}
    image, document = PortalImageFactory(**own), PortalDocumentFactory(**own)
    people = [*counties.qingshan.users.values(), counties.baihe.editor]
    for person in (*people, UserFactory(**PREFECTURE)):
        person.set_password(PASSWORD)
        person.save()
    return Office(server, counties, prefecture, image, document)
