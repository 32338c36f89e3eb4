"""A county sets its own menu, colours and languages within the prefecture's limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from home.colors import contrast_with_white
from home.models import ColumnPage, Portal, PortalLimits
from tests.factories import ColumnPageFactory, Role, TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
SCREENS = ("portal_overview", "portal_settings", "portal_menu", "portal_people")


def colors_url(portal: Portal) -> str:
    return reverse(
        "wagtailsettings:edit", args=["home", "publisheridentity", portal.site_id]
    )


def set_color(client: Any, portal: Portal, color: str) -> str:
    data = {"name_zh_hans": "司法局", "primary_color": color, "accent_color": "#b3261e"}
    return text_of(client.post(colors_url(portal), data, follow=True))


def color_of(portal: Portal) -> str:
    identity = type(portal.site.publisheridentity).objects.get(site=portal.site)
    return str(identity.primary_color)


# --- whose screens ------------------------------------------------------------------------


def test_every_screen_is_the_own_portals_alone(two_portals: TwoPortals) -> None:
    own, other = two_portals
    for name in SCREENS:
        mine = reverse(name, args=[own.portal.pk])
        theirs = reverse(name, args=[other.portal.pk])
        client = logged_in(own.admin)
        assert client.get(mine).status_code == 200
        assert "白河" not in text_of(client.get(mine))
        assert client.get(theirs).status_code == 404
        assert client.post(theirs).status_code in (404, 405)
        assert logged_in(other.admin).get(theirs).status_code == 200
        assert logged_in(own.users[Role.EDITOR]).get(mine).status_code == 404


def test_the_menu_leads_to_the_own_portal(two_portals: TwoPortals, staff: Any) -> None:
    own = two_portals.qingshan

    response = logged_in(own.admin).get(reverse("my_portal"))

    assert response["Location"] == reverse("portal_overview", args=[own.portal.pk])
    listed = logged_in(staff).get(reverse("my_portal"))
    assert listed["Location"] == reverse("portals:index")


def test_every_door_of_the_overview_opens(two_portals: TwoPortals, staff: Any) -> None:
    own = two_portals.qingshan
    for user, fewest in ((own.admin, 6), (staff, 6)):
        client = logged_in(user)
        page = client.get(reverse("portal_overview", args=[own.portal.pk]))
        doors = page.context["doors"]
        assert len(doors) >= fewest
        for door in doors:
            assert client.get(door.href).status_code == 200, door.href


# --- colours -----------------------------------------------------------------------------


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio(
    two_portals: TwoPortals,
) -> None:
    """#777777 has 4.478: rounded to one digit it was refused as “4.5, at least 4.5”."""
    own = two_portals.qingshan
    client = logged_in(own.admin)
    assert 4.45 < contrast_with_white("#777777") < 4.5

    assert "与白色的对比度只有 4.47，至少要 4.5" in set_color(
        client, own.portal, "#777777"
    )
    assert color_of(own.portal) == "#1c5a8a"
    set_color(client, own.portal, "#005a00")
    assert color_of(own.portal) == "#005a00"
    assert color_of(two_portals.baihe.portal) == "#1c5a8a"


def test_the_prefecture_may_name_the_colours(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    PortalLimits.objects.create(portal=own.portal, palette="#004488\n#880000")
    client = logged_in(own.admin)

    assert "只能用这些颜色：#004488、#880000" in set_color(
        client, own.portal, "#005a00"
    )
    assert color_of(own.portal) == "#1c5a8a"
    set_color(client, own.portal, "#004488")
    assert color_of(own.portal) == "#004488"
    # The other county has no such list.
    other = two_portals.baihe
    set_color(logged_in(other.admin), other.portal, "#005a00")
    assert color_of(other.portal) == "#005a00"


# --- languages and layout ------------------------------------------------------------------


def test_languages_within_the_limits(two_portals: TwoPortals) -> None:
    own = two_portals.qingshan
    PortalLimits.objects.create(portal=own.portal, languages=["en"])
    client = logged_in(own.admin)
    address = reverse("portal_settings", args=[own.portal.pk])

    refused = text_of(client.post(address, {"languages": ["zh-hans", "zh-hant"]}))
    assert "市级没有允许这些语言" in refused
    client.post(address, {"languages": []})
    assert Portal.objects.get(pk=own.portal.pk).languages == ["zh-hans"]
    client.post(address, {"languages": ["en"]})
    assert Portal.objects.get(pk=own.portal.pk).languages == ["zh-hans", "en"]


def test_the_layout_is_changed_only_where_that_is_allowed(
    two_portals: TwoPortals,
) -> None:
    own = two_portals.qingshan
    client = logged_in(own.admin)
    address = reverse("portal_settings", args=[own.portal.pk])
    data = {"languages": ["zh-hans"], "layout": "column", "state": "online"}

    client.post(address, data)
    assert Portal.objects.get(pk=own.portal.pk).layout == Portal.Layout.SITE
    PortalLimits.objects.create(portal=own.portal, may_change_layout=True)
    client.post(address, data)
    portal = Portal.objects.get(pk=own.portal.pk)
    assert portal.layout == Portal.Layout.COLUMN
    assert portal.state == Portal.State.DRAFT


# --- the menu -----------------------------------------------------------------------------


def test_columns_are_put_in_order_and_hidden(two_portals: TwoPortals) -> None:
    own, other = two_portals
    second = ColumnPageFactory(parent=own.home, heading_zh_hans="第二")
    second.save_revision().publish()
    own.column.get_latest_revision().publish()
    theirs = list(other.home.get_children().values("pk", "path", "show_in_menus"))
    below = Page.objects.child_of(own.column).values_list("pk", flat=True)
    kept = set(below)

    logged_in(own.admin).post(
        reverse("portal_menu", args=[own.portal.pk]),
        {
            f"place_{own.column.pk}": 2,
            f"place_{second.pk}": 1,
            f"shown_{second.pk}": "on",
        },
    )

    now = list(own.home.get_children())
    assert [page.pk for page in now] == [second.pk, own.column.pk]
    assert [page.show_in_menus for page in now] == [True, False]
    column = ColumnPage.objects.get(pk=own.column.pk)
    assert set(column.get_children().values_list("pk", flat=True)) == kept
    assert (
        list(other.home.get_children().values("pk", "path", "show_in_menus")) == theirs
    )
    assert ModelLogEntry.objects.filter(action="home.portal.menu").count() == 1


# --- limits ------------------------------------------------------------------------------


def test_only_the_prefecture_sets_limits(two_portals: TwoPortals, staff: Any) -> None:
    own = two_portals.qingshan
    address = reverse("portal_limits", args=[own.portal.pk])
    data = {"max_users": 5, "palette": "#004488", "may_pause": "on"}

    logged_in(own.admin).post(address, data)
    assert not PortalLimits.objects.exists()
    wrong = logged_in(staff).post(address, data | {"palette": "blau"})
    assert "这不是颜色：blau" in text_of(wrong)
    logged_in(staff).post(address, data)
    limits = PortalLimits.objects.get(portal=own.portal)
    assert (limits.max_users, limits.may_pause) == (5, True)
