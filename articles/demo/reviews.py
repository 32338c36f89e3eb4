"""How the demo portals review: one in three stages, the small ones as they always did."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from articles.demo.people import username_of
from home.models import Portal, PortalRole
from home.review.models import ReviewPolicy, ReviewWay, Stage
from home.review.models.ways import ONE, THREE
from home.review.setting_up import apply

# Its four people show a whole review: who writes, and one for each stage.
IN_THREE_STAGES = "qingshan"
WHO = {
    Stage.DEPARTMENT: PortalRole.Role.EDITOR,
    Stage.OFFICE: PortalRole.Role.ADMIN,
    Stage.LEADER: PortalRole.Role.REVIEWER,
}


def arrange(portal: Portal) -> None:
    """Of a portal that has just been made; its people must exist."""
    is_strict = portal.host.split(".")[0] == IN_THREE_STAGES
    way = ReviewWay.objects.get(portal=portal, page=portal.site.root_page_id)
    ReviewPolicy.objects.filter(portal=portal).update(
        least_stages=ONE, may_publish_directly=not is_strict
    )
    way.stages, way.is_direct = (THREE, False) if is_strict else (ONE, True)
    way.save()
    apply(way)
    if not is_strict:
        return
    people = get_user_model()._default_manager
    for task in way.stage_tasks.all():
        name = username_of(portal, WHO[Stage(task.level)])
        task.reviewers.set(people.filter(username=name))
