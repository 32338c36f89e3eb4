"""What editors of a portal add to its search, and what its readers asked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from home.models import BasePage, HomePage, Portal, PortalRecord, portal_of_path
from search.admin_backends.state import AdminIndexState as AdminIndexState  # a table
from search.citations import find_citation
from search.lexicon import Synonym
from search.masking import LONGEST_MASKED
from search.query_analysis import analyze_query
from search.wordlists import (
    LONGEST_PHRASE,
    LONGEST_WORDING,
    MOST_PHRASES,
    lines,
    phrase_problems,
    phrases,
)


class PortalSynonym(PortalRecord):
    """What people of this place say, and what to look for as well."""

    class Strength(models.TextChoices):
        STRONG = "strong", _("意思一样")
        NORMAL = "normal", _("意思相近")
        WEAK = "weak", _("有些关系")

    lay = models.TextField(
        _("群众怎么说"),
        max_length=500,
        help_text=_("群众搜索时用的词，一行写一个，例如：离婚要娃。"),
    )
    legal = models.TextField(
        _("还要找哪些词"),
        max_length=500,
        help_text=_(
            "网页和法律里的说法，一行写一个，例如：抚养权。"
            "词中间空一格，表示这几个字可以分开出现，例如：拖欠 工资。"
        ),
    )
    strength = models.CharField(
        _("有多接近"),
        max_length=10,
        choices=Strength.choices,
        default=Strength.NORMAL,
        help_text=_("越接近，只有“还要找哪些词”的网页排得越靠前。"),
    )
    is_interchangeable = models.BooleanField(
        _("“群众怎么说”里的词可以互换"),
        default=False,
        help_text=_("几个词是一个意思，搜一个也找另外几个。"),
    )
    is_shared = models.BooleanField(
        _("各县也用"),
        default=False,
        help_text=_("勾选后，本市（州）各县的搜索也用这一条。"),
    )
    reason = models.CharField(
        _("理由"),
        max_length=200,
        help_text=_("为什么加这一条，给以后接手的同事看，例如：本地话管孩子叫娃。"),
    )

    panels = [
        FieldPanel("portal"),
        FieldPanel("lay"),
        FieldPanel("legal"),
        FieldPanel("strength"),
        FieldPanel("is_interchangeable"),
        FieldPanel("is_shared"),
        FieldPanel("reason"),
    ]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")

    def __str__(self) -> str:
        return f"{'、'.join(phrases(self.lay))} → {'、'.join(phrases(self.legal))}"

    def clean(self) -> None:
        super().clean()
        problems: dict[str, list[str]] = {}
        lay, legal = phrases(self.lay), phrases(self.legal)
        for name, found in (("lay", lay), ("legal", legal)):
            if faults := list(phrase_problems(found)):
                problems[name] = faults
        if same := set(lay) & set(legal):
            problems.setdefault("legal", []).append(
                _("“%(phrase)s”上面已经写了，这里只写别的说法。")
                % {"phrase": "、".join(sorted(same))}
            )
        if self.is_shared and not self._is_prefectures:
            problems["is_shared"] = [str(_("只有市（州）门户的同义词可以给各县用。"))]
        if problems:
            raise ValidationError(problems)

    @property
    def _is_prefectures(self) -> bool:
        if self.portal_id is None:  # the form says that it is missing
            return True
        return bool(self.portal.level == Portal.Level.PREFECTURE)

    def as_synonym(self) -> Synonym:
        return Synonym(
            lay=phrases(self.lay),
            legal=phrases(self.legal),
            weight=WEIGHTS[self.strength],
            is_interchangeable=self.is_interchangeable,
        )


# Beside the typed word's 1. ``search/data/synonyms.yaml`` uses the same three steps.
WEIGHTS = {
    PortalSynonym.Strength.STRONG.value: 0.8,
    PortalSynonym.Strength.NORMAL.value: 0.5,
    PortalSynonym.Strength.WEAK.value: 0.3,
}


class BestBet(PortalRecord):
    """What stands on top for certain queries: a page of this portal, or a provision."""

    queries = models.TextField(
        _("搜什么话时"),
        max_length=1000,
        help_text=_(
            "一行写一种搜法，例如：离婚要娃。标点和“怎么办”“吗”这样的词不用管。"
        ),
    )
    page = models.ForeignKey(
        Page,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("推荐的网页"),
        help_text=_("本门户的网页；它公开的时候才显示。和“推荐的法条”选填一个。"),
    )
    citation = models.CharField(
        _("推荐的法条"),
        max_length=80,
        blank=True,
        help_text=_("例如：民法典第一千零八十四条。"),
    )
    first_day = models.DateField(
        _("从哪天起"), null=True, blank=True, help_text=_("留空就是现在。")
    )
    last_day = models.DateField(
        _("到哪天止"),
        null=True,
        blank=True,
        help_text=_("过了这一天就不再推荐；留空就是一直推荐。"),
    )
    reason = models.CharField(
        _("理由"),
        max_length=200,
        blank=True,
        help_text=_("为什么推荐它，给以后接手的同事看。"),
    )

    panels = [
        FieldPanel("portal"),
        FieldPanel("queries"),
        FieldPanel("page"),
        FieldPanel("citation"),
        MultiFieldPanel(
            [FieldPanel("first_day"), FieldPanel("last_day")], heading=_("推荐的时间")
        ),
        FieldPanel("reason"),
    ]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("推荐结果")
        verbose_name_plural = _("推荐结果")

    def __str__(self) -> str:
        target = self.citation or (self.page.title if self.page else "")
        return f"{'、'.join(lines(self.queries))} → {target}"

    def clean(self) -> None:
        super().clean()
        problems: dict[str, Any] = {}
        if faults := self._query_problems():
            problems["queries"] = faults
        if bool(self.page_id) == bool(self.citation):
            problems["page"] = _("“推荐的网页”和“推荐的法条”填一个，也只填一个。")
        elif self.portal_id is not None:
            problems |= self._target_problems()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            problems["last_day"] = _("结束的日子比开始的日子还早。")
        if problems:
            raise ValidationError(problems)

    def _query_problems(self) -> list[str]:
        found = lines(self.queries)
        if len(found) > MOST_PHRASES:
            return [_("一次最多写 %(most)s 行，请分成几条。") % {"most": MOST_PHRASES}]
        long = [line for line in found if len(line) > LONGEST_WORDING]
        empty = [line for line in found if analyze_query(line).is_empty]
        return [
            *(
                _("“%(line)s”太长了，一行最多 %(most)s 个字。")
                % {"line": f"{line[:LONGEST_PHRASE]}…", "most": LONGEST_WORDING}
                for line in long
            ),
            *(_("“%(line)s”里没有可以搜的字。") % {"line": line} for line in empty),
        ]

    def _target_problems(self) -> dict[str, Any]:
        if self.page is not None:
            page = self.page.specific
            if isinstance(page, HomePage) or not isinstance(page, BasePage):
                return {"page": _("首页不能推荐，请选一个内容页或者栏目。")}
            if portal_of_path(page.path) != self.portal:
                return {"page": _("选用的网页不在本门户里，请重新选择。")}
        elif find_citation(self.citation, self.portal.pk) is None:
            return {
                "citation": _(
                    "法律法规库里没有找到这一条，请写成“民法典第一千零八十四条”这样。"
                )
            }
        return {}

    @property
    def is_due(self) -> bool:
        """Whether its time is now."""
        today = timezone.localdate()
        has_begun = self.first_day is None or self.first_day <= today
        return has_begun and (self.last_day is None or today <= self.last_day)


class QueryCount(models.Model):
    """How often readers of a portal searched for something on a day.

    Who they were is not known, and what could tell it was masked before it came here
    (``search.masking``). ``search.query_log`` writes these rows.
    """

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=LONGEST_MASKED)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    nothing_count = models.PositiveIntegerField(default=0)  # no result at all
    partial_count = models.PositiveIntegerField(default=0)  # only some of the words

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "language", "text", "day"],
                name="one_count_per_query_and_day",
            )
        ]
        indexes = [models.Index(fields=["day"], name="query_count_day")]
        verbose_name = _("群众搜什么")
        verbose_name_plural = _("群众搜什么")

    def __str__(self) -> str:
        return f"{self.text} {self.day}: {self.count}"


class HandledQuery(models.Model):
    """A query that an editor has dealt with, and how."""

    class Outcome(models.TextChoices):
        SYNONYM = "synonym", _("加了同义词")
        BEST_BET = "best_bet", _("加了推荐结果")
        QUESTION = "question", _("写了问答")
        IGNORED = "ignored", _("不用处理")

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_MASKED)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "text"], name="query_handled_once"
            )
        ]
        verbose_name = _("处理过的搜索")
        verbose_name_plural = _("处理过的搜索")

    def __str__(self) -> str:
        return f"{self.text}: {self.get_outcome_display()}"
