"""Records that all portals share on purpose: topics and audiences."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.outbox import record_change
from home.panels import record_panels


class SharedTerm(models.Model):
    """A word of a common vocabulary; the prefecture looks after it."""

    name = models.CharField(_("名称"), max_length=50)
    slug = models.SlugField(
        _("网址用名"),
        unique=True,
        help_text=_("小写字母、数字和连字符，用在网址里，定了就不要改。"),
    )
    order = models.PositiveSmallIntegerField(_("排序"), default=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            record_change(None, "topic", self.pk)


class Topic(SharedTerm):
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subtopics",
        verbose_name=_("上级主题"),
    )
    description = models.TextField(_("说明"), blank=True)

    panels = record_panels(
        ["name", "description"],
        [FieldPanel("slug"), FieldPanel("parent"), FieldPanel("order")],
    )

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("主题")
        verbose_name_plural = _("主题")

    def clean(self) -> None:
        super().clean()
        seen = {self.pk}
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk in seen:
                raise ValidationError({"parent": _("上级主题不能是它自己的下级。")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent


class Audience(SharedTerm):
    panels = record_panels(["name"], [FieldPanel("slug"), FieldPanel("order")])

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("人群")
        verbose_name_plural = _("人群")
