"""A portal: a Wagtail site, its place in the tree, and its two identities.

The *hosting* identity is the government site that carries the pages; the *publisher*
is the bureau that writes them (checklist 1.3). They differ whenever a county publishes
below a path of its government's portal, so they are two records.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Collection, Site

from home.colors import contrast_with_white, told_ratio
from home.forms import IdentityForm
from home.languages import in_every_language
from home.outbox import record_change


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


class PortalQuerySet(models.QuerySet["Portal"]):
    def with_identity(self) -> PortalQuerySet:
        """Everything that the frame of a page shows, in one query."""
        return self.select_related(
            "collection",
            "site__root_page",
            "site__hostingidentity",
            "site__publisheridentity",
            "site__directorywords",
            "offline_notice",
        )


class Portal(models.Model):
    class Level(models.TextChoices):
        PREFECTURE = "prefecture", _("市（州）")
        COUNTY = "county", _("县（市、区）")

    class State(models.TextChoices):
        DRAFT = "draft", _("准备")
        TESTED = "tested", _("已检测")
        ONLINE = "online", _("上线")
        PAUSED = "paused", _("临时下线")
        CLOSED = "closed", _("永久下线")

    class Layout(models.TextChoices):
        SITE = "site", _("完整网站：用自己的页头和页脚")
        COLUMN = "column", _("栏目包：用政府网站的页头和页脚")

    site = models.OneToOneField(Site, models.CASCADE, related_name="portal")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级门户"),
    )
    name = models.CharField(
        _("门户名称"), max_length=100, help_text=_("例如：青山县乡村普法网")
    )
    region_name = models.CharField(
        _("地区名称"), max_length=50, help_text=_("例如：青山县")
    )
    region_code = models.CharField(
        _("行政区划代码"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("行政区划代码是六位数字。"))],
        help_text=_("六位数字，见国家标准 GB/T 2260。"),
    )
    level = models.CharField(_("级别"), max_length=16, choices=Level.choices)
    state = models.CharField(
        _("状态"), max_length=16, choices=State.choices, default=State.DRAFT
    )
    state_since = models.DateField(_("状态日期"), null=True, blank=True)
    state_person = models.CharField(_("经办人"), max_length=50, blank=True)
    state_proof = models.CharField(
        _("依据"),
        max_length=200,
        blank=True,
        help_text=_("例如：安全检测报告编号、批准文号。"),
    )
    public_base = models.URLField(
        _("公开地址"),
        blank=True,
        help_text=_(
            "静态网页所在的地址，例如 https://www.example.gov.cn/sfj；不清楚时留空。"
        ),
    )
    service_base = models.URLField(
        _("服务地址"),
        blank=True,
        help_text=_("搜索、留言和接口所在的地址；没有服务器时留空。"),
    )
    layout = models.CharField(
        _("页头和页脚"),
        max_length=16,
        choices=Layout.choices,
        default=Layout.SITE,
        help_text=_(
            "放在政府网站的栏目里时选“栏目包”：导出的网页不带自己的页头和页脚。"
        ),
    )
    host_parts = models.CharField(
        _("政府网站页头页脚的位置"),
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(
                r"^/([\w.~-]+/)*$",
                _("写成以斜杠开头、以斜杠结尾的路径，例如 /sfj-parts/。"),
                flags=re.ASCII,
            )
        ],
        help_text=_(
            "只用于栏目包。政府网站上放 head.html、header.html 和 footer.html 的目录，"
            "例如 /sfj-parts/；由网页服务器（SSI）放进每个网页。不清楚时留空。"
        ),
    )
    languages = models.JSONField(_("启用的语言"), default=default_languages)
    collection = models.OneToOneField(
        Collection,
        models.PROTECT,
        related_name="portal",
        verbose_name=_("图片和文件的集合"),
    )
    exports_library = models.BooleanField(
        _("导出全部法律法规"),
        default=False,
        help_text=_("导出静态网站时带上法律法规库中的全部文本；一般只由市级门户开启。"),
    )
    is_demo = models.BooleanField(_("演示门户"), default=False)
    change_number = models.PositiveBigIntegerField(default=0, editable=False)

    objects = PortalQuerySet.as_manager()

    class Meta:
        ordering = ["region_code"]
        verbose_name = _("门户")
        verbose_name_plural = _("门户")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            # Another portal lists this one by name: the change concerns all of them.
            record_change(None, "portal", self.pk)

    def clean(self) -> None:
        super().clean()
        known = dict(settings.LANGUAGES)
        unknown = [code for code in self.languages if code not in known]
        if unknown or settings.LANGUAGE_CODE not in self.languages:
            raise ValidationError(
                {
                    "languages": _("语言必须包含 zh-hans，且只能从 %(codes)s 中选择。")
                    % {"codes": "、".join(known)}
                }
            )
        if self.state == self.State.ONLINE:
            self._check_ready_for_online()

    @property
    def host(self) -> str:
        return self.site.hostname

    @property
    def is_offline(self) -> bool:
        """Readers are shown a notice in place of every page."""
        return self.state in (self.State.PAUSED, self.State.CLOSED)

    def _check_ready_for_online(self) -> None:
        """A site without its code cannot be online (checklist 2.3)."""
        hosting = HostingIdentity.objects.filter(site=self.site).first()
        if hosting is None or not hosting.site_id_code:
            raise ValidationError(
                {"state": _("没有网站标识码的门户不能上线。请先填写主办信息。")}
            )


class Identity(BaseSiteSetting):
    """What the two identities share: a change of theirs touches every page."""

    base_form_class = IdentityForm

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            portal = Portal.objects.filter(site_id=self.site_id).first()
            record_change(portal, "portal", portal.pk if portal else 0)


@register_setting(icon="site")
class HostingIdentity(Identity):
    site_name = models.CharField(
        _("网站名称"),
        max_length=100,
        blank=True,
        help_text=_("承载本门户的政府网站的正式名称（SiteName）。"),
    )
    site_domain = models.CharField(
        _("网站域名"),
        max_length=100,
        blank=True,
        help_text=_(
            "不带 http，例如 www.example.gov.cn（SiteDomain）。政府网站使用 .gov.cn。"
        ),
    )
    site_id_code = models.CharField(
        _("网站标识码"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(
                r"^(\d{10}|bm\d{8})$",
                _("网站标识码是十位数字，部委网站是 bm 加八位数字。"),
            )
        ],
        help_text=_("政府网站的十位编码；没有它门户不能上线。"),
    )
    organizer = models.CharField(
        _("主办单位"),
        max_length=100,
        blank=True,
        help_text=_("承载网站的主办单位，例如：青山县人民政府办公室。"),
    )
    phone = models.CharField(
        _("联系电话"),
        max_length=50,
        blank=True,
        help_text=_("网站的联系电话，显示在每页底部。"),
    )
    icp_number = models.CharField(
        _("ICP备案号"), max_length=60, blank=True, help_text=_("按备案证书填写。")
    )
    police_number = models.CharField(
        _("公安机关备案号"), max_length=60, blank=True, help_text=_("按备案证书填写。")
    )
    police_url = models.URLField(
        _("公安备案链接"), blank=True, help_text=_("备案时给的网址。")
    )
    error_report_url = models.URLField(
        _("“我为政府网站找错”链接"), blank=True, help_text=_("本网站的找错入口。")
    )
    party_mark_url = models.URLField(
        _("党政机关网站标识链接"), blank=True, help_text=_("申领标识时给的网址。")
    )

    panels = [
        MultiFieldPanel(
            [
                *map(FieldPanel, in_every_language("site_name")),
                FieldPanel("site_domain"),
                FieldPanel("site_id_code"),
                *map(FieldPanel, in_every_language("organizer")),
                FieldPanel("phone"),
            ],
            heading=_("网站"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("police_url"),
                FieldPanel("error_report_url"),
                FieldPanel("party_mark_url"),
            ],
            heading=_("备案和标识"),
        ),
    ]

    class Meta:
        verbose_name = _("主办信息（承载网站）")
        verbose_name_plural = _("主办信息（承载网站）")


HEX_COLOR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("颜色写成 # 加六位，例如 #1c5a8a。"))


@register_setting(icon="group")
class PublisherIdentity(Identity):
    name = models.CharField(
        _("承办单位"), max_length=100, blank=True, help_text=_("例如：青山县司法局")
    )
    phone = models.CharField(
        _("咨询电话"),
        max_length=50,
        blank=True,
        help_text=_("群众打来能问到事的电话。"),
    )
    address = models.CharField(
        _("办公地址"), max_length=200, blank=True, help_text=_("写到门牌号。")
    )
    hours = models.CharField(
        _("办公时间"),
        max_length=200,
        blank=True,
        help_text=_("例如：周一至周五 8:30—12:00，14:30—18:00。"),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("徽标"),
        help_text=_("显示在页面左上角，从本门户的图片库里选。"),
    )
    primary_color = models.CharField(
        _("主色"),
        max_length=7,
        default="#1c5a8a",
        validators=[HEX_COLOR],
        help_text=_("白色文字写在这个颜色上必须看得清。"),
    )
    accent_color = models.CharField(
        _("强调色"),
        max_length=7,
        default="#b3261e",
        validators=[HEX_COLOR],
        help_text=_("用在少数要醒目的地方，白字写在上面也要看得清。"),
    )

    panels = [
        *map(FieldPanel, in_every_language("name")),
        FieldPanel("phone"),
        *map(FieldPanel, in_every_language("address", "hours")),
        FieldPanel("logo"),
        MultiFieldPanel(
            [FieldPanel("primary_color"), FieldPanel("accent_color")],
            heading=_("颜色"),
        ),
    ]

    class Meta:
        verbose_name = _("承办信息（本单位）")
        verbose_name_plural = _("承办信息（本单位）")

    def clean(self) -> None:
        super().clean()
        site = self.site if self.site_id else None
        limits = getattr(getattr(site, "portal", None), "limits", None)
        palette = limits.colors if limits else []
        stored = type(self).objects.filter(pk=self.pk).first()
        for field in ("primary_color", "accent_color"):
            color = getattr(self, field)
            if color == getattr(stored, field, None):
                continue
            if palette and color.lower() not in palette:
                raise ValidationError(
                    {
                        field: _("市级规定只能用这些颜色：%(colors)s。")
                        % {"colors": "、".join(palette)}
                    }
                )
            ratio = contrast_with_white(getattr(self, field))
            if ratio < 4.5:
                raise ValidationError(
                    {
                        field: _(
                            "与白色的对比度只有 %(ratio)s，至少要 4.5（WCAG 2.2 AA），"
                            "请选深一些的颜色。"
                        )
                        % {"ratio": told_ratio(ratio)}
                    }
                )


def portal_of_request(request: HttpRequest) -> Portal | None:
    """The portal that ``PortalMiddleware`` found for this request's host."""
    return getattr(request, "portal", None)
