"""Wagtail's pages at every address; all of them for django-distill."""

from collections.abc import Iterator

from django.urls import include, path
from django_distill import distill_re_path
from pages.models import ColumnPage
from wagtail.admin import urls as admin_urls
from wagtail.models import Page, Site
from wagtail.urls import serve_pattern
from wagtail.views import serve


def every_address() -> Iterator[tuple[str]]:
    root = Site.objects.get(is_default_site=True).root_page
    for page in Page.objects.live().public().descendant_of(root, inclusive=True):
        yield (page.url_path.removeprefix(root.url_path),)
    for column in ColumnPage.objects.live().public():
        base = column.url_path.removeprefix(root.url_path)
        for number in column.paginator().page_range[1:]:
            yield (f"{base}page/{number}/",)


urlpatterns = [
    path("admin/", include(admin_urls)),
    distill_re_path(
        serve_pattern, serve, name="wagtail_serve", distill_func=every_address
    ),
]
