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
    now = _now()
    started = session.get(STARTED, now)
    active = session.get(ACTIVE, started)
    return int(
        min(
            active + settings.SESSION_IDLE_MINUTES * 60 - now,
            started + settings.SESSION_LONGEST_HOURS * 3600 - now,
        )
    )


def end_of(session: Any) -> str:
    """Why the log-in is over, or nothing."""
    if seconds_left(session) > 0:
        return ""
    started = session.get(STARTED, _now())
    too_long = _now() - started >= settings.SESSION_LONGEST_HOURS * 3600
    return OVER if too_long else IDLE


def go_on(session: Any) -> None:
    """Somebody has done something."""
    now = _now()
    session.setdefault(STARTED, now)
    if now - session.get(ACTIVE, 0) >= WRITE_AFTER:
        session[ACTIVE] = now


def _now() -> int:
    return int(timezone.now().timestamp())
