"""A directory (名录): the points, people or places of a portal on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from home.directory.listing import present_directory
from home.directory.words import Vocabulary, vocabulary, word_problems
from home.findings import Said
from home.indexing import IndexEntry
from home.languages import in_every_language, localized
from home.links import language_path
from home.models.base import BasePage
from home.models.portals import Identity, Portal
from home.panels import edit_tabs


@register_setting(icon="tag")
class DirectoryWords(Identity):
    """What this portal calls the levels of its service points and their services."""

    levels = models.TextField(
        _("服务点级别的叫法"),
        blank=True,
        help_text=_(
            "本省叫法不同时填写，一行一个：原来的叫法=本地的叫法，"
            "例如：公共法律服务工作站=公共法律服务站。只写一个名称就是增加一种。"
        ),
    )
    services = models.TextField(
        _("服务项目的叫法"),
        blank=True,
        help_text=_(
            "写法同上，例如：值班律师=律师坐班。只写一个名称就是增加一项服务。"
        ),
    )

    panels = [*map(FieldPanel, in_every_language("levels", "services"))]

    class Meta:
        verbose_name = _("法律服务用词")
        verbose_name_plural = _("法律服务用词")

    def clean(self) -> None:
        super().clean()
        problems: dict[str, list[str]] = {}
        for group in ("levels", "services"):
            own = getattr(self, localized(group, settings.LANGUAGE_CODE)) or ""
            for code, _name in settings.LANGUAGES:
                name = localized(group, code)
                text = getattr(self, name) or ""
                if found := word_problems(group, text, code, own):
                    problems[name] = found
        if problems:
            raise ValidationError(problems)

    def texts(self, group: str) -> dict[str, str]:
        return {
            code: getattr(self, localized(group, code)) or ""
            for code, _name in settings.LANGUAGES
        }


def words_of(portal: Portal | None, group: str) -> Vocabulary:
    """The words of a portal, ``levels`` or ``services``; the common ones for none.

    No query for a portal read ``with_identity``.
    """
    own = getattr(portal.site, "directorywords", None) if portal else None
    return vocabulary(group, own.texts(group) if own else {})


class DirectoryPage(BasePage):
    class Shows(models.TextChoices):
        POINTS = "points", _("法律服务点")
        PEOPLE = "people", _("人员（法律顾问、法律明白人、调解员）")
        MODEL_VILLAGES = "model_villages", _("民主法治示范村")
        CULTURE_SITES = "culture_sites", _("法治文化阵地")

    kind = "directory"
    page_description = _("服务点、人员、示范村或者阵地的名单，按乡镇排列。")
    is_container = True
    template_name = "home/directory_page.html"

    summary = models.TextField(
        _("说明"),
        blank=True,
        max_length=300,
        help_text=_("一两句话：这里能找到什么、怎么用。"),
    )
    shows = models.CharField(
        _("列出什么"),
        max_length=20,
        choices=Shows.choices,
        default=Shows.POINTS,
        help_text=_(
            "服务点、示范村和阵地是放在本页下面的下级页面；"
            "人员在左边菜单“法律服务人员”里登记。"
        ),
    )

    edit_handler = edit_tabs(["heading", "summary"], [FieldPanel("shows")])

    parent_page_types: ClassVar[list[str]] = ["home.ColumnPage"]
    subpage_types: ClassVar[list[str]] = ["home.ServicePointPage", "home.PlacePage"]

    class Meta:
        verbose_name = _("法律服务名录")
        verbose_name_plural = _("法律服务名录")

    def own_hints(self) -> list[Said]:
        hints = super().own_hints()
        if not self.text("summary", settings.LANGUAGE_CODE):
            hints.append(str(_("写一两句说明，群众才知道这一页能帮上什么忙。")))
        return hints

    def present(self, reader: Any) -> Any:
        return present_directory(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return IndexEntry(
            key=f"{self.kind}:{self.pk}:{language}",
            kind=self.kind,
            portal_id=portal.pk,
            language=language,
            title=self.text("heading", language),
            path=language_path(self.public_path(portal), language),
            summary=self.text("summary", language),
        )
