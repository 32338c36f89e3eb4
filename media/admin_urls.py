"""Addresses of the admin that take the place of Wagtail's; included before them."""

from django.urls import path

from media import views

urlpatterns = [
    path("tag-autocomplete/", views.no_tags),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", views.no_tags),
    path(
        "images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/",
        views.no_detour,
    ),
    path(
        "documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
        views.no_detour,
    ),
]
