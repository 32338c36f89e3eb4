"""``/images/`` and ``/documents/``: what the portal's public pages show of them.

The rule is that of the checked file view: in use on a public page of this portal (or
its logo), in its own collection, and with nothing that forbids publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from home.models import MediaUse
from home.presentation import Card
from media.attachments import attachments_for
from media.models import PortalDocument, PortalImage, PortalRendition
from media.pictures import pictures_for
from media.renditions import FALLBACK_SPECS
from publishing.api.base import ApiViewSet
from publishing.api.parameters import read_window
from publishing.api.problems import nothing_there
from publishing.api.serializers import Json


class MediaViewSet(ApiViewSet):
    """What images and documents share."""

    use_kind: ClassVar[MediaUse.Kind]
    detail_name: ClassVar[str]
    addresses = frozenset({"listing", "detail"})
    parameters: ClassVar[dict[str, frozenset[str]]] = {
        "listing_view": frozenset({"limit", "offset"})
    }

    def listing_view(self, request: Request) -> Response:
        window = read_window(request.GET)
        uses = self.uses()
        ids = self.public_ids(uses)
        shown = ids[window.offset : window.end]
        return self.listing(self.items(shown, uses), len(ids))

    def detail_view(self, request: Request, pk: int) -> Response:
        uses = self.uses(pk)
        items = self.items(self.public_ids(uses), uses)
        if not items:
            raise nothing_there()
        return Response(items[0])

    def uses(self, pk: int | None = None) -> dict[int, list[Card]]:
        """The public pages that use each picture or file; one query."""
        root = self.context.portal.site.root_page
        rows = MediaUse.objects.filter(
            kind=self.use_kind, page__path__startswith=root.path
        )
        if pk is not None:
            rows = rows.filter(media_id=pk)
        found: dict[int, list[Card]] = defaultdict(list)
        places = rows.order_by("media_id", "page_id").values_list("media_id", "page_id")
        for media_id, page_id in places:
            card = self.context.tree.card(page_id, self.context.language)
            if card is not None:
                found[media_id].append(card)
        return found

    def public_ids(self, uses: dict[int, list[Card]]) -> list[int]:
        """Those of them that may be published, by id; one query."""
        candidates = self.candidates().filter(
            pk__in=uses,
            collection__path__startswith=self.context.portal.collection.path,
        )
        found = candidates.order_by("pk").defer("collection")
        return [item.pk for item in found if not item.publication_problems()]

    def meta(self, pk: int) -> Json:
        return {
            "type": str(self.use_kind),
            "detail_url": self.context.endpoint(self.detail_name, pk),
        }

    def candidates(self) -> QuerySet[Any]:
        raise NotImplementedError

    def items(self, ids: Sequence[int], uses: dict[int, list[Card]]) -> list[Json]:
        raise NotImplementedError


class ImagesViewSet(MediaViewSet):
    name = "images"
    model = PortalImage
    use_kind = MediaUse.Kind.IMAGE
    detail_name = "images:detail"

    def uses(self, pk: int | None = None) -> dict[int, list[Card]]:
        """The logo of the publisher is on every page."""
        found = super().uses(pk)
        publisher = getattr(self.context.portal.site, "publisheridentity", None)
        logo_id = publisher.logo_id if publisher is not None else None
        if logo_id and pk in (None, logo_id):
            found.setdefault(logo_id, [])
        return found

    def candidates(self) -> QuerySet[PortalImage]:
        """With the rendition that every picture on a page has."""
        shown = PortalRendition.objects.filter(
            image_id=OuterRef("pk"), filter_spec__in=FALLBACK_SPECS
        )
        return PortalImage.objects.filter(Exists(shown))

    def items(self, ids: Sequence[int], uses: dict[int, list[Card]]) -> list[Json]:
        if not ids:
            return []
        pictures = pictures_for(
            ids,
            self.context.language,
            collection_path=self.context.portal.collection.path,
        )
        return [
            {
                "id": pk,
                "meta": self.meta(pk),
                **(self.to_json.picture(pictures[pk]) or {}),
                "used_by": self.to_json.references(uses[pk]),
            }
            for pk in ids
            if pk in pictures
        ]


class DocumentsViewSet(MediaViewSet):
    name = "documents"
    model = PortalDocument
    use_kind = MediaUse.Kind.DOCUMENT
    detail_name = "documents:detail"

    def candidates(self) -> QuerySet[PortalDocument]:
        return PortalDocument.objects.all()

    def items(self, ids: Sequence[int], uses: dict[int, list[Card]]) -> list[Json]:
        if not ids:
            return []
        found = attachments_for(
            ids, collection_path=self.context.portal.collection.path
        )
        return [
            {
                "id": pk,
                "meta": self.meta(pk),
                **self.to_json.attachment(found[pk]),
                "used_by": self.to_json.references(uses[pk]),
            }
            for pk in ids
            if pk in found
        ]
