"""What comes into the audit log without being called for: signals of Django and Wagtail.

Wagtail's own log is the source for what happens to pages and things (published,
withdrawn, deleted, moved); rows of the audit log are written when its rows are, in
their transaction.
"""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db.models import Model
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    BaseLogEntry,
    DraftStateMixin,
    ModelLogEntry,
    Page,
    PageLogEntry,
)

from home.audit import anchors, retention, rights
from home.audit.chain import append
from home.record_of_events import (
    Event,
    note,
    portal_of,
    record,
    register_event,
    register_recorder,
)
from home.worker import Job, register_job

LOGIN, LOGIN_FAILED = "login", "login.failed"
LOGIN_LOCKED, LOGOUT = "login.locked", "logout"
DOWNLOADED = "export.downloaded"

LABELS = {
    LOGIN: _("登录"),
    LOGIN_FAILED: _("登录失败"),
    LOGIN_LOCKED: _("账号被锁定"),
    LOGOUT: _("退出登录"),
    DOWNLOADED: _("下载导出文件"),
    retention.PRUNED_EVENT: retention.PRUNED_LABEL,
    **rights.LABELS,
}
# Told by the signals of what they do: once is enough.
SAID_BY_SIGNALS = {
    f"home.person.{name}"
    for name in ("create", "role", "activate", "deactivate", "reset", "password")
}
PERSON_ACTIONS = {"wagtail.create", "wagtail.delete"}
# Saved every few seconds by the editor; a draft is not public, and its history is the
# page's own.
DRAFT_ACTIONS = {"wagtail.edit", "wagtail.create"}


def connect() -> None:
    for action, label in LABELS.items():
        register_event(action, label)
    register_recorder(_append)
    for log_model in (ModelLogEntry, PageLogEntry):
        post_save.connect(_logged, sender=log_model, dispatch_uid="audit")
    user_logged_in.connect(_logged_in, dispatch_uid="audit")
    user_logged_out.connect(_logged_out, dispatch_uid="audit")
    user_login_failed.connect(_login_failed, dispatch_uid="audit")
    user_locked_out.connect(_locked_out, dispatch_uid="audit")
    rights.connect()
    register_job(Job("anchor_audit", 60, anchors.anchor_end))
    register_job(Job("prune_audit", 3600, retention.prune))


def _append(event: Event) -> None:
    append(event)


# --- Wagtail's log -----------------------------------------------------------------------


def _logged(instance: BaseLogEntry, created: bool, **_kwargs: Any) -> None:
    if not created:
        return
    is_page = isinstance(instance, PageLogEntry)
    model = Page if is_page else instance.content_type.model_class()
    # Before anything is read: an editor's page is saved every few seconds.
    if _is_told_elsewhere(instance.action, model):
        return
    subject = _subject_of(instance, model)
    details = dict(instance.data or {})
    if isinstance(subject, Group):
        details["permissions"] = rights.permissions_of(subject)
    record(
        Event(
            action=instance.action,
            user=instance.user,
            portal=portal_of(subject),
            subject=subject,
            subject_name=instance.label,
            details=details,
        )
    )


def _is_told_elsewhere(action: str, model: type[Model] | None) -> bool:
    if action in SAID_BY_SIGNALS:
        return True
    if model is None:
        return False
    is_person = action in PERSON_ACTIONS and issubclass(model, get_user_model())
    return is_person or (action in DRAFT_ACTIONS and issubclass(model, DraftStateMixin))


def _subject_of(entry: BaseLogEntry, model: type[Model] | None) -> Any:
    """What the row tells of; as it was named, where it is gone already."""
    if model is None:
        return None
    found = model._default_manager.filter(pk=entry.object_id).first()
    return found if found is not None else model(pk=entry.object_id)


# --- logging in --------------------------------------------------------------------------


def _logged_in(user: Any, **_kwargs: Any) -> None:
    note(LOGIN, user=user, subject=user)


def _logged_out(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        note(LOGOUT, user=user, subject=user)


def _login_failed(credentials: dict[str, Any], **_kwargs: Any) -> None:
    _note_attempt(LOGIN_FAILED, str(credentials.get("username", "")))


def _locked_out(request: HttpRequest, username: str, **_kwargs: Any) -> None:
    # While it is locked, axes says so again at every attempt, without counting it.
    if getattr(request, "axes_failures_since_start", None) is not None:
        _note_attempt(LOGIN_LOCKED, username)


def _note_attempt(action: str, username: str) -> None:
    """Nobody is logged in: the account that was tried is the subject.

    Of a name that nobody has, only the first character and the length are kept: people
    type their password into the wrong field.
    """
    people = get_user_model()._default_manager
    user = people.filter(username=username).first()
    shown = username if user is not None else f"{username[:1]}…({len(username)})"
    note(action, user_name=shown, subject=user, subject_name=shown)
