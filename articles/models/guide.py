"""A service guide (办事指南): whom to ring, where to go, what to bring, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from articles.blocks import BODY_BLOCKS
from articles.citing import CitingPage
from articles.guide_presentation import present_guide
from articles.offices import lines_of
from home import streams
from home.blocks import AttachmentBlock
from home.findings import Said
from home.indexing import IndexEntry
from home.languages import localized
from home.models import Office
from home.outward import is_foreign
from home.panels import edit_tabs, term_panels
from home.phones import phone_problem
from statutes.blocks import CitationBlock

if TYPE_CHECKING:
    from home.models import Portal

# Texts that the inspection looks for (checklist 6), and the two that people ask for.
REQUIRED_TEXTS = ("conditions", "materials", "steps", "place", "hours")
EXPECTED_TEXTS = ("time_limit", "fee")
GUIDE_TEXTS = (*REQUIRED_TEXTS, *EXPECTED_TEXTS)
WEB_FIELDS = ("online_url", "booking_url")
# Where the guide says nothing, the office in charge does.
OFFICE_FIELDS = {"place": "address", "hours": "hours"}


class ServiceGuidePage(CitingPage):
    kind = "guide"
    page_description = _("一件事怎么办：条件、材料、流程、地点、电话。")
    template_name = "articles/guide_page.html"
    body_field = "steps"
    stream_fields = ("body",)
    citing_texts = GUIDE_TEXTS
    fact_fields = ("phone",)

    summary = models.TextField(
        _("摘要"),
        blank=True,
        max_length=300,
        help_text=_("这件事帮什么人解决什么问题，一两句话；列表里会显示。"),
    )
    conditions = models.TextField(
        _("申请条件"), blank=True, help_text=_("什么人、什么情况可以办，一行写一条。")
    )
    materials = models.TextField(
        _("办理材料"),
        blank=True,
        help_text=_("要带什么，一行写一样；不用带材料的，写“不用带材料”。"),
    )
    steps = models.TextField(
        _("办理流程"),
        blank=True,
        help_text=_("先做什么、后做什么，一行写一步；序号会自动加上。"),
    )
    place = models.TextField(
        _("办理地点"), blank=True, help_text=_("哪条路、几号、几楼、哪个窗口。")
    )
    hours = models.TextField(
        _("办理时间"),
        blank=True,
        help_text=_("例如：工作日上午8:30至12:00，下午14:30至17:30。"),
    )
    time_limit = models.TextField(
        _("办理时限"), blank=True, help_text=_("从受理到办完最多几天。")
    )
    fee = models.TextField(
        _("收费"), blank=True, help_text=_("收多少、依据什么；不收费的写“不收费”。")
    )
    phone = models.CharField(
        _("联系电话"),
        max_length=100,
        blank=True,
        help_text=_("带区号；有几个号码就用顿号分开，例如：0536-1234567、12348。"),
    )
    online_url = models.URLField(
        _("在线办理地址"),
        blank=True,
        max_length=500,
        help_text=_("政务服务网上这个事项的网址，以 https:// 开头；本站不受理申请。"),
    )
    booking_url = models.URLField(
        _("预约地址"),
        blank=True,
        max_length=500,
        help_text=_("官方预约系统的网址，以 https:// 开头；没有就留空。"),
    )
    office = models.ForeignKey(
        Office,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承办股室"),
        help_text=_("选了以后，地点、时间、电话留空时用这个股室登记的。"),
    )
    legal_basis = StreamField(
        [("citation", CitationBlock())],
        blank=True,
        verbose_name=_("设定依据"),
        help_text=_("这件事是哪部法律、哪一条定的，例如：《法律援助法》第三十一条。"),
    )
    forms = StreamField(
        [("attachment", AttachmentBlock())],
        blank=True,
        verbose_name=_("表格下载"),
        help_text=_("申请表、样表这类要群众填写的文件。"),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("其他说明"),
        help_text=_("上面写不下的话，例如哪些情况不用审查经济困难；没有就留空。"),
    )

    edit_handler = edit_tabs(
        [
            "heading",
            "summary",
            "conditions",
            "materials",
            "steps",
            "place",
            "hours",
            "time_limit",
            "fee",
            "body",
        ],
        [
            FieldPanel("office"),
            FieldPanel("phone"),
            FieldPanel("legal_basis"),
            FieldPanel("forms"),
            MultiFieldPanel(
                [FieldPanel(name) for name in WEB_FIELDS], heading=_("官方系统")
            ),
            *term_panels(),
            FieldPanel("source"),
        ],
    )

    class Meta:
        verbose_name = _("办事指南")
        verbose_name_plural = _("办事指南")

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {
            name: _("网址要以 https:// 开头，群众的资料才不会在路上被人看见。")
            for name in WEB_FIELDS
            if getattr(self, name) and not getattr(self, name).startswith("https://")
        }
        if problem := phone_problem(self.phone):
            problems["phone"] = problem
        if problems:
            raise ValidationError(problems)

    def lines(self, field: str, language: str) -> tuple[str, ...]:
        """The items of a text in which every line is one."""
        return lines_of(str(self.text(field, language)))

    def own_problems(self) -> list[Said]:
        problems = super().own_problems()
        problems += [
            self.lacks(field, gettext("请填写“%(field)s”。") % {"field": name})
            for field in REQUIRED_TEXTS
            for name in self.missing_texts((field,), settings.LANGUAGE_CODE)
        ]
        if not (self.phone.strip() or (self.office and self.office.phone)):
            problems.append(self.lacks("phone", gettext("请填写“联系电话”。")))
        if not self.legal_basis:
            text = gettext("请在“设定依据”里至少写一条法律条文。")
            problems.append(self.lacks("legal_basis", text))
        return problems

    def own_hints(self) -> list[Said]:
        hints: list[Said] = [
            gettext("“%(field)s”还没有填写，群众最常问这一项。") % {"field": name}
            for name in self.missing_texts(EXPECTED_TEXTS, settings.LANGUAGE_CODE)
        ]
        for code, language in settings.LANGUAGES[1:]:
            if missing := self.missing_texts(REQUIRED_TEXTS, code):
                hints += [
                    gettext("“%(language)s”这一版还缺“%(field)s”。")
                    % {"language": language, "field": name}
                    for name in missing
                    if self.exists_in(code)
                ]
        hints += [
            gettext(
                "“%(field)s”不是政府网站（.gov.cn）的网址，请再核对一遍是不是官方系统。"
            )
            % {"field": self._meta.get_field(name).verbose_name}
            for name in WEB_FIELDS
            if getattr(self, name) and is_foreign(getattr(self, name), frozenset())
        ]
        return hints

    def missing_texts(self, fields: tuple[str, ...], language: str) -> list[str]:
        """The names of those fields that say nothing in a language."""
        return [
            str(self._meta.get_field(field).verbose_name)
            for field in fields
            if not self.said(field, language).strip()
        ]

    def said(self, field: str, language: str) -> str:
        """What the guide says, or the office in charge; no fallback to Chinese."""
        own = str(self.text(field, language))
        if own or self.office is None or field not in OFFICE_FIELDS:
            return own
        return getattr(self.office, localized(OFFICE_FIELDS[field], language)) or ""

    def all_references(self) -> streams.References:
        found = super().all_references()
        found.update(streams.references(self.forms.raw_data if self.forms else []))
        found.urls.update(url for name in WEB_FIELDS if (url := getattr(self, name)))
        return found

    def present(self, reader: Any) -> Any:
        return present_guide(self, reader)

    def search_entry(self, portal: Portal, language: str) -> IndexEntry:
        forms = streams.plain_text_of(self.forms.raw_data if self.forms else [])
        return self.build_search_entry(
            portal,
            language,
            summary=self.text("summary", language),
            body="\n".join(
                [
                    *(str(self.text(field, language)) for field in GUIDE_TEXTS),
                    streams.plain_text_of(self.stream_data("body", language)),
                    forms,
                    self.phone,
                ]
            ),
        )
