"""The snapshot reader of the API: the same data, links that work from anywhere."""

from __future__ import annotations

from markupsafe import Markup

from home.links import AddressForm
from home.models import Portal
from home.presentation import PortalLink
from publishing.identity import peer_base, portal_data
from publishing.reader import SnapshotReader


class ApiReader(SnapshotReader):
    """Links inside texts are absolute, since the text is shown on another host."""

    def outward(self, url: str) -> dict[str, str]:
        """A link to a foreign site also says where it leads in the end."""
        return {**super().outward(url), "target": url}

    def portal_link(self, portal: Portal) -> PortalLink:
        data = portal_data(portal, self.language)
        # The answer comes from a server, so that its neighbors have hosts there too.
        base = peer_base(portal, AddressForm("host", origin=self.form.public_base))
        return PortalLink(
            name=data.name,
            region_name=data.region_name,
            level=data.level,
            href=f"{base}/",
        )

    def qr_svg(self) -> Markup:
        return Markup("")  # a picture for paper; costs more than the rest of a page
