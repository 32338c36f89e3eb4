"""The law library: statute, version, division, provision, names and citations.

A *statute* is the work, a *version* its text in one language at one time, as in
laws-africa's Indigo. These are plain models, not pages: see docs/architecture.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.models import Portal
from home.outbox import record_change

from .names import COUNTRY, without_country


class Category(models.TextChoices):
    CONSTITUTION = "constitution", _("宪法")
    LAW = "law", _("法律")
    ADMINISTRATIVE = "administrative", _("行政法规")
    SUPERVISORY = "supervisory", _("监察法规")
    INTERPRETATION = "interpretation", _("司法解释")
    LOCAL = "local", _("地方性法规")
    RULE = "rule", _("规章和规范性文件")


class Status(models.TextChoices):
    IN_FORCE = "in_force", _("现行有效")
    NOT_YET = "not_yet", _("尚未施行")
    AMENDED = "amended", _("已被修改")
    REPEALED = "repealed", _("已经废止")


class StatuteQuerySet(models.QuerySet["Statute"]):
    def for_portal(self, portal_id: int | None) -> StatuteQuerySet:
        """What a portal may show: the shared texts, its own and its parent's.

        A prefecture's regulation holds in its counties as well.
        """
        seen = models.Q(portal__isnull=True)
        if portal_id is not None:
            family = Portal.objects.filter(
                models.Q(pk=portal_id) | models.Q(children=portal_id)
            )
            seen |= models.Q(portal__in=family.values("pk"))
        return self.filter(seen)


class Statute(models.Model):
    title = models.CharField(
        _("全称"),
        max_length=300,
        unique=True,
        help_text=_("正式全称，例如：中华人民共和国民法典。"),
    )
    slug = models.CharField(
        _("网址用名"),
        max_length=100,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9-]+$", _("只能用小写字母、数字和连字符。"))
        ],
        help_text=_("标题的拼音；公布以后不要再改，否则别处的链接会失效。"),
    )
    short_name = models.CharField(
        _("简称"), max_length=300, blank=True, help_text=_("列表和标题中显示的名称。")
    )
    category = models.CharField(_("类别"), max_length=20, choices=Category.choices)
    branch = models.CharField(
        _("部门"), max_length=30, blank=True, help_text=_("例如：社会法、民法商法。")
    )
    issuer = models.CharField(_("制定机关"), max_length=200, blank=True)
    portal = models.ForeignKey(
        "home.Portal",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statutes",
        verbose_name=_("所属门户"),
        help_text=_("地方文件填写所属门户；全国通用的文件留空，所有门户共用。"),
    )
    note = models.CharField(
        _("提示"),
        max_length=300,
        blank=True,
        help_text=_("显示在文本上方，例如：此文本可能已有修改，请核对。"),
    )

    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = StatuteQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("法律法规")
        verbose_name_plural = _("法律法规")

    def __str__(self) -> str:
        return self.title

    @property
    def display_name(self) -> str:
        """The name of lists and headings."""
        return self.short_name or without_country(self.title)


class StatuteName(models.Model):
    """A further name of a statute; citations are recognized by it."""

    statute = models.ForeignKey(
        Statute, models.CASCADE, related_name="names", verbose_name=_("法律法规")
    )
    name = models.CharField(
        _("名称"),
        max_length=300,
        unique=True,
        help_text=_("人们对这部法律法规的另一种叫法，例如：道交法。"),
    )
    only_in_marks = models.BooleanField(
        _("只认书名号"),
        default=False,
        help_text=_("名称太短、可能是别的法律名称的结尾时勾选，例如：监督法。"),
    )
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("法律法规的别名")
        verbose_name_plural = _("法律法规的别名")

    def __str__(self) -> str:
        return self.name


class StatuteVersion(models.Model):
    """The text of a statute in one language, as it stood from a certain day."""

    statute = models.ForeignKey(
        Statute, models.CASCADE, related_name="versions", verbose_name=_("法律法规")
    )
    language = models.CharField(
        _("语言"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    version_on = models.DateField(
        _("版本日期"), help_text=_("通过、公布或者最近一次修改的日期，用来区分版本。")
    )
    in_force_from = models.DateField(
        _("文本起始日期"), help_text=_("从这一天起以此文本为准。")
    )
    promulgated_on = models.DateField(_("公布日期"), null=True, blank=True)
    amended_on = models.DateField(_("修改日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)
    status = models.CharField(
        _("效力状态"), max_length=10, choices=Status.choices, default=Status.IN_FORCE
    )
    is_current = models.BooleanField(
        _("当前版本"),
        default=False,
        help_text=_("网页和搜索默认显示的版本；由导入和定时任务维护。"),
    )
    is_split = models.BooleanField(_("分页显示"), default=False, editable=False)
    provision_count = models.PositiveIntegerField(_("条数"), default=0, editable=False)
    events = models.JSONField(_("沿革"), default=list, blank=True)
    source = models.CharField(_("文本来源"), max_length=300, blank=True)
    source_url = models.URLField(_("来源网址"), blank=True)
    source_path = models.TextField(_("来源文件"), blank=True, editable=False)
    source_hash = models.CharField(_("来源校验值"), max_length=64, editable=False)
    collected_on = models.DateField(_("采集日期"), null=True, blank=True)
    imported_at = models.DateTimeField(_("导入时间"), default=timezone.now)
    reader_version = models.PositiveSmallIntegerField(default=0, editable=False)
    note = models.CharField(
        _("提示"),
        max_length=300,
        blank=True,
        help_text=_("显示在文本上方，例如：可能已有修改，待核对。"),
    )

    class Meta:
        ordering = ["statute", "in_force_from"]
        verbose_name = _("法律法规的版本")
        verbose_name_plural = _("法律法规的版本")
        constraints = [
            models.UniqueConstraint(
                fields=["statute", "language", "version_on"],
                name="statute_version_unique",
            ),
            models.UniqueConstraint(
                fields=["statute", "language"],
                condition=models.Q(is_current=True),
                name="statute_version_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statute}（{self.version_on}）"

    def holds_on(self, day: date) -> bool:
        """Whether the text had come into force by ``day``."""
        return self.in_force_from <= day


@register_setting(icon="list-ul")
class LibraryChoice(BaseSiteSetting):
    """The statutes that a portal's library holds besides those that its pages cite."""

    names = models.TextField(
        _("法律法规"),
        blank=True,
        help_text=_(
            "一行写一个名称，例如：民法典。网页里引用到的法律法规会自动带上，不用写。"
        ),
    )
    slugs = models.JSONField(default=list, editable=False)

    panels = [FieldPanel("names")]

    class Meta:
        verbose_name = _("本门户的法律法规库")
        verbose_name_plural = _("本门户的法律法规库")

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            self.slugs = sorted(self._found())
            super().save(*args, **kwargs)
            portal = Portal.objects.filter(site_id=self.site_id).first()
            if portal is not None:
                record_change(portal, "portal", portal.pk)

    def clean(self) -> None:
        super().clean()
        known = self._found()
        unknown = [line for line in self._lines() if line not in known.values()]
        if unknown:
            raise ValidationError(
                {
                    "names": _("法律法规库里没有：%(names)s。")
                    % {"names": "、".join(unknown)}
                }
            )

    def _lines(self) -> list[str]:
        return [line.strip() for line in self.names.splitlines() if line.strip()]

    def _found(self) -> dict[str, str]:
        """The line that names each statute, by slug; unknown names are left out."""
        portal = Portal.objects.filter(site_id=self.site_id).first()
        held = Statute.objects.for_portal(portal.pk if portal else None)
        found: dict[str, str] = {}
        for line in self._lines():
            name = line.strip("《》")
            named = models.Q(title__in=[name, COUNTRY + name])
            named |= models.Q(short_name=name) | models.Q(names__name=name)
            for slug in held.filter(named).values_list("slug", flat=True):
                found.setdefault(slug, line)
        return found


