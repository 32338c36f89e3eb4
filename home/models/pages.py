"""The home page of a portal and the column (栏目)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.findings import Said
from home.front_blocks import HOME_BLOCKS
from home.indexing import IndexEntry
from home.links import language_path
from home.models.base import BasePage
from home.models.portals import Portal
from home.panels import edit_tabs
from home.presenters import present_home


class HomePage(BasePage):
    kind = "home"
    is_container = True
    template_name = "home/home_page.html"
    body_field = ""
    stream_fields = ("body",)

    summary = models.TextField(
        _("门户简介"), blank=True, help_text=_("一两句话，搜索引擎会显示它。")
    )
    body = StreamField(
        HOME_BLOCKS,
        blank=True,
        verbose_name=_("首页内容"),
        help_text=_("从上到下：先是群众最常办的事，再是问答和最新内容。"),
    )

    edit_handler = edit_tabs(["heading", "summary", "body"])

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["home.ColumnPage"]

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    def present(self, reader: Any) -> Any:
        return present_home(self, reader)


class ColumnPage(BasePage):
    """A column (栏目): a list of pages, and perhaps columns below it."""

    class ColumnType(models.TextChoices):
        """Vocabulary of ``ColumnType`` (47号文 annex; checklist 2.2)."""

        OVERVIEW = "概况信息", _("概况信息")
        DUTIES = "机构职能", _("机构职能")
        LEADERS = "负责人信息", _("负责人信息")
        NEWS = "工作动态", _("工作动态")
        DOCUMENTS = "政策文件", _("政策文件")
        DISCLOSURE_GUIDE = "信息公开指南", _("信息公开指南")
        DISCLOSURE_CATALOGUE = "信息公开目录", _("信息公开目录")
        DISCLOSURE_REPORT = "信息公开年报", _("信息公开年报")
        DISCLOSURE_REQUEST = "依法申请公开", _("依法申请公开")
        DATA = "数据发布", _("数据发布")
        OPEN_DATA = "数据开放", _("数据开放")
        INTERPRETATION = "政策解读", _("政策解读")
        RESPONSE = "回应关切", _("回应关切")
        SERVICE = "办事服务", _("办事服务")
        CONSULTATION = "咨询投诉", _("咨询投诉")
        SURVEY = "征集调查", _("征集调查")
        INTERVIEW = "在线访谈", _("在线访谈")

    kind = "column"
    page_description = _("放同一类内容的地方，显示在网站导航里。")
    is_container = True
    template_name = "home/column_page.html"

    summary = models.TextField(
        _("栏目说明"),
        help_text=_("这个栏目放什么、给谁看（ColumnDescription）。"),
    )
    keywords = models.CharField(
        _("关键词"), max_length=200, help_text=_("用逗号隔开（ColumnKeywords）。")
    )
    column_type = models.CharField(
        _("栏目类别"),
        max_length=20,
        choices=ColumnType.choices,
        default=ColumnType.NEWS,
        help_text=_("按《政府网站发展指引》的分类（ColumnType）。"),
    )
    promised_interval = models.PositiveSmallIntegerField(
        _("承诺更新间隔（天）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("多少天内一定有更新；没有承诺就留空。"),
    )

    edit_handler = edit_tabs(
        ["heading", "summary", "keywords"],
        [FieldPanel("column_type"), FieldPanel("promised_interval")],
    )

    # Its children are those that name it as their parent: apps to the right add theirs.
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ColumnPage"]

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        return IndexEntry(
            key=f"{self.kind}:{self.pk}:{language}",
            kind=self.kind,
            portal_id=portal.pk,
            language=language,
            title=self.text("heading", language),
            path=language_path(self.public_path(portal), language),
            summary=self.text("summary", language),
            body=self.text("keywords", language),
        )

    def own_problems(self) -> list[Said]:
        """A column's page must carry both (checklist 2.2)."""
        problems = super().own_problems()
        if not self.text("summary", settings.LANGUAGE_CODE):
            problems.append(self.lacks("summary", _("请填写栏目说明。")))
        if not self.text("keywords", settings.LANGUAGE_CODE):
            problems.append(self.lacks("keywords", _("请填写栏目的关键词。")))
        return problems
