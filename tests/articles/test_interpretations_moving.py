"""Who works for two portals is told in words why an interpretation cannot go over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.factories import ColumnPageFactory, TwoPortals, make_two_portals
from tests.policy_factories import InterpretationPageFactory, PolicyDocumentPageFactory

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def made(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[TwoPortals, Any, Any]]:
    """Portals, a branch with an interpretation, and its document beside the branch."""
    with django_db_blocker.unblock(), transaction.atomic():
        two = make_two_portals()
        own = two.qingshan
        own.editor.groups.add(two.baihe.portal.roles.get(role="editor").group)
        document = PolicyDocumentPageFactory(parent=own.column)
        branch = ColumnPageFactory(parent=own.column, heading_zh_hans="解读专栏")
        InterpretationPageFactory(
            parent=branch, document=document, heading_zh_hans="大白话讲通知"
        )
        yield two, branch, document
        transaction.set_rollback(True)


@pytest.fixture
def client(made: tuple[TwoPortals, Any, Any], db: None) -> Client:
    client = Client()
    client.force_login(made[0].qingshan.editor)
    return client


def said(response: Any) -> str:
    return " ".join(map(str, get_messages(response.wsgi_request)))


def copy_form(target: Page, **values: Any) -> dict[str, Any]:
    return {
        "new_title": "抄来的",
        "new_slug": "chaolai",
        "new_parent_page": target.pk,
        "copy_subpages": "on",
        **values,
    }


@pytest.mark.parametrize("extra", [{}, {"alias": "on"}], ids=["copy", "alias"])
def test_branch_with_an_interpretation_is_not_copied_to_another_portal(
    client: Client, made: tuple[TwoPortals, Any, Any], extra: dict[str, str]
) -> None:
    two, branch, _document = made
    form = copy_form(two.baihe.column, **extra)

    response = client.post(reverse("wagtailadmin_pages:copy", args=[branch.pk]), form)

    assert response.status_code == 302
    assert "大白话讲通知" in said(response)
    assert not Page.objects.filter(slug="chaolai").exists()


def test_branch_is_copied_within_the_portal(
    client: Client, made: tuple[TwoPortals, Any, Any]
) -> None:
    two, branch, _document = made
    form = copy_form(two.qingshan.column)

    client.post(reverse("wagtailadmin_pages:copy", args=[branch.pk]), form)

    assert Page.objects.filter(slug="chaolai").exists()


def test_branch_without_its_document_is_not_moved_to_another_portal(
    client: Client, made: tuple[TwoPortals, Any, Any]
) -> None:
    two, branch, _document = made
    numbers = [branch.pk, two.baihe.column.pk]

    response = client.post(reverse("wagtailadmin_pages:move_confirm", args=numbers))

    assert "大白话讲通知" in said(response)
    assert Page.objects.get(pk=branch.pk).path == branch.path


@pytest.mark.parametrize("goes_along", [False, True])
def test_pages_are_moved_at_once_only_with_the_document(
    client: Client, made: tuple[TwoPortals, Any, Any], goes_along: bool
) -> None:
    two, branch, document = made
    pages = [branch, document] if goes_along else [branch]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    numbers = "&".join(f"id={page.pk}" for page in pages)

    client.post(f"{address}?{numbers}", {"chooser": two.baihe.column.pk})

    moved = Page.objects.get(pk=branch.pk).path != branch.path
    assert moved is goes_along
