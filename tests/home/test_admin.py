"""In the admin nobody meets another portal's pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from home.admin_urls import CLOSED_REPORTS
from tests.factories import TwoPortals
from tests.home.admin_asking import logged_in, text_of
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(two_portals: TwoPortals) -> Client:
    return logged_in(two_portals.qingshan.editor)


@pytest.fixture
def superuser(admin_user: Any) -> Client:
    return logged_in(admin_user)


# --- choosing pages --------------------------------------------------------------------


def test_page_chooser_browses_own_portal_only(
    two_portals: TwoPortals, editor: Client
) -> None:
    root = Page.objects.get(depth=1)

    response = editor.get(reverse("wagtailadmin_choose_page_child", args=[root.pk]))

    shown = {page.pk for page in response.context["table"].data}
    assert two_portals.qingshan.home.pk in shown
    assert two_portals.baihe.home.pk not in shown


def test_page_chooser_does_not_open_a_foreign_page(
    two_portals: TwoPortals, editor: Client
) -> None:
    own, foreign = two_portals.qingshan.article, two_portals.baihe.article

    assert editor.get(choose_below(own)).status_code == 200
    response = editor.get(choose_below(foreign))

    assert response.status_code == 404
    assert two_portals.baihe.marker not in text_of(response)


def choose_below(page: Page) -> str:
    return reverse("wagtailadmin_choose_page_child", args=[page.pk])


def test_page_chooser_searches_own_portal_only(
    two_portals: TwoPortals, editor: Client
) -> None:
    # Whatever the search backend makes of Chinese: the slugs are the same in both.
    for fixture in two_portals:
        fixture.article.heading_zh_hans = f"Findling {fixture.marker}"
        fixture.article.save()

    response = editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "Findling"})

    found = {page.pk for page in response.context["pages"]}
    assert found == {two_portals.qingshan.article.pk}


def test_chosen_pages_of_another_portal_are_left_out(
    two_portals: TwoPortals, editor: Client
) -> None:
    own, foreign = two_portals.qingshan.article, two_portals.baihe.article

    response = editor.get(
        reverse("wagtailadmin_choose_page_chosen_multiple"),
        {"id": [own.pk, foreign.pk, "x"]},
    )

    assert [item["id"] for item in response.json()["result"]] == [own.pk]


def test_superuser_chooses_pages_of_all_portals(
    two_portals: TwoPortals, superuser: Client
) -> None:
    ids = {fixture.article.pk for fixture in two_portals}

    response = superuser.get(
        reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": list(ids)}
    )

    assert {item["id"] for item in response.json()["result"]} == ids


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:set_privacy",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_explore",
    ],
)
def test_views_of_a_foreign_page_are_closed(
    two_portals: TwoPortals, editor: Client, name: str
) -> None:
    response = editor.get(reverse(name, args=[two_portals.baihe.article.pk]))

    assert response.status_code in (302, 403, 404)
    assert two_portals.baihe.marker not in text_of(response)


def test_explorer_and_first_page_show_own_portal_only(
    two_portals: TwoPortals, editor: Client
) -> None:
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[two_portals.qingshan.home.pk]),
    ):
        content = text_of(editor.get(address))
        assert "青山县" in content
        assert "白河" not in content


def test_filters_of_page_lists_offer_own_site_and_people(
    two_portals: TwoPortals, editor: Client
) -> None:
    for fixture in two_portals:
        for user in fixture.users.values():
            Page.objects.filter(pk=fixture.article.pk).update(owner=user)
            fixture.article.save_revision(user=user, log_action="wagtail.edit")

    response = editor.get(
        reverse("wagtailadmin_explore", args=[two_portals.qingshan.home.pk])
    )

    form = response.context["filters"].form
    assert list(form.fields["site"].queryset) == [two_portals.qingshan.portal.site]
    edited_by = set(form.fields["edited_by"].queryset)
    assert edited_by == set(two_portals.qingshan.users.values())
    assert not set(form.fields["owner"].queryset) & set(
        two_portals.baihe.users.values()
    )


def test_filters_offer_a_superuser_everybody(
    two_portals: TwoPortals, superuser: Client
) -> None:
    response = superuser.get(reverse("wagtailadmin_explore_root"))

    assert response.context["filters"].form.fields["site"].queryset.count() == 2


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_bulk_actions_do_not_name_a_foreign_page(
    two_portals: TwoPortals, editor: Client, action: str
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    own, foreign = two_portals.qingshan.article, two_portals.baihe.article

    for query in ({"id": [own.pk, foreign.pk]}, {"id": "all"}):
        content = text_of(editor.get(address, query))
        assert two_portals.qingshan.marker in content
        assert two_portals.baihe.marker not in content


@pytest.mark.parametrize(
    ("app", "factory"),
    [
        ("image", PortalImageFactory),
        ("document", PortalDocumentFactory),
    ],
)
def test_bulk_actions_do_not_name_a_foreign_file(
    two_portals: TwoPortals, app: str, factory: Any
) -> None:
    foreign = factory(
        title="白河的文件", collection=two_portals.baihe.portal.collection
    )
    own = factory(title="青山的文件", collection=two_portals.qingshan.portal.collection)
    address = reverse("wagtail_bulk_action", args=["media", f"portal{app}", "delete"])

    client = logged_in(two_portals.qingshan.author)
    content = text_of(client.get(address, {"id": [own.pk, foreign.pk]}))

    assert "青山的文件" in content
    assert "白河的文件" not in content


def test_move_does_not_lead_into_a_foreign_portal(
    two_portals: TwoPortals, editor: Client
) -> None:
    own, foreign = two_portals.qingshan.article, two_portals.baihe.column

    address = reverse("wagtailadmin_pages:move_confirm", args=[own.pk, foreign.pk])
    response = editor.post(address)

    assert response.status_code == 404
    own.refresh_from_db()
    assert own.get_parent().pk == two_portals.qingshan.column.pk


@pytest.mark.parametrize("moved", ["own", "foreign"])
@pytest.mark.parametrize("destination", ["own", "foreign"])
def test_question_before_a_move_does_not_name_a_foreign_page(
    two_portals: TwoPortals, editor: Client, moved: str, destination: str
) -> None:
    pages = {
        "own": (two_portals.qingshan.article, two_portals.qingshan.home),
        "foreign": (two_portals.baihe.article, two_portals.baihe.home),
    }
    numbers = [pages[moved][0].pk, pages[destination][1].pk]

    response = editor.get(reverse("wagtailadmin_pages:move_confirm", args=numbers))

    is_own = moved == destination == "own"
    assert response.status_code == (200 if is_own else 404)


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_workflows:task_chooser",
        "wagtailadmin_workflows:task_chooser_results",
    ],
)
def test_review_steps_of_all_portals_are_for_the_prefecture(
    two_portals: TwoPortals, superuser: Client, name: str
) -> None:
    address = reverse(name)
    admin = logged_in(two_portals.qingshan.admin)

    assert admin.get(address).status_code == 302
    assert superuser.get(address).status_code == 200


# --- reports ---------------------------------------------------------------------------


REPORTS = [
    "locked_pages",
    "locked_pages_results",
    "workflow",
    "workflow_results",
    "workflow_tasks",
    "workflow_tasks_results",
    "site_history",
    "site_history_results",
    "page_types_usage",
    "page_types_usage_results",
]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("query", [{}, {"export": "csv"}], ids=["page", "export"])
def test_reports_about_all_portals_are_for_the_prefecture(
    two_portals: TwoPortals, superuser: Client, name: str, query: dict[str, str]
) -> None:
    address = reverse(f"wagtailadmin_reports:{name}")
    admin = logged_in(two_portals.qingshan.admin)

    assert admin.get(address, query).status_code == 302
    assert superuser.get(address, query).status_code == 200


def test_every_report_of_wagtail_was_looked_at() -> None:
    """A new report in a new Wagtail must not open by itself."""
    from wagtail.admin.urls.reports import urlpatterns

    names = {str(pattern.pattern).split("/")[0] for pattern in urlpatterns}
    assert names == CLOSED_REPORTS | {"aging-pages"}


def test_open_report_lists_own_pages_only(
    two_portals: TwoPortals, editor: Client
) -> None:
    response = editor.get(reverse("wagtailadmin_reports:aging_pages"))

    assert two_portals.qingshan.marker in text_of(response)
    assert "白河" not in text_of(response)


def test_menu_of_a_county_has_no_closed_report(editor: Client) -> None:
    content = text_of(editor.get(reverse("wagtailadmin_home")))

    assert reverse("wagtailadmin_reports:aging_pages") in content
    for name in ("locked_pages", "workflow", "site_history", "page_types_usage"):
        assert reverse(f"wagtailadmin_reports:{name}") not in content
