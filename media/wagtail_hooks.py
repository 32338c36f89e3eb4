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
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages
from wagtail.permissions import policy_registry

from media.access import PREVIEW_ACTIONS


class PermittedObjectsMixin:
    """An admin API that lists what the user may choose or change, nothing else."""

    request: Any
    model: Any

    def get_queryset(self) -> QuerySet:
        permitted = policy_registry.get_by_type(
            self.model
        ).instances_user_has_any_permission_for(self.request.user, PREVIEW_ACTIONS)
        # A subquery, because the policy joins tables and the API sorts and filters.
        return super().get_queryset().filter(pk__in=permitted.values("pk"))


class PermittedImagesAPIViewSet(PermittedObjectsMixin, ImagesAdminAPIViewSet):
    pass


class PermittedDocumentsAPIViewSet(PermittedObjectsMixin, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=100)
def close_admin_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own registration (order 0): the later one wins."""
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)


# Tags belong to no portal: their names would show in every portal's filters and
# completions. Our forms have no field for them, and the actions in lists go here.
TagImages.models = []
TagDocuments.models = []