class Division(models.Model):
    """A heading of the structure, with its text where it holds no provisions."""

    class Level(models.TextChoices):
        PREAMBLE = "preamble", _("序言")
        BOOK = "book", _("编")
        PART = "part", _("分编")
        CHAPTER = "chapter", _("章")
        SECTION = "section", _("节")
        SUPPLEMENT = "supplement", _("附则")
        OTHER = "other", _("其他")
        ANNEX = "annex", _("附件")

    version = models.ForeignKey(
        StatuteVersion, models.CASCADE, related_name="divisions"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="children"
    )
    level = models.CharField(max_length=10, choices=Level.choices)
    number = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=30, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    anchor = models.CharField(max_length=40)
    # The part page that holds it, where the statute is split; "" otherwise.
    part = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "anchor"], name="division_anchor_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()


class Provision(models.Model):
    """One 条. Its 款, 项 and tables are read from the text (``paragraphs``)."""

    version = models.ForeignKey(
        StatuteVersion, models.CASCADE, related_name="provisions"
    )
    division = models.ForeignKey(
        Division, models.CASCADE, null=True, related_name="provisions"
    )
    number = models.PositiveIntegerField()
    suffix = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=40)
    anchor = models.CharField(max_length=20)
    # The part page that holds it (see Division.part).
    part = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number", "suffix"], name="provision_number_unique"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Citation(models.Model):
    """A place of a statute that a page cites in one language.

    Filled by ``citing.store_citations`` when the page is saved. ``slug`` stays when
    the statute is not imported, so that a later import finds who cites it.
    """

    class Role(models.TextChoices):
        BASIS = "basis", _("法律依据")
        TEXT = "text", _("正文")
        BLOCK = "block", _("法条引用块")

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="statute_citations"
    )
    language = models.CharField(max_length=10)
    role = models.CharField(max_length=10, choices=Role.choices)
    order = models.PositiveIntegerField()
    slug = models.CharField(max_length=100)
    number = models.PositiveIntegerField(default=0)  # 0: the statute as a whole
    suffix = models.PositiveSmallIntegerField(default=0)
    end_number = models.PositiveIntegerField(default=0)
    end_suffix = models.PositiveSmallIntegerField(default=0)
    paragraph = models.PositiveSmallIntegerField(default=0)
    item = models.PositiveSmallIntegerField(default=0)
    subitem = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["page", "language", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "order"], name="citation_order_unique"
            )
        ]
        indexes = [
            models.Index(fields=["slug", "number", "suffix"], name="citation_place")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}-{self.suffix}"
