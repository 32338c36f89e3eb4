"""The accounts of a portal, for its administrators: who is locked, who has a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.accounts import events, factors, lockout
from home.accounts.confirming import ConfirmedForm
from home.accounts.models import SecondFactorDemand
from home.models import Portal, PortalRole
from home.portals.admin.parts import form_page
from home.portals.people import may_manage
from home.roles import governed_portals, portals_of


@dataclass(frozen=True, slots=True)
class Person:
    user: Any
    roles: str
    has_phone: bool
    is_locked: bool
    may_be_reset: bool


@dataclass(frozen=True, slots=True)
class PortalAccounts:
    portal: Portal
    people: list[Person]
    roles: list[tuple[PortalRole, bool]]  # and whether a second factor is demanded


def may_look_after(user: Any, other: Any) -> bool:
    """Not oneself, and nobody who may more than oneself or works elsewhere as well.

    Opening an account opens all that it may: of a person of two portals it is the
    prefecture's affair.
    """
    if other.pk == user.pk or not may_manage(user, other):
        return False
    theirs = portals_of(other).filter(pk__in=governed_portals(user).values("pk"))
    return bool(user.is_superuser or theirs.exists())


def accounts_of(user: Any, portal: Portal) -> PortalAccounts:
    roles = list(portal.roles.select_related("group", "portal").order_by("pk"))
    demanded = set(
        SecondFactorDemand.objects.filter(portal_role__in=roles).values_list(
            "portal_role", flat=True
        )
    )
    users = list(
        get_user_model()
        ._default_manager.filter(groups__portal_role__in=roles)
        .distinct()
        .order_by("username")
        .prefetch_related("groups__portal_role")
    )
    with_phone = factors.people_with_phone(users)
    locked = lockout.locked_names([user.get_username() for user in users])
    own_groups = {role.group_id for role in roles}
    people = [
        Person(
            user=other,
            roles="、".join(
                group.portal_role.get_role_display()
                for group in other.groups.all()
                if group.pk in own_groups
            ),
            has_phone=other.pk in with_phone,
            is_locked=other.get_username() in locked,
            may_be_reset=may_look_after(user, other),
        )
        for other in users
    ]
    return PortalAccounts(
        portal, people, [(role, role.pk in demanded) for role in roles]
    )


def people(request: HttpRequest) -> HttpResponse:
    portals = governed_portals(request.user)
    if not portals:
        raise PermissionDenied
    context = {
        "accounts": [accounts_of(request.user, portal) for portal in portals],
        "page_title": _("账号安全"),
        "header_icon": "lock",
    }
    return TemplateResponse(request, "accounts/people.html", context)


def person_of(request: HttpRequest, pk: int) -> Any:
    """Whom one may not look after does not exist."""
    found = get_user_model()._default_manager.filter(pk=pk).first()
    if found is None or not may_look_after(request.user, found):
        raise Http404
    return found


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    lockout.unlock(person)
    messages.success(request, _("%(name)s 的锁定已经解除。") % {"name": person})
    return redirect("accounts_people")


def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost phone from somebody: whoever knows the password alone gets in then."""
    person = person_of(request, pk)
    form = ConfirmedForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        factors.remove(person, events.FACTOR_RESET)
        messages.success(
            request,
            _("%(name)s 的动态验证码已经重置，下次登录时重新设置。") % {"name": person},
        )
        return redirect("accounts_people")
    question = _(
        "重置 %(name)s 的动态验证码：原来的手机和恢复码不能再用。"
        "请先当面或者打电话核实是本人。"
    ) % {"name": person}
    return form_page(
        request,
        None,
        form,
        _("重置动态验证码"),
        question=question,
        button=_("重置"),
        back=reverse("accounts_people"),
    )


@require_POST
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Which roles of a portal have to log in with a second factor."""
    portal = governed_portals(request.user).filter(pk=pk).first()
    if portal is None:
        raise Http404
    for role in portal.roles.select_related("group", "portal"):
        factors.set_demand(role, is_demanded=role.role in request.POST.getlist("roles"))
    messages.success(request, _("已经保存。"))
    return redirect("accounts_people")
