"""What an editor does again and again, and what everybody reads afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.end_to_end.browsing import PageForm, Watched
from tests.end_to_end.offices import Office


def add(office: Office, desk: Watched, kind: str, parent: Any = None) -> PageForm:
    where = (parent or office.own.column).pk
    desk.page.goto(
        office.server.url(office.own.host, f"/admin/pages/add/{kind}/{where}/")
    )
    return PageForm(desk.page)


def edit(office: Office, desk: Watched, page: Any) -> PageForm:
    address = f"/admin/pages/{page.pk}/edit/"
    desk.page.goto(office.server.url(office.own.host, address))
    return PageForm(desk.page)


def public(office: Office, page: Any) -> str:
    """The page as everybody reads it."""
    page.refresh_from_db()
    path = page.public_path(office.own.portal)
    status, text = office.server.get(office.own.host, path)
    assert status == 200, path
    assert office.server.get(office.counties.baihe.host, path)[0] == 404
    return text


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()
