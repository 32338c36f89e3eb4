"""Whether the workflows that carry the review are still as this app made them.

Wagtail's own settings let a superuser disable or change them. The door (``guard``) stays
shut then: nothing is published without a review, and nothing can be sent in either.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowPage

from home.models import Portal
from home.review import setting_up
from home.review.models import ReviewStage, ReviewWay, Stage


def is_whole(way: ReviewWay) -> bool:
    """Whether a text that is sent in meets every stage, in order."""
    stages = {stage.level: stage.pk for stage in way.stage_tasks.all()}
    wanted = [stages.get(level) for level in way.levels]
    assigned = WorkflowPage.objects.filter(page=way.page_id, workflow=way.workflow_id)
    return (
        way.workflow.active
        and assigned.exists()
        and list(way.workflow.tasks.filter(active=True).values_list("pk", flat=True))
        == wanted
    )


def problem_of(way: ReviewWay) -> str:
    """What is wrong and what to do, in a sentence; empty where all is well."""
    if is_whole(way):
        return ""
    return _(
        "审核流程“%(way)s”在“设置”里被停用或者改动过，现在不能送审，也不能发布。"
        "请门户管理员到“审稿 → 审核流程”里点“恢复流程”。"
    ) % {"way": way}


def problems_of(portals: Iterable[Portal]) -> list[str]:
    ways = ReviewWay.objects.filter(portal__in=portals).select_related("workflow")
    found = [problem_of(way) for way in ways.order_by("page__path")]
    return [problem for problem in found if problem]


@transaction.atomic
def repair(way: ReviewWay) -> None:
    """As it was made. What was taken out of the review has to be sent in again."""
    way.workflow.active = True
    way.workflow.save()
    WorkflowPage.objects.update_or_create(
        page=way.page, defaults={"workflow": way.workflow}
    )
    known = {stage.level: stage for stage in way.stage_tasks.all()}
    for level in Stage:
        stage = known.get(level) or ReviewStage(way=way, level=level, name=level.label)
        stage.active = True
        stage.save()
    setting_up.apply(way)
