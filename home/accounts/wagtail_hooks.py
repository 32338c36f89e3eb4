"""The pages of this app in the admin, and their places in its menus."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.accounts import people, views
from home.accounts.middleware import SESSION
from home.roles import governed_portals


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("security/", views.own, name="accounts_own"),
        path("security/codes/", views.new_codes, name="accounts_codes"),
        path("security/remove/", views.remove, name="accounts_remove"),
        path("accounts/", people.people, name="accounts_people"),
        path("accounts/<int:pk>/unlock/", people.unlock, name="accounts_unlock"),
        path("accounts/<int:pk>/reset/", people.reset, name="accounts_reset"),
        path("accounts/portal/<int:pk>/", people.demand, name="accounts_demand"),
    ]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return governed_portals(request.user).exists()


@hooks.register("register_settings_menu_item")
def people_menu_item() -> PeopleMenuItem:
    return PeopleMenuItem(
        gettext_lazy("账号安全"),
        reverse("accounts_people"),
        name="accounts",
        icon_name="lock",
        order=590,
    )


@hooks.register("register_account_menu_item")
def own_menu_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("accounts_own"),
        "label": _("动态验证码"),
        "help_text": _("用手机上的六位数字保护账号；更换手机、重新生成恢复码。"),
    }


@hooks.register("insert_global_admin_js")
def warn_before_the_end() -> str:
    """The script asks how long the log-in lasts, and has its words from here."""
    return format_html(
        '<script src="{}" data-session="{}" data-login="{}" data-soon="{}"'
        ' data-over="{}" data-stay="{}" data-again="{}" data-done="{}"'
        ' data-other="{}"></script>',
        static("admin/session.js"),
        reverse(SESSION),
        reverse("wagtailadmin_login"),
        _("您有一段时间没有操作，再过 {minutes} 分钟会自动退出。"),
        _("您已经退出。这一页填写的内容还在：请在新窗口里重新登录，再回到这里继续。"),
        _("继续工作"),
        _("在新窗口登录"),
        _("已经重新登录，可以继续了。"),
        _("重新登录的不是原来的账号，这一页不能再保存。请把内容复制出来。"),
    )
