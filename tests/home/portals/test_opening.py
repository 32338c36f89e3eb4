"""A portal is opened whole or not at all, from the admin as from the command line."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, ModelLogEntry, Page, Site, Workflow

from home.models import FormerHost, OneTimePassword, Portal
from home.portals import opening, provisioning
from home.portals.trees import load_trees
from tests.factories import Role, TwoPortals
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
WORDS = {
    "--name": "石门县乡村普法网",
    "--region-name": "石门县",
    "--region-code": "000009",
    "--host": "sfj.shimen.example",
    "--publisher": "石门县司法局",
    "--admin": "wangli",
    "--admin-name": "王丽",
}
FORM = {
    "name_zh_hans": "石门县乡村普法网",
    "region_name_zh_hans": "石门县",
    "region_code": "000009",
    "level": "county",
    "languages": ["zh-hans"],
    "host": "sfj.shimen.example",
    "address_form": "host",
    "tree": "county",
    "publisher": "石门县司法局",
    "primary_color": "#1c5a8a",
    "accent_color": "#b3261e",
    "admin_username": "wangli",
    "admin_name": "王丽",
}


def add_portal(*more: str, **changed: str) -> str:
    words = WORDS | {
        f"--{name.replace('_', '-')}": text for name, text in changed.items()
    }
    out = io.StringIO()
    call_command(
        "add_portal", *(x for pair in words.items() for x in pair), *more, stdout=out
    )
    return out.getvalue()


def everything() -> dict[str, int]:
    models = (
        Portal,
        Site,
        Page,
        Collection,
        Group,
        Workflow,
        Redirect,
        get_user_model(),
        OneTimePassword,
        ModelLogEntry,
    )
    return {model.__name__: model.objects.count() for model in models}


# --- what is made ------------------------------------------------------------------------


def test_a_portal_has_all_that_its_first_administrator_needs(
    two_portals: TwoPortals,
) -> None:
    told = add_portal("--tree", "county")

    portal = Portal.objects.get(site__hostname="sfj.shimen.example")
    home = portal.site.root_page
    slugs = set(home.get_descendants().values_list("slug", flat=True))
    assert {"dongtai", "tongzhi", "wenda", "banshi", "fuwudian"} <= slugs
    assert all(page.live for page in home.get_descendants())
    assert home.get_workflow() is not None
    assert portal.roles.count() == len(Role)
    assert portal.state == Portal.State.DRAFT
    redirect = Redirect.objects.get(site=portal.site, old_path="/index.htm")
    assert redirect.redirect_page_id == home.pk
    admin = get_user_model().objects.get(username="shi-men-xian.wangli")
    assert list(admin.groups.all()) == [portal.roles.get(role=Role.ADMIN).group]
    password = re.search(r"一次性密码：(\S+)", told)
    assert password is not None
    assert admin.check_password(password[1])
    assert portal.site.publisheridentity.name == "石门县司法局"


def test_every_tree_can_be_opened_and_published(two_portals: TwoPortals) -> None:
    for number, key in enumerate(load_trees()):
        code = f"00010{number}"
        add_portal("--tree", key, host=f"h{number}.example", region_code=code)

        home = Portal.objects.get(region_code=code).site.root_page
        pages = home.get_descendants().specific()
        assert len(pages) >= 3
        assert [page.publication_problems() for page in pages] == [[]] * len(pages)
        assert {page.slug for page in pages} >= {"wenda", "tongzhi", "banshi"}


def test_two_counties_that_sound_alike_both_open(two_portals: TwoPortals) -> None:
    add_portal()
    add_portal(host="sfj2.shimen.example", region_code="000010")

    one, other = Portal.objects.filter(region_code__in=["000009", "000010"])
    assert one.site.root_page.slug != other.site.root_page.slug
    assert get_user_model().objects.filter(username__endswith=".wangli").count() == 2


def test_below_a_path_the_public_address_has_one(two_portals: TwoPortals) -> None:
    base = "https://www.shimen.example/sfj"
    add_portal("--address", "column", public_base=base, host_parts="/sfj-parts/")

    portal = Portal.objects.get(region_code="000009")
    assert (portal.layout, portal.public_base) == (Portal.Layout.COLUMN, base)


def test_opening_leaves_the_other_portals_alone(two_portals: TwoPortals) -> None:
    before = list(two_portals.baihe.home.get_descendants().values())
    people = list(get_user_model().objects.values_list("pk", "password"))

    add_portal()

    assert list(two_portals.baihe.home.get_descendants().values()) == before
    known = get_user_model().objects.exclude(username__endswith=".wangli")
    assert list(known.values_list("pk", "password")) == people


# --- what is refused ---------------------------------------------------------------------


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"host": "baihe.localhost"}, "域名：这个域名已经有门户在用。"),
    ({"host": "Qing Shan"}, "域名：域名由小写字母"),
    ({"host": "old.shimen.example"}, "域名：这个域名已经有门户在用。"),
    ({"region_code": "12"}, "行政区划代码：行政区划代码是六位数字。"),
    ({"region_code": "000003"}, "行政区划代码：同样行政区划代码的门户已经有了。"),
    ({"primary_color": "#aaaaaa"}, "主色：与白色的对比度只有 2.32"),
    ({"primary_color": "blue"}, "主色：颜色写成 # 加六位"),
    ({"languages": "zh-hans,xx"}, "启用的语言：没有“xx”这个选项"),
    ({"site_id_code": "12"}, "网站标识码：网站标识码是十位数字"),
    ({"admin": "王丽"}, "第一个管理员的用户名：用小写字母"),
    ({"admin_email": "wang"}, "管理员邮箱："),
    (
        {"public_base": "https://sfj.example/x/"},
        "公开地址：自己的域名后面没有路径。",
    ),
]


def test_wrong_or_taken_input_is_refused_with_its_reason(
    two_portals: TwoPortals,
) -> None:
    FormerHost.objects.create(
        host="old.shimen.example", portal=two_portals.baihe.portal
    )
    before = everything()

    for changed, reason in REFUSED:
        with pytest.raises(CommandError) as refused:
            add_portal(**changed)
        assert reason in str(refused.value), changed
        assert everything() == before


def test_a_column_package_wants_its_path(two_portals: TwoPortals) -> None:
    with pytest.raises(CommandError, match="请填写带路径的公开地址"):
        add_portal("--address", "column")


def test_an_unknown_parent_is_named_with_those_there_are(
    two_portals: TwoPortals,
) -> None:
    with pytest.raises(CommandError, match="现有：.*baihe.localhost"):
        add_portal(parent="nowhere.example")


def test_all_faults_are_told_at_once(two_portals: TwoPortals) -> None:
    with pytest.raises(CommandError) as refused:
        add_portal(host="baihe.localhost", region_code="1", admin="王")

    assert len(str(refused.value).splitlines()) == 4


def test_a_crash_in_the_middle_leaves_nothing(two_portals: TwoPortals) -> None:
    def crash(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError("the disk is gone")

    before = everything()
    for place, name in (
        (provisioning, "create_columns"),
        (Redirect, "add_redirect"),
        (opening, "create_person"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(place, name, crash)
            with pytest.raises(IntegrityError):
                add_portal()
        assert everything() == before


def test_a_dry_run_writes_nothing(two_portals: TwoPortals) -> None:
    before = everything()

    assert "没有写入" in add_portal("--dry-run")
    assert everything() == before


# --- the same in the admin ----------------------------------------------------------------


def test_staff_open_a_portal_and_see_the_password_once(
    two_portals: TwoPortals, staff: Any
) -> None:
    client = logged_in(staff)

    response = client.post(reverse("portals:add"), FORM)

    page = text_of(response)
    person = get_user_model().objects.get(username="shi-men-xian.wangli")
    shown = re.search(r"<code>(\S+)</code>", page)
    assert shown is not None
    assert person.check_password(shown[1])
    assert "no-store" in response["Cache-Control"]
    assert shown[1] not in text_of(client.get(reverse("portals:index")))


def test_the_form_says_what_is_wrong_and_writes_nothing(
    two_portals: TwoPortals, staff: Any
) -> None:
    before = everything()

    response = logged_in(staff).post(
        reverse("portals:add"), FORM | {"host": "baihe.localhost", "region_code": "1"}
    )

    assert "这个域名已经有门户在用。" in text_of(response)
    assert "行政区划代码是六位数字。" in text_of(response)
    assert everything() == before


def test_a_county_opens_no_portal(two_portals: TwoPortals) -> None:
    client = logged_in(two_portals.qingshan.admin)

    assert client.get(reverse("portals:index")).status_code == 302
    assert client.post(reverse("portals:add"), FORM).status_code == 302
    assert Portal.objects.count() == 2
