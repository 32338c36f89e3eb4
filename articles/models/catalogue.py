"""The catalogue of what the bureau has published (政府信息公开目录)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.policy.presentation import present_catalogue
from home.indexing import IndexEntry
from home.links import language_path
from home.models import BasePage
from home.panels import edit_tabs

if TYPE_CHECKING:
    from home.models import Portal


class CataloguePage(BasePage):
    """Lists every public document of its portal; its rows are made, not written."""

    kind = "catalogue"
    page_description = _("自动列出本门户的全部公文，可以按年份、分类查。")
    template_name = "articles/catalogue_page.html"
    is_container: ClassVar[bool] = True

    summary = models.TextField(
        _("说明"),
        blank=True,
        max_length=300,
        help_text=_("目录收了什么、怎么查，一两句话。目录里的文件自动列出，不用填写。"),
    )

    edit_handler = edit_tabs(["heading", "summary"])

    parent_page_types: ClassVar[list[str]] = ["home.ColumnPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("公开目录")
        verbose_name_plural = _("公开目录")

    def present(self, reader: Any) -> Any:
        return present_catalogue(self, reader)

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
