"""From 准备 to 永久下线: which state may follow which, who may say so, and what for.

The public side asks ``Portal.is_offline``; whoever publishes hears of a change through
the outbox and brings the static site in line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import OfflineNotice, Portal, limits_of
from home.portals.forms import WEB_ADDRESS
from home.roles import governed_portals, is_prefecture_staff

State = Portal.State
Readiness = Callable[[Portal], list[str]]

FOLLOWS: dict[str, tuple[Portal.State, ...]] = {
    State.DRAFT: (State.TESTED, State.CLOSED),
    State.TESTED: (State.ONLINE, State.DRAFT, State.CLOSED),
    State.ONLINE: (State.PAUSED, State.CLOSED),
    State.PAUSED: (State.ONLINE, State.CLOSED),
    # Opened again, a portal begins anew: it has to be tested before it is online.
    State.CLOSED: (State.DRAFT,),
}
# The longest that a portal may be 临时下线.
OFFLINE_DAYS = 30

_readiness: list[Readiness] = []


def register_readiness(check: Readiness) -> None:
    """Let an app to the right say, in sentences, why a portal may not be online."""
    _readiness.append(check)


def missing_for_readers(portal: Portal) -> list[str]:
    """Why the portal may not be online, in sentences; of one that is, what has gone."""
    return [text for check in _readiness for text in check(portal)]


@dataclass(frozen=True, slots=True)
class StateChange:
    """``reason`` and what follows it are for readers, while the portal is offline."""

    state: Portal.State
    day: date
    person: str
    proof: str
    reason: str = ""
    until: date | None = None
    successor_url: str = ""


def next_states(actor: Any, portal: Portal) -> list[Portal.State]:
    """What ``actor`` may change the state to; ``actor`` None: the command line."""
    following = list(FOLLOWS[portal.state])
    if actor is None or is_prefecture_staff(actor):
        return following
    if not governed_portals(actor).filter(pk=portal.pk).exists():
        return []
    if not limits_of(portal).may_pause:
        return []
    if portal.state == State.ONLINE:
        return [State.PAUSED]
    notice = getattr(portal, "offline_notice", None)
    # What the prefecture has taken offline, the prefecture brings back.
    if portal.state == State.PAUSED and notice and not notice.is_prefectures:
        return [State.ONLINE]
    return []


@transaction.atomic
def change_state(portal: Portal, change: StateChange, actor: Any = None) -> None:
    """Raises ``ValidationError`` as ``check_change`` does."""
    portal = Portal.objects.select_for_update(of=("self",)).get(pk=portal.pk)
    check_change(portal, change, actor)
    before = portal.state
    portal.state = change.state
    portal.state_since = change.day
    portal.state_person = change.person
    portal.state_proof = change.proof
    portal.full_clean()
    portal.save()
    _keep_notice(portal, change, actor)
    log(
        instance=portal,
        action="home.portal.state",
        user=actor,
        data={
            "before": before,
            "state": change.state.value,
            "day": change.day.isoformat(),
            "person": change.person,
            "proof": change.proof,
            "reason": change.reason,
        },
    )


def check_change(portal: Portal, change: StateChange, actor: Any = None) -> None:
    """Raises ``ValidationError`` by field name where the change may not be made."""
    if change.state not in next_states(actor, portal):
        raise ValidationError({"state": _refusal(portal, change.state)})
    if errors := _errors(portal, change):
        raise ValidationError(errors)


def _refusal(portal: Portal, state: Portal.State) -> str:
    if state not in FOLLOWS[portal.state]:
        following = "、".join(str(one.label) for one in FOLLOWS[portal.state])
        return _("现在是“%(now)s”，下一步只能是：%(following)s。") % {
            "now": portal.get_state_display(),
            "following": following,
        }
    return _("这一步由市级管理员来做，请和他们联系。")


def _errors(portal: Portal, change: StateChange) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    today = timezone.localdate()
    if change.day > today:
        errors["day"] = [_("日期还没有到。")]
    elif portal.state_since and change.day < portal.state_since:
        errors["day"] = [
            _("上一次改状态是 %(day)s，日期不能比它早。")
            % {"day": portal.state_since.isoformat()}
        ]
    for name in ("person", "proof"):
        if not getattr(change, name).strip():
            errors[name] = [_("请填写，以后查得到。")]
    if change.state == State.ONLINE:
        if problems := missing_for_readers(portal):
            errors["state"] = problems
    if change.state in (State.PAUSED, State.CLOSED):
        errors |= _notice_errors(change, today)
    return errors


def _notice_errors(change: StateChange, today: date) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not change.reason.strip():
        errors["reason"] = [_("请写给群众看的说明。")]
    if change.state == State.PAUSED:
        last = change.day + timedelta(days=OFFLINE_DAYS)
        if change.until is None:
            errors["until"] = [_("请写预计哪天恢复。")]
        elif not max(today, change.day) <= change.until <= last:
            errors["until"] = [
                _("临时下线最多三十天：从今天到 %(last)s。")
                % {"last": last.isoformat()}
            ]
    elif change.successor_url:
        try:
            WEB_ADDRESS(change.successor_url)
        except ValidationError as error:
            errors["successor_url"] = error.messages
    return errors


def _keep_notice(portal: Portal, change: StateChange, actor: Any) -> None:
    """After ``portal.save``, whose outbox row has those who publish look."""
    if not portal.is_offline:
        OfflineNotice.objects.filter(portal=portal).delete()
        return
    is_paused = change.state == State.PAUSED
    OfflineNotice.objects.update_or_create(
        portal=portal,
        defaults={
            "reason": change.reason.strip(),
            "until": change.until if is_paused else None,
            "successor_url": "" if is_paused else change.successor_url,
            "is_prefectures": actor is None or is_prefecture_staff(actor),
        },
    )
