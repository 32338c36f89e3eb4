"""Every public address. The name is Wagtail's: pages work out their address from it."""

from django.urls import re_path

from publishing.views import serve

urlpatterns = [re_path(r"^(?P<path>.*)$", serve, name="wagtail_serve")]
