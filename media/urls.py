"""Addresses under ``/media/`` (``MEDIA_URL``)."""

from django.urls import path

from media import views

urlpatterns = [
    path("images/<str:name>", views.rendition, name="media_rendition"),
    path("original_images/<str:name>", views.original, name="media_original"),
    path(
        "documents/<int:document_id>/<str:name>",
        views.document,
        name="media_document",
    ),
]
