"""Ways into another portal's tree that ``test_admin`` does not try: writing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from articles.models import ArticlePage
from home.models import ColumnPage
from tests.factories import TwoPortals
from tests.home.pages import create, create_address, edit, form_data

pytestmark = pytest.mark.django_db


def is_refused(response: object) -> bool:
    """Wagtail sends people away who may not; some views say 403 or 404."""
    status = response.status_code  # type: ignore[attr-defined]  # of the test client
    return status in {403, 404} or (
        status == 302 and "/edit/" not in response["Location"]  # type: ignore[index]  # as above
    )


@pytest.mark.parametrize("buttons", [{}, {"action-publish": "1"}])
def test_page_is_not_made_in_a_foreign_column(
    editor: Client, portals: TwoPortals, buttons: dict[str, str]
) -> None:
    count = Page.objects.count()

    form = editor.get(create_address(ArticlePage, portals.baihe.column))
    response = create(editor, ArticlePage, portals.baihe.column, **buttons)

    assert is_refused(form) and is_refused(response)
    assert Page.objects.count() == count


@pytest.mark.parametrize("buttons", [{}, {"action-publish": "1"}])
def test_foreign_page_is_not_written(
    editor: Client, portals: TwoPortals, buttons: dict[str, str]
) -> None:
    page = portals.baihe.article
    revisions = page.revisions.count()

    response = edit(editor, page, heading_zh_hans="青山来过", **buttons)

    assert is_refused(response)
    stored = ArticlePage.objects.get(pk=page.pk)
    assert stored.heading_zh_hans == page.heading_zh_hans
    assert stored.revisions.count() == revisions


@pytest.mark.parametrize("name", ["delete", "unpublish", "copy", "convert_alias"])
def test_foreign_page_is_not_changed_by_a_posted_confirmation(
    editor: Client, portals: TwoPortals, name: str
) -> None:
    page = portals.baihe.article
    count = Page.objects.count()

    editor.post(
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk]),
        {
            "new_title": "抄来的",
            "new_slug": "chaolai",
            "new_parent_page": portals.qingshan.column.pk,
        },
    )

    assert ArticlePage.objects.get(pk=page.pk).live
    assert Page.objects.count() == count


def test_own_page_is_not_copied_into_a_foreign_column(
    editor: Client, portals: TwoPortals
) -> None:
    response = editor.post(
        reverse("wagtailadmin_pages:copy", args=[portals.qingshan.article.pk]),
        {
            "new_title": "塞过去",
            "new_slug": "saiguoqu",
            "new_parent_page": portals.baihe.column.pk,
        },
    )

    assert response.status_code == 404
    assert not Page.objects.filter(slug="saiguoqu").exists()


@pytest.mark.parametrize("order", ["own to foreign", "foreign to own"])
def test_page_is_not_moved_between_portals(
    editor: Client, portals: TwoPortals, order: str
) -> None:
    own, other = portals.qingshan, portals.baihe
    page, target = (
        (own.question, other.column)
        if order == "own to foreign"
        else (other.question, own.column)
    )
    Page.objects.filter(pk=page.pk).update(slug="banjia")

    editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))

    assert Page.objects.get(pk=page.pk).path == page.path


def test_bulk_move_does_not_lead_into_a_foreign_column(
    editor: Client, portals: TwoPortals
) -> None:
    page = portals.qingshan.article
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])

    editor.post(f"{address}?id={page.pk}", {"chooser": portals.baihe.column.pk})

    assert Page.objects.get(pk=page.pk).path == page.path


@pytest.mark.parametrize(
    "name", ["revisions_view", "revisions_revert", "revisions_unschedule"]
)
def test_revisions_of_a_foreign_page_are_closed(
    editor: Client, portals: TwoPortals, name: str
) -> None:
    page = ArticlePage.objects.get(pk=portals.baihe.article.pk)
    address = reverse(
        f"wagtailadmin_pages:{name}", args=[page.pk, page.latest_revision_id]
    )

    response = editor.get(address)

    assert is_refused(response)
    assert "白河记号" not in response.content.decode()


def test_revisions_of_a_foreign_page_are_not_compared(
    editor: Client, portals: TwoPortals
) -> None:
    page = portals.baihe.article

    response = editor.get(
        reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"]
        )
    )

    assert is_refused(response)


def test_own_page_is_not_reverted_to_a_foreign_revision(
    editor: Client, portals: TwoPortals
) -> None:
    theirs = ArticlePage.objects.get(pk=portals.baihe.article.pk)

    response = editor.get(
        reverse(
            "wagtailadmin_pages:revisions_revert",
            args=[portals.qingshan.article.pk, theirs.latest_revision_id],
        )
    )

    assert response.status_code == 404


def test_preview_of_a_new_page_in_a_foreign_column_is_closed(
    editor: Client, portals: TwoPortals
) -> None:
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["home", "columnpage", portals.baihe.column.pk],
    )

    assert is_refused(editor.post(address, form_data(ColumnPage)))
    assert is_refused(editor.get(f"{address}?mode=zh-hans"))
