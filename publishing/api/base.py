"""The base of every endpoint: Wagtail's viewset, on plain data and JSON only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.views import BaseAPIViewSet

from publishing.api.context import ApiContext
from publishing.api.delivery import Caching, deliver
from publishing.api.parameters import check_names
from publishing.api.problems import ApiProblem, nothing_there, problem_response
from publishing.api.serializers import Json, Serializer
from publishing.tree import default_language

logger = logging.getLogger("django.request")


class JsonWhateverIsAsked(BaseContentNegotiation):
    """There is one format; a browser that would rather have HTML gets it too."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> None:
        return None

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class ApiViewSet(BaseAPIViewSet):
    """A viewset names the parameters of each of its views in ``parameters``."""

    renderer_classes = (JSONRenderer,)
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    content_negotiation_class = JsonWhateverIsAsked
    http_method_names: ClassVar[list[str]] = ["get", "head"]

    parameters: ClassVar[dict[str, frozenset[str]]] = {}
    # Which of Wagtail's addresses there are.
    addresses: ClassVar[frozenset[str]] = frozenset({"listing", "detail", "find"})
    rate: ClassVar[str] = "API_RATE"
    caching: ClassVar[Caching] = "public"

    context: ApiContext
    to_json: Serializer

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        found = super().get_urlpatterns()
        return [pattern for pattern in found if pattern.name in cls.addresses]

    @classmethod
    def as_view(
        cls, actions: dict[str, str] | None = None, **options: Any
    ) -> Callable[..., HttpResponseBase]:
        view = super().as_view(actions, **options)
        return deliver(view, rate=cls.rate, caching=cls.caching)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Labels and errors are in the language asked for, and in Chinese by default.
        asked = request.GET.get("lang", "")
        languages = request.portal.languages
        code = asked if asked in languages else default_language()
        with translation.override(code):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.parameters.get(self.action or "", frozenset())
        check_names(request.GET, known | {"lang"})
        self.context = ApiContext.of(request._request)
        self.to_json = Serializer(self.context)

    def get_renderer_context(self) -> dict[str, Any]:
        """Without Wagtail's indentation: a third of the bytes on a village line."""
        context = super().get_renderer_context()
        context["indent"] = None
        return dict(context)

    def listing(self, items: list[Json], total: int, **meta: Any) -> Response:
        return Response({"meta": {"total_count": total, **meta}, "items": items})

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        return problem_response(self.request, self._problem(exc))

    def _problem(self, exc: Exception) -> ApiProblem:
        if isinstance(exc, ApiProblem):
            return exc
        if isinstance(exc, (Http404, PermissionDenied)):
            return nothing_there()
        if isinstance(exc, MethodNotAllowed):
            return ApiProblem(405, _("只支持 GET 和 HEAD。"))
        if isinstance(exc, APIException) and exc.status_code < 500:
            return ApiProblem(400, str(exc.detail))
        logger.error("%s: %s", self.request.path, exc, exc_info=exc)
        got_request_exception.send(sender=type(self), request=self.request._request)
        return ApiProblem(500, _("请稍后再试；一直不行，请告诉网站管理员。"))
