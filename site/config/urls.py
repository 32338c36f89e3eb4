"""Addresses of the server; everything that is not named here is a public page."""

from django.conf import settings
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("home.accounts.admin_urls")),
    path("admin/", include("home.admin_urls")),
    path("admin/", include("media.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("media/", include("media.urls")),
    path("api/v2/", include("publishing.api.urls")),
    path("", include("publishing.urls")),
]

if settings.DEBUG:
    urlpatterns = [*staticfiles_urlpatterns(), *urlpatterns]
