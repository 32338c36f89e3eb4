"""Addresses between the password and the admin.

Not through Wagtail's hook for addresses: its views are for who is let in already.
"""

from __future__ import annotations

from django.urls import path

from home.accounts import views
from home.accounts.middleware import SESSION, SET_UP, VERIFY

urlpatterns = [
    path("login/code/", views.verify, name=VERIFY),
    path("login/phone/", views.set_up, name=SET_UP),
    path("login/session/", views.session, name=SESSION),
]
