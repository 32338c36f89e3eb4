"""What administrators may do to a published site: each asks first and is logged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.models import Portal
from publishing.sites.errors import SiteBusyError
from publishing.sites.site import Site
from publishing.status.work import cut_release, rebuild_site, roll_back

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Act:
    """``perform(portal, release, person)`` returns what the person is told."""

    name: str
    title: Text
    question: Text
    button: Text
    perform: Callable[[Portal, str, str], str]
    of_release: bool = False

    @property
    def log_action(self) -> str:
        return f"publishing.{self.name}"


def _is_paused(portal: Portal) -> bool:
    with closing(Site.of(portal.host)) as site:
        return site.is_paused


def _rebuild(portal: Portal, _release: str, person: str) -> str:
    if _is_paused(portal):
        return _("网站停在旧版本，请先按“恢复”。")
    rebuild_site.enqueue(portal.pk, person)
    return _("已经排上整站重建，做完以前网站照常。")


def _cut(portal: Portal, _release: str, _person: str) -> str:
    if _is_paused(portal):
        return _("网站停在旧版本，请先按“恢复”。")
    cut_release.enqueue(portal.pk)
    return _("已经排上，现在的网站马上存成一个版本。")


def _roll_back(portal: Portal, release: str, _person: str) -> str:
    """At once, if nobody is writing: this is for the day when something is wrong."""
    if portal.is_offline:
        return _("门户已经下线，上线以后才能退回。")
    with closing(Site.of(portal.host)) as site:
        try:
            with site.locked(wait=False):
                site.rollback(release)
        except SiteBusyError:
            site.pause(_("正在退回旧版本。"))
            roll_back.enqueue(portal.pk, release)
            return _("网站正在更新，更新一停就退回。")
    return _("已经退回，公众现在看到的是那时的网站。")


def _resume(portal: Portal, _release: str, person: str) -> str:
    with closing(Site.of(portal.host)) as site:
        site.resume()
    rebuild_site.enqueue(portal.pk, person)
    return _("已经恢复，网站正在整站重建。")


ACTS = {
    act.name: act
    for act in (
        Act(
            "rebuild",
            gettext_lazy("现在整站重建"),
            gettext_lazy(
                "每个网页都重新生成，一万页要几分钟。做完以前公众看到的不变，"
                "平时不需要：发布一个网页，网站自己会更新。"
            ),
            gettext_lazy("整站重建"),
            _rebuild,
        ),
        Act(
            "release",
            gettext_lazy("建立版本"),
            gettext_lazy("把现在的网站存成一个版本，以后可以退回到这里。"),
            gettext_lazy("建立版本"),
            _cut,
        ),
        Act(
            "rollback",
            gettext_lazy("退回旧版本"),
            gettext_lazy(
                "公众马上看到这个版本的网站。以后发布的内容先不上静态网站，"
                "直到有人按“恢复”。后台里的网页都不变。"
            ),
            gettext_lazy("退回这个版本"),
            _roll_back,
            of_release=True,
        ),
        Act(
            "resume",
            gettext_lazy("恢复更新"),
            gettext_lazy("网站照后台现在的内容整站重建，以后的改动又自动上网站。"),
            gettext_lazy("恢复"),
            _resume,
        ),
    )
}
