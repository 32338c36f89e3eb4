"""Settings of accounts: passwords, locks, the second factor, sessions, the audit log."""

from __future__ import annotations

import os
from typing import Any

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {
        "NAME": f"{_VALIDATION}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "home.accounts.passwords.ChinesePasswordValidator"},
    {
        "NAME": "home.accounts.passwords.PastPasswordValidator",
        "OPTIONS": {"count": 5},
    },
]
# Superusers and the prefecture's administrators log in with a second factor; other roles
# where the admin says so (“账号安全”).
SECOND_FACTOR_ALWAYS = True
# The link by e-mail; without e-mail an administrator sets a new password.
WAGTAIL_PASSWORD_RESET_ENABLED = False
OTP_TOTP_ISSUER = "乡法通"
# Wrong passwords for one name from one address; for one name, or from one address, alone.
AXES_FAILURE_LIMIT = 5
LOCK_AFTER_FAILURES_OF_NAME = 20
LOCK_AFTER_FAILURES_FROM_ADDRESS = 100
AXES_COOLOFF_TIME = 0.25  # hours
# Else whoever goes on trying would keep the owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "home.clients.log_in_address"
AXES_HANDLER = "home.accounts.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "home.accounts.lockout.locked_response"
# The audit log has it.
AXES_DISABLE_ACCESS_LOG = True
# The audit log is kept for at least six months whatever this says.
AUDIT_KEPT_DAYS = int(os.environ.get("XIANGFA_AUDIT_KEPT_DAYS", "400"))
SESSION_IDLE_MINUTES = int(os.environ.get("XIANGFA_SESSION_MINUTES", "30"))
SESSION_LONGEST_HOURS = int(os.environ.get("XIANGFA_SESSION_HOURS", "12"))
SESSION_COOKIE_AGE = SESSION_LONGEST_HOURS * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
