"""Addresses below ``/api/v2/``."""

from django.urls import path, re_path
from wagtail.api.v2.router import WagtailAPIRouter

from publishing.api import root
from publishing.api.context import NAMESPACE
from publishing.api.media import DocumentsViewSet, ImagesViewSet
from publishing.api.pages import PagesViewSet, QuestionsViewSet
from publishing.api.searching import SearchViewSet, SuggestViewSet
from publishing.api.statutes import StatutesViewSet

router = WagtailAPIRouter(NAMESPACE)
for endpoint in (
    PagesViewSet,
    QuestionsViewSet,
    ImagesViewSet,
    DocumentsViewSet,
    StatutesViewSet,
    SearchViewSet,
    SuggestViewSet,
):
    router.register_endpoint(endpoint.name, endpoint)

app_name = NAMESPACE
urlpatterns = [
    path("", root.RootViewSet.as_view({"get": "listing_view"}), name="root"),
    path("openapi.json", root.openapi, name="openapi"),
    *router.get_urlpatterns(),
    re_path(r"^(?P<rest>.*)$", root.nothing, name="nothing"),
]
