"""The forms of 审稿."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.models import ColumnPage, Portal
from home.review import deciding, setting_up
from home.review.models import ReviewPolicy, ReviewWay, Stage
from home.review.models.ways import LONGEST_DAYS, STAGES

SHORTEST_REASON = 5


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚为什么。会记在审稿单和网页的历史里，不能改。"),
    )


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return deciding.name_of(obj)


class WayForm(WagtailAdminModelForm):
    """How many stages, who decides at each, in how many days."""

    class Meta:
        model = ReviewWay
        fields = ("stages", "is_direct")
        widgets = {"stages": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        portal_id = self.instance.portal_id
        policy, _made = ReviewPolicy.objects.get_or_create(portal_id=portal_id)
        choices = [
            choice
            for choice in self.fields["stages"].choices
            if choice[0] and choice[0] >= policy.least_stages
        ]
        self.fields["stages"].choices = choices
        if not policy.may_publish_directly:
            del self.fields["is_direct"]
            self.instance.is_direct = False
        people = deciding.people_of(portal_id).order_by("username")
        tasks = {}
        if self.instance.pk:
            tasks = {task.level: task for task in self.instance.stage_tasks.all()}
        for level in Stage:
            task = tasks.get(level)
            self.fields[f"reviewers_{level}"] = PeopleField(
                people,
                label=_("%(stage)s：谁来审") % {"stage": level.label},
                required=False,
                initial=task.reviewers.all() if task else None,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("不勾选时由%(roles)s来审。") % {"roles": _roles(level)},
            )
            self.fields[f"days_{level}"] = forms.IntegerField(
                label=_("%(stage)s：几个工作日内审完") % {"stage": level.label},
                initial=task.days if task else 2,
                validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        used = STAGES.get(cleaned.get("stages", 0), ())
        named = [set(cleaned.get(f"reviewers_{level}") or ()) for level in used]
        if all(named) and len(set().union(*named)) < len(used):
            self.add_error(
                None, _("每一级要由不同的人来审，勾选的人不够，请给每一级各选一个人。")
            )
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> ReviewWay:
        way: ReviewWay = super().save(commit)
        for task in way.stage_tasks.all():
            task.days = self.cleaned_data[f"days_{task.level}"]
            task.save(update_fields=["days"])
            task.reviewers.set(self.cleaned_data[f"reviewers_{task.level}"])
        setting_up.apply(way)
        return way


class NewWayForm(forms.Form):
    """A column that is to have a way of its own."""

    column = forms.ModelChoiceField(ColumnPage.objects.none(), label=_("栏目"))

    def __init__(self, *args: Any, portal: Portal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = ColumnPage.objects.descendant_of(portal.site.root_page)
        field = self.fields["column"]
        field.queryset = columns.filter(review_way=None).order_by("path")  # type: ignore[attr-defined]  # a model's field


class ReleasersForm(WagtailAdminModelForm):
    class Meta:
        model = ReviewPolicy
        fields = ("releasers",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["releasers"] = PeopleField(
            deciding.people_of(self.instance.portal_id).order_by("username"),
            label=_("可以紧急发布的人"),
            required=False,
            initial=self.instance.releasers.all(),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("不勾选时是本门户的管理员。"),
        )


class LimitsForm(WagtailAdminModelForm):
    """What the prefecture leaves to a portal."""

    class Meta:
        model = ReviewPolicy
        fields = ("least_stages", "may_publish_directly", "emergency_days")

    @transaction.atomic
    def save(self, commit: bool = True) -> ReviewPolicy:
        """A way that is now too short, or direct, is brought within the limits."""
        policy: ReviewPolicy = super().save(commit)
        for way in ReviewWay.objects.filter(portal=policy.portal):
            way.stages = max(way.stages, policy.least_stages)
            way.is_direct = way.is_direct and policy.may_publish_directly
            way.save()
            setting_up.apply(way)
        return policy


def _roles(level: Stage) -> str:
    return "、".join(str(role.label) for role in deciding.STANDING[level])
