"""审核流程 in the admin: what a county sets, and what the prefecture leaves to it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from home.models import Portal
from home.review import deciding, health, setting_up
from home.review.forms import LimitsForm, NewWayForm, ReleasersForm, WayForm
from home.review.log_actions import LIMITS, RELEASERS, WAY
from home.review.models import ReviewPolicy, ReviewWay
from home.review.rights import limited_portals
from home.review.views import AdminView
from home.roles import governed_portals

WAYS = "review:ways"


def own_way(user: Any, pk: int) -> ReviewWay:
    """Another portal's does not exist."""
    ways = ReviewWay.objects.filter(portal__in=governed_portals(user))
    return get_object_or_404(ways.select_related("portal__site", "page"), pk=pk)


def note(portal: Portal, user: Any, action: str, **data: Any) -> None:
    log(instance=portal, action=action, user=user, data=data)


class WaysView(AdminView):
    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [
            {
                "portal": portal,
                "policy": ReviewPolicy.objects.get_or_create(portal=portal)[0],
                "ways": [_described(way) for way in ways_of(portal)],
            }
            for portal in governed_portals(request.user)
        ]
        may_set_limits = limited_portals(request.user).exists()
        return self.shown(
            "ways", _("审核流程"), rows=rows, may_set_limits=may_set_limits
        )


def ways_of(portal: Portal) -> list[ReviewWay]:
    ways = ReviewWay.objects.filter(portal=portal).select_related("page", "workflow")
    return list(ways.order_by("page__path"))


def _described(way: ReviewWay) -> dict[str, Any]:
    tasks = {task.level: task for task in way.stage_tasks.select_related("way")}
    # A stage that is gone is said by ``problem``.
    levels = [level for level in way.levels if level in tasks]
    people = {level: list(deciding.reviewers(tasks[level])) for level in levels}
    return {
        "way": way,
        "problem": health.problem_of(way),
        "is_short": not _each_by_another(people.values()),
        "stages": [
            {
                "label": level.label,
                "days": tasks[level].days,
                "people": [deciding.name_of(user) for user in people[level]],
            }
            for level in levels
        ],
    }


def _each_by_another(stages: Iterable[list[Any]]) -> bool:
    """Whether every stage can be decided by another person."""
    numbers = [{user.pk for user in people} for people in stages]
    return any(len(set(chosen)) == len(chosen) for chosen in product(*numbers))


class WayView(AdminView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        way = own_way(request.user, pk)
        return self.asked(way, WayForm(instance=way))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        way = own_way(request.user, pk)
        form = WayForm(request.POST, instance=way)
        if not form.is_valid():
            return self.asked(way, form)
        saved = form.save()
        note(saved.portal, request.user, WAY, way=str(saved))
        messages.success(request, _("审核流程已经改好。"))
        return redirect(WAYS)

    def asked(self, way: ReviewWay, form: WayForm) -> HttpResponse:
        return self.shown("form", _("审核流程"), form=form, subtitle=way.workflow.name)


class NewWayView(AdminView):
    """As the portal's own, until it is changed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        portal = get_object_or_404(governed_portals(request.user), pk=pk)
        return self.asked(portal, NewWayForm(portal=portal))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        portal = get_object_or_404(governed_portals(request.user), pk=pk)
        form = NewWayForm(request.POST, portal=portal)
        if not form.is_valid():
            return self.asked(portal, form)
        general = get_object_or_404(
            ReviewWay, portal=portal, page=portal.site.root_page_id
        )
        way = setting_up.create_way(
            portal,
            form.cleaned_data["column"],
            general.stages,
            is_direct=general.is_direct,
        )
        note(portal, request.user, WAY, way=str(way))
        return redirect("review:way", way.pk)

    def asked(self, portal: Portal, form: NewWayForm) -> HttpResponse:
        return self.shown(
            "form", _("给栏目单独定审核流程"), form=form, subtitle=portal.name
        )


class RemoveWayView(AdminView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        way = own_way(request.user, pk)
        if way.is_whole_portal:
            return redirect(WAYS)
        return self.shown("remove_way", _("取消单独的审核流程"), way=way)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        way = own_way(request.user, pk)
        if not way.is_whole_portal:
            note(way.portal, request.user, WAY, removed=str(way))
            setting_up.remove_way(way, request.user)
            messages.success(request, _("这个栏目改用门户的审核流程。"))
        return redirect(WAYS)


class RepairWayView(AdminView):
    """What was disabled in Wagtail's settings is as it was."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        way = own_way(request.user, pk)
        health.repair(way)
        note(way.portal, request.user, WAY, repaired=str(way))
        messages.success(
            request, _("审核流程恢复了。退出审核的稿子，请撰稿人重新送审。")
        )
        return redirect(WAYS)


class ReleasersView(AdminView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        policy = self.policy(pk)
        return self.asked(policy, ReleasersForm(instance=policy))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        policy = self.policy(pk)
        form = ReleasersForm(request.POST, instance=policy)
        if not form.is_valid():
            return self.asked(policy, form)
        form.save()
        names = [deciding.name_of(user) for user in policy.releasers.all()]
        note(policy.portal, request.user, RELEASERS, people=names)
        messages.success(request, _("可以紧急发布的人已经改好。"))
        return redirect(WAYS)

    def policy(self, portal_id: int) -> ReviewPolicy:
        portal = get_object_or_404(governed_portals(self.request.user), pk=portal_id)
        return ReviewPolicy.objects.get_or_create(portal=portal)[0]

    def asked(self, policy: ReviewPolicy, form: Any) -> HttpResponse:
        return self.shown(
            "form", _("谁能紧急发布"), form=form, subtitle=policy.portal.name
        )


class LimitsView(AdminView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        policy = self.policy(pk)
        return self.asked(policy, LimitsForm(instance=policy))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        policy = self.policy(pk)
        form = LimitsForm(request.POST, instance=policy)
        if not form.is_valid():
            return self.asked(policy, form)
        saved = form.save()
        note(
            saved.portal,
            request.user,
            LIMITS,
            least=saved.least_stages,
            direct=saved.may_publish_directly,
        )
        messages.success(request, _("审核规定已经改好。"))
        return redirect(WAYS)

    def policy(self, portal_id: int) -> ReviewPolicy:
        portal = get_object_or_404(limited_portals(self.request.user), pk=portal_id)
        return ReviewPolicy.objects.get_or_create(portal=portal)[0]

    def asked(self, policy: ReviewPolicy, form: Any) -> HttpResponse:
        return self.shown(
            "form", _("审核规定（市级）"), form=form, subtitle=policy.portal.name
        )
