"""``/api/v2/`` itself: whose portal this is, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from home.links import language_path
from publishing.api.base import ApiViewSet
from publishing.api.delivery import deliver
from publishing.api.problems import nothing_there, problem_response
from publishing.api.schema import document
from publishing.api.serializers import Json
from publishing.identity import hosting_data, portal_data, publisher_data

ENDPOINTS = (
    "pages",
    "questions",
    "images",
    "documents",
    "statutes",
    "search",
    "suggest",
)


class RootViewSet(ApiViewSet):
    name = "root"
    parameters: ClassVar[dict[str, frozenset[str]]] = {}

    def listing_view(self, request: Request) -> Response:
        context = self.context
        return Response(
            {
                "portal": self.portal(),
                "hosting": self.hosting(),
                "publisher": self.publisher(),
                "languages": self.languages(),
                "parent": self.parent(),
                "children": [
                    self.to_json.portal(link) for link in context.reader.portals()
                ],
                "topics": self.topics(),
                "endpoints": {
                    name: context.endpoint(f"{name}:listing") for name in ENDPOINTS
                },
                "openapi": f"{context.base}{request.path}openapi.json",
            }
        )

    def portal(self) -> Json:
        data = portal_data(self.context.portal, self.context.language)
        return {
            "name": data.name,
            "region_name": data.region_name,
            "region_code": self.context.portal.region_code,
            "level": data.level,
            "is_demo": data.is_demo,
            "html_url": self.context.absolute(
                language_path("/", self.context.language)
            ),
        }

    def hosting(self) -> Json:
        data = hosting_data(self.context.portal, self.context.language)
        return {
            "site_name": data.site_name,
            "site_domain": data.site_domain,
            "site_id_code": data.site_id_code,
            "organizer": data.organizer,
            "phone": data.phone,
            "icp_number": data.icp_number,
            "police_number": data.police_number,
            "police_url": data.police_url,
            "error_report_url": data.error_report_url,
            "party_mark_url": data.party_mark_url,
        }

    def publisher(self) -> Json:
        reader = self.context.reader
        reader.prepare([])
        record = getattr(self.context.portal.site, "publisheridentity", None)
        logo = reader.picture(record.logo_id) if record is not None else None
        data = publisher_data(self.context.portal, self.context.language, logo)
        return {
            "name": data.name,
            "phone": data.phone,
            "address": data.address,
            "hours": data.hours,
            "logo": self.to_json.picture(data.logo),
            "primary_color": data.primary_color,
            "accent_color": data.accent_color,
        }

    def languages(self) -> list[Json]:
        names = dict(settings.LANGUAGES)
        return [
            {"code": code, "name": str(names[code])}
            for code in self.context.tree.languages
        ]

    def parent(self) -> Json | None:
        above = self.context.portal.parent_id
        found = next((row for row in self.context.portals if row.pk == above), None)
        if found is None:
            return None
        return self.to_json.portal(self.context.reader.portal_link(found))

    def topics(self) -> list[Json]:
        topics = self.context.reader.topics()
        slugs = {topic.id: topic.slug for topic in topics}
        return [
            {
                **self.to_json.topic(topic),
                "description": topic.description,
                "parent": slugs.get(topic.parent_id or 0),
            }
            for topic in topics
        ]


def _openapi(request: HttpRequest) -> HttpResponseBase:
    """The contract, with this host as its server."""
    server = request.build_absolute_uri(request.path).removesuffix("openapi.json")
    described = {**document(), "servers": [{"url": server.rstrip("/")}]}
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False})


def _nothing(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Anything else below the API: never a page of HTML."""
    if not rest.endswith("/") and _is_address(f"{request.path}/"):
        query = request.META.get("QUERY_STRING", "")
        target = f"{request.path}/" + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(target)
    return problem_response(request, nothing_there())


def _is_address(path: str) -> bool:
    try:
        return resolve(path).url_name != "nothing"
    except Resolver404:
        return False


openapi: Callable[..., HttpResponseBase] = deliver(_openapi, rate="API_RATE")
nothing: Callable[..., HttpResponseBase] = deliver(
    _nothing, rate="API_RATE", caching="never"
)
