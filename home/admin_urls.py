"""Addresses of the admin that take the place of Wagtail's; included before them."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import reports, workflows

from home import redirect_admin
from home.admin_views import ChosenPagesView, bulk_action, prefecture_only

# They list, or offer in their filters, pages, files and people of all portals. The one
# that stays (aging pages) keeps to the pages that a person may publish.
CLOSED_REPORTS = {
    "locked",
    "workflow",
    "workflow_tasks",
    "site-history",
    "page-types-usage",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"reports/{pattern.pattern}", prefecture_only(pattern.callback))
    for pattern in reports.urlpatterns
    if str(pattern.pattern).split("/")[0] in CLOSED_REPORTS
]
# It offers the review steps of all portals by name.
urlpatterns += [
    path(f"workflows/{pattern.pattern}", prefecture_only(pattern.callback))
    for pattern in workflows.urlpatterns
    if str(pattern.pattern).startswith("task_chooser/")
]
urlpatterns += [
    path(
        "choose-page/chosen-multiple/",
        require_admin_access(ChosenPagesView.as_view()),
    ),
    path("redirects/", include(redirect_admin.urls())),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_action),
]
