"""The tabs of an edit form: what is said once, then one tab per language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.forms import CheckboxSelectMultiple, Media
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from home.findings import Finding, decide_url, findings_of
from home.languages import localized


class FindingsPanel(Panel):
    """What speaks against publishing, or wants a second look (``home.findings``).

    ``findings.js`` shows each a second time at its field or block.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/findings_panel.html"
        media = Media(js=["admin/findings.js"])

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.findings)

        @cached_property
        def findings(self) -> list[Finding]:
            # A page that has never been saved has no portal to compare with.
            if self.instance is None or self.instance.pk is None:
                return []
            return findings_of(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            can_pass = any(
                one.is_overridable and (one.is_blocking or one.override)
                for one in self.findings
            )
            tester = self.instance.permissions_for_user(self.request.user)
            may_decide = can_pass and tester.holds_publishing()
            return {
                **context,
                "findings": self.findings,
                "decide_url": decide_url(self.instance.pk) if may_decide else "",
                "others_decide": can_pass and not may_decide,
            }


class PublicState(NamedTuple):
    """``html``: whether the public sees the page; ``url``: where a script asks again."""

    html: str
    url: str


StateSource = Callable[[Page, HttpRequest], PublicState | None]
_state_sources: list[StateSource] = []


def register_public_state(source: StateSource) -> None:
    """Say what forms show above all else of a page that was saved before."""
    _state_sources[:] = [source]


class PublicStatePanel(Panel):
    """Whether what was published is seen by the public yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/public_state_panel.html"
        media = Media(js=["admin/watch.js"])

        def is_shown(self) -> bool:
            return super().is_shown() and self.state is not None

        @cached_property
        def state(self) -> PublicState | None:
            if self.instance is None or self.instance.pk is None:
                return None
            found = (source(self.instance, self.request) for source in _state_sources)
            return next(found, None)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "state": self.state}


def edit_tabs(
    translated: Sequence[str], shared: Sequence[Panel] = (), **options: Any
) -> TabbedInterface:
    """``translated``: field names in the order of the form; ``shared``: the panels of
    the tab that is not about a language. A language that the portal does not use has
    no fields in the form, and then its tab is not shown."""
    tabs = [
        ObjectList(
            [FieldPanel(localized(field, code)) for field in translated], heading=name
        )
        for code, name in settings.LANGUAGES
    ]
    tabs[0].children[:0] = [
        PublicStatePanel(heading=_("发布状态")),
        FindingsPanel(heading=_("发布前的检查")),
    ]
    common = [ObjectList(list(shared), heading=_("资料"))] if shared else []
    return TabbedInterface(
        [
            tabs[0],
            *common,
            *tabs[1:],
            _address_tab(),
            ObjectList(Page.settings_panels, heading=_("定时")),
        ],
        **options,
    )


def _address_tab() -> ObjectList:
    return ObjectList(
        [
            FieldPanel(
                "slug",
                heading=_("网址用名"),
                help_text=_(
                    "小写字母、数字和连字符；留空时用标题的拼音。"
                    "公开以后改动，收藏和转发的旧网址就打不开。"
                ),
            ),
            FieldPanel(
                "show_in_menus",
                heading=_("显示在菜单里"),
                help_text=_("勾选后出现在网站顶部的菜单里，一般只用于栏目。"),
            ),
        ],
        heading=_("网址"),
    )


def record_panels(names: Sequence[str], shared: Sequence[Panel]) -> list[Panel]:
    """Of a record: its texts in Chinese, what is said once, then the texts in the
    other languages, folded."""
    main, *others = (code for code, _name in settings.LANGUAGES)
    languages = dict(settings.LANGUAGES)
    return [
        *(FieldPanel(localized(name, main)) for name in names),
        *shared,
        *(
            MultiFieldPanel(
                [FieldPanel(localized(name, code)) for name in names],
                heading=languages[code],
                classname="collapsed",
            )
            for code in others
        ),
    ]


def term_panels() -> list[Panel]:
    """Topics and audiences: dozens at most, so each is a box to tick."""
    return [
        FieldPanel(name, widget=CheckboxSelectMultiple)
        for name in ("topics", "audiences")
    ]
