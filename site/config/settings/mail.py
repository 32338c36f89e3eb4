"""Settings of mail. Without a server nothing is sent; the admin's panels say the same."""

from __future__ import annotations

import os

EMAIL_HOST = os.environ.get("XIANGFA_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("XIANGFA_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("XIANGFA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("XIANGFA_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("XIANGFA_EMAIL_FROM", "webmaster@localhost")
