"""Telling the audit log what happened: the one function that other apps call.

What Wagtail logs (``wagtail.log_actions.log`` with an action that is registered) comes
into the audit log by itself; prefer that where there is an object with a history.
:func:`note` is for the rest: a log-in, an export, a right. It writes in the transaction
of the caller, so an event stays if and only if what it tells of stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from home.models import Portal, portal_of_path
from home.roles import portals_of

# The request that is being answered; None in commands and in the worker.
acting_request: ContextVar[HttpRequest | None] = ContextVar(
    "acting_request", default=None
)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. ``user`` None and ``user_name`` empty: the system itself."""

    action: str
    user: Any = None
    user_name: str = ""
    portal: Portal | None = None
    subject: Any = None
    subject_name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


Recorder = Callable[[Event], None]
_recorders: list[Recorder] = []
_labels: dict[str, Any] = {}


def register_recorder(recorder: Recorder) -> None:
    if recorder not in _recorders:
        _recorders.append(recorder)


def register_event(action: str, label: Any) -> None:
    """Give an event of one's own app its name (lazy text); call it in ``ready()``."""
    _labels[action] = label


def event_labels() -> dict[str, Any]:
    return dict(_labels)


def note(
    action: str,
    *,
    user: Any = None,
    user_name: str = "",
    portal: Portal | None = None,
    subject: Any = None,
    subject_name: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write an event into the audit log.

    ``action`` is one that :func:`register_event` knows. Who did it and from where comes
    from the request that is being answered, the portal from the subject (a page, a
    record, a person …), unless they are given. ``details`` holds what can be written as
    JSON, short, and no personal data that the event does not need.
    """
    if action not in _labels:
        raise LookupError(action)
    record(
        Event(
            action=action,
            user=user if user is not None else acting_user(),
            user_name=user_name,
            portal=portal if portal is not None else portal_of(subject),
            subject=subject,
            subject_name=subject_name,
            details=details or {},
        )
    )


def record(event: Event) -> None:
    """Hand an event to whoever keeps them."""
    for recorder in _recorders:
        recorder(event)


def acting_user() -> Any:
    """Who is logged in to the request, or whom Wagtail's log takes for the actor."""
    user = getattr(acting_request.get(), "user", None)
    if user is not None and user.is_authenticated:
        return user
    return get_active_log_context().user


def portal_of(subject: Any) -> Portal | None:
    """The portal that a thing or a person belongs to; None for what all share.

    Of a person who works for several portals none is named: what it says of one portal
    would be read by the other.
    """
    if subject is None or isinstance(subject, Portal):
        return subject
    if isinstance(subject, Page):
        return portal_of_path(subject.path)
    if hasattr(subject, "get_session_auth_hash"):
        return _only_portal(subject)
    for name in ("portal", "portal_role", "collection", "site", "group"):
        owner = getattr(subject, name, None)
        if isinstance(owner, Portal):
            return owner
        if isinstance(owner, Model):
            return portal_of(owner)
    return None


def _only_portal(user: Any) -> Portal | None:
    if user.is_superuser:
        return None
    portals = list(portals_of(user)[:2])
    return portals[0] if len(portals) == 1 else None
