"""Who may decide on a text: asked by the task, its state, and again at the release.

Nobody, superusers included, decides on an own text, or at two stages of one submission.
Own is what somebody owns, sent in, or changed since it was last public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from home.models import PortalRole
from home.portals import people
from home.publication import PublicationError
from home.review.models.sheets import ReviewSheet, ReviewStep
from home.review.models.ways import ONE, ReviewPolicy, ReviewWay, Stage

if TYPE_CHECKING:
    from home.review.models.stages import ReviewStage

Role = PortalRole.Role
# Who decides where nobody is named.
STANDING = {
    Stage.DEPARTMENT: (Role.EDITOR, Role.ADMIN),
    Stage.OFFICE: (Role.EDITOR, Role.ADMIN),
    Stage.LEADER: (Role.ADMIN,),
}
DECISIONS = (ReviewStep.Action.APPROVE, ReviewStep.Action.RETURN)


class ReviewError(PublicationError):
    """Somebody was about to decide who may not."""

    @property
    def notice(self) -> str:
        return " ".join(self.messages)


def name_of(user: Any) -> str:
    """As it stays on the sheet."""
    if user is None:
        return _("系统")
    full = user.get_full_name()
    username = user.get_username()
    return f"{full}（{username}）" if full else str(username)


def people_of(portal_id: int) -> QuerySet[Any]:
    """Everybody who works for a portal now."""
    return people.people_of(portal_id).filter(is_active=True)


def with_roles(portal_id: int, *roles: PortalRole.Role) -> QuerySet[Any]:
    return people.people_with(portal_id, *roles).filter(is_active=True)


def standing_roles(way: ReviewWay, level: int) -> tuple[PortalRole.Role, ...]:
    if way.stages == ONE:
        return (Role.EDITOR, Role.ADMIN)
    return STANDING[Stage(level)]


def reviewers(stage: ReviewStage) -> QuerySet[Any]:
    """Who decides at a stage: the people named, else those of a role.

    A name holds only while its owner works for the portal.
    """
    portal_id = stage.way.portal_id
    if stage.reviewers.exists():
        return people_of(portal_id).filter(pk__in=stage.reviewers.values("pk"))
    return with_roles(portal_id, *standing_roles(stage.way, stage.level))


def is_reviewer(user: Any, stage: ReviewStage) -> bool:
    return bool(user.is_active and reviewers(stage).filter(pk=user.pk).exists())


def refusal(user: Any, stage: ReviewStage, sheet: ReviewSheet | None) -> str:
    """Why a person may not decide on a text at a stage; empty: the person may."""
    if sheet is None or user is None or not user.is_active:
        return _("这篇稿子现在不在审。")
    if not (user.is_superuser or is_reviewer(user, stage)):
        return _("您不是这一级的审稿人。")
    return _own_part(user, stage, sheet)


def _own_part(user: Any, stage: ReviewStage, sheet: ReviewSheet) -> str:
    """What a reviewer had to do with this very text."""
    if str(user.pk) in sheet.writers:
        return _("您写过、改过或者送审过这篇稿子，这一级要由别人来审。")
    others = sheet.steps.filter(action__in=DECISIONS, user_number=user.pk)
    if others.exclude(level=stage.level).exists():
        return _("您已经审过这篇稿子的另一级，这一级要由别人来审。")
    return ""


def require(user: Any, stage: ReviewStage, sheet: ReviewSheet) -> None:
    if problem := refusal(user, stage, sheet):
        raise ReviewError(sheet.page_id, [problem])


def able(stage: ReviewStage, sheet: ReviewSheet) -> list[Any]:
    """The reviewers of a stage who may decide on this text."""
    return [user for user in reviewers(stage) if not _own_part(user, stage, sheet)]


def next_stage(way: ReviewWay, sheet: ReviewSheet) -> ReviewStage | None:
    done = set(sheet.approvals().values_list("level", flat=True))
    level = next((level for level in way.levels if level not in done), None)
    return way.stage_tasks.filter(level=level).first() if level else None


def missing(way: ReviewWay, sheet: ReviewSheet) -> list[Stage]:
    """The stages that have not approved the text as it stands, each by another person
    who has not written it. Asks the record alone, whatever the task's state says."""
    seen: set[int | None] = {int(number) for number in sheet.writers}
    lacking = []
    approvals = list(sheet.approvals())
    for level in way.levels:
        deciders = [
            step.user_number
            for step in approvals
            if step.level == level
            and step.user_number is not None
            and step.user_number not in seen
        ]
        if deciders:
            seen.add(deciders[-1])
        else:
            lacking.append(level)
    return lacking


def unlock_for_reviewers(page: Any, stage: ReviewStage) -> None:
    """A lock of somebody who does not review would keep the reviewers out."""
    if not page.locked:
        return
    if page.locked_by is not None and is_reviewer(page.locked_by, stage):
        return
    page.locked, page.locked_by, page.locked_at = False, None, None
    page.save(update_fields=["locked", "locked_by", "locked_at"])


def releasers(portal_id: int) -> QuerySet[Any]:
    """Who may release in an emergency."""
    policy = ReviewPolicy.objects.filter(portal=portal_id).first()
    if policy is not None and policy.releasers.exists():
        return people_of(portal_id).filter(pk__in=policy.releasers.values("pk"))
    return with_roles(portal_id, Role.ADMIN)
