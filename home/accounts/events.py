"""What the audit log calls the events of accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from home.record_of_events import register_event

PASSWORD_CHANGED = "password.changed"  # noqa: S105  (the name of an event)
PASSWORD_SET = "password.set"  # noqa: S105  (the name of an event)
FACTOR_SET, FACTOR_REMOVED = "factor.set", "factor.removed"
FACTOR_PASSED, FACTOR_FAILED = "factor.passed", "factor.failed"
FACTOR_RESET, CODES_MADE = "factor.reset", "factor.codes_made"
CODE_USED, DEMAND_CHANGED = "factor.code_used", "factor.demand_changed"
SESSION_ENDED, UNLOCKED = "session.ended", "login.unlocked"

LABELS = {
    PASSWORD_CHANGED: _("修改自己的密码"),
    PASSWORD_SET: _("由他人设置密码"),
    FACTOR_SET: _("设置动态验证码"),
    FACTOR_REMOVED: _("停用动态验证码"),
    FACTOR_PASSED: _("动态验证码通过"),
    FACTOR_FAILED: _("动态验证码错误"),
    FACTOR_RESET: _("重置动态验证码"),
    CODES_MADE: _("生成恢复码"),
    CODE_USED: _("使用恢复码"),
    DEMAND_CHANGED: _("修改动态验证码的要求"),
    SESSION_ENDED: _("登录超时"),
    UNLOCKED: _("解除锁定"),
}


def register() -> None:
    for action, label in LABELS.items():
        register_event(action, label)
