"""How long a log-in lasts: half an hour without work, twelve hours in any case."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

STARTED, ACTIVE = "accounts_started", "accounts_active"
# A session is written at most this often only because somebody went on working.
WRITE_AFTER = 60
IDLE, OVER = "idle", "over"


def connect() -> None:
    user_logged_in.connect(_start, dispatch_uid="accounts")


def _start(request: HttpRequest | None = None, **_kwargs: Any) -> None:
    session = getattr(request, "session", None)
    if session is not None:
        session[STARTED] = session[ACTIVE] = _now()


def seconds_left(session: Any) -> int:
    """Until the log-in ends, by whichever limit comes first."""
    return min(_left(session).values())


def end_of(session: Any) -> str:
    """Why the log-in is over, or nothing."""
    return next((reason for reason, left in _left(session).items() if left <= 0), "")


def _left(session: Any) -> dict[str, int]:
    """Seconds by limit; of two that are over the first is said."""
    now = _now()
    started = session.get(STARTED, now)
    active = session.get(ACTIVE, started)
    return {
        OVER: int(started + settings.SESSION_LONGEST_HOURS * 3600 - now),
        IDLE: int(active + settings.SESSION_IDLE_MINUTES * 60 - now),
    }


def go_on(session: Any, *, is_asked_for: bool = False) -> None:
    """Somebody has done something, or said so."""
    now = _now()
    session.setdefault(STARTED, now)
    if is_asked_for or now - session.get(ACTIVE, 0) >= WRITE_AFTER:
        session[ACTIVE] = now


def _now() -> int:
    return int(timezone.now().timestamp())
