"""Asking the admin as somebody."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.factories import PASSWORD

# What a person types before what cannot be undone.
PROOF = {"password": PASSWORD}


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())
