"""The ways of a text to the public: of a portal, and of a column that has its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Workflow

from home.models import Portal

ONE, TWO, THREE = 1, 2, 3
LONGEST_DAYS = 60


class Stage(models.IntegerChoices):
    DEPARTMENT = 1, _("科室初审")
    OFFICE = 2, _("办公室复审")
    LEADER = 3, _("分管领导终审")


# Which stages a way of so many has. The last word is always the leader's.
STAGES = {
    ONE: (Stage.LEADER,),
    TWO: (Stage.DEPARTMENT, Stage.LEADER),
    THREE: (Stage.DEPARTMENT, Stage.OFFICE, Stage.LEADER),
}


class ReviewPolicy(models.Model):
    """What the prefecture leaves to a portal, and who may release in an emergency."""

    portal = models.OneToOneField(
        Portal, models.CASCADE, related_name="review_policy", verbose_name=_("门户")
    )
    least_stages = models.PositiveSmallIntegerField(
        _("最少几级"),
        default=THREE,
        choices=[(ONE, _("一级")), (TWO, _("两级")), (THREE, _("三级"))],
        help_text=_("这个门户自己选审核级数时，不能比这个少。人手少的县可以放宽。"),
    )
    may_publish_directly = models.BooleanField(
        _("允许不经审核直接发布"),
        default=False,
        help_text=_("允许这个门户让编辑直接发布。一般不允许。"),
    )
    emergency_days = models.PositiveSmallIntegerField(
        _("紧急发布后几个工作日内补审"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
    )
    releasers: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("可以紧急发布的人"),
        help_text=_("不勾选时是本门户的管理员。"),
    )

    class Meta:
        verbose_name = _("审核规定")
        verbose_name_plural = _("审核规定")

    def __str__(self) -> str:
        return str(self.portal)


class ReviewWay(models.Model):
    """How texts below a page (a portal's home page, or a column) become public."""

    portal = models.ForeignKey(
        Portal, models.CASCADE, related_name="review_ways", verbose_name=_("门户")
    )
    page = models.OneToOneField(
        Page, models.CASCADE, related_name="review_way", verbose_name=_("栏目")
    )
    # Without its way a portal would be one in which everybody publishes.
    workflow = models.OneToOneField(
        Workflow, models.PROTECT, related_name="review_way", editable=False
    )
    stages = models.PositiveSmallIntegerField(
        _("几级审核"),
        default=THREE,
        choices=[
            (ONE, _("一级：分管领导终审")),
            (TWO, _("两级：科室初审、分管领导终审")),
            (THREE, _("三级：科室初审、办公室复审、分管领导终审")),
        ],
    )
    is_direct = models.BooleanField(
        _("编辑可以直接发布"),
        default=False,
        help_text=_("勾选后，有发布权限的人不送审也能发布。市级允许了才能勾选。"),
    )

    class Meta:
        ordering = ["portal", "page__path"]
        verbose_name = _("审核流程")
        verbose_name_plural = _("审核流程")

    def __str__(self) -> str:
        return self.workflow.name

    @property
    def levels(self) -> tuple[Stage, ...]:
        return STAGES[self.stages]

    @property
    def is_whole_portal(self) -> bool:
        return self.page_id == self.portal.site.root_page_id

    def clean(self) -> None:
        super().clean()
        policy = ReviewPolicy.objects.filter(portal_id=self.portal_id).first()
        if policy is None:
            return
        if self.stages < policy.least_stages:
            raise ValidationError(
                {
                    "stages": _("市级规定这个门户至少%(least)s审核。")
                    % {"least": policy.get_least_stages_display()}
                }
            )
        if self.is_direct and not policy.may_publish_directly:
            raise ValidationError(
                {"is_direct": _("市级没有允许这个门户不经审核直接发布。")}
            )


def way_at(path: str) -> ReviewWay | None:
    """The way that holds at a tree path: of the nearest page at or above it."""
    steps = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    return (
        ReviewWay.objects.filter(page__path__in=steps).order_by("-page__depth").first()
    )
