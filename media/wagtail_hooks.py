"""The media library inside Wagtail's admin: nobody sees another portal's files.

Wagtail itself guards lists, searches, choosers, edit and delete views by collection
(tests/media/test_isolation.py holds it to that); what it leaves open is closed here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from media.access import PREVIEW_ACTIONS


def _permitted(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """What the user may choose or change."""
    policy = policy_registry.get_by_type(queryset.model)
    permitted = policy.instances_user_has_any_permission_for(user, PREVIEW_ACTIONS)
    # A subquery, because the policy joins tables and the API sorts and filters.
    return queryset.filter(pk__in=permitted.values("pk"))


class PermittedImagesAPIViewSet(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return _permitted(super().get_queryset(), self.request.user)


class PermittedDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return _permitted(super().get_queryset(), self.request.user)


@hooks.register("construct_admin_api", order=100)
def close_admin_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own registration (order 0): the later one wins."""
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)
