"""The ways of a portal, and Wagtail's workflow and tasks that carry them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from home.models import Portal
from home.review.models import ReviewPolicy, ReviewStage, ReviewWay, Stage
from home.review.models.ways import ONE


def set_up(portal: Portal) -> None:
    """What every new portal begins with: ``settings.REVIEW_STAGES``."""
    stages = settings.REVIEW_STAGES
    ReviewPolicy.objects.create(
        portal=portal, least_stages=stages or ONE, may_publish_directly=not stages
    )
    create_way(portal, portal.site.root_page, stages or ONE, is_direct=not stages)


@transaction.atomic
def create_way(
    portal: Portal, page: Page, stages: int, *, is_direct: bool = False
) -> ReviewWay:
    """``page``: the portal's home page, or a column that has a way of its own."""
    way = ReviewWay(
        portal=portal,
        page=Page.objects.get(pk=page.pk),
        stages=stages,
        is_direct=is_direct,
        workflow=Workflow.objects.create(name=portal.region_name),
    )
    way.full_clean()
    way.save()
    WorkflowPage.objects.update_or_create(
        page=way.page, defaults={"workflow": way.workflow}
    )
    for level in Stage:
        ReviewStage.objects.create(way=way, level=level, name=str(level.label))
    apply(way)
    return way


@transaction.atomic
def apply(way: ReviewWay) -> None:
    """After the number of stages was changed. A text at a stage that is no longer asked
    finishes it; what counts in the end is what the way asks for then."""
    place = way.portal.region_name
    if not way.is_whole_portal:
        place = f"{place} {way.page.title}"
    way.workflow.name = _("%(place)s %(stages)s级审核") % {
        "place": place,
        "stages": "一二三"[way.stages - 1],
    }
    way.workflow.save()
    way.workflow.workflow_tasks.all().delete()
    for task in way.stage_tasks.all():
        task.name = f"{place} {task.label}"
        task.save(update_fields=["name"])
    WorkflowTask.objects.bulk_create(
        WorkflowTask(workflow=way.workflow, task=task, sort_order=task.level)
        for task in way.stage_tasks.filter(level__in=way.levels)
    )


@transaction.atomic
def remove_way(way: ReviewWay, user: Any) -> None:
    """The column goes the portal's way again; what is being reviewed is sent back."""
    way.workflow.deactivate(user=user)
    way.delete()
