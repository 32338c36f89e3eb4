"""Production: refuses to start while something is missing, and says what."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  (settings modules build on each other)


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(
            f"环境变量 {name} 没有设置，生产环境不能启动（见 docs/settings.md）。"
        )
    return value


DEBUG = False
SECRET_KEY = _required("XIANGFA_SECRET_KEY")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("only-for-development"):
    raise ImproperlyConfigured("XIANGFA_SECRET_KEY 必须是至少 50 个字符的随机串。")
ALLOWED_HOSTS = [
    host.strip() for host in _required("XIANGFA_HOSTS").split(",") if host.strip()
]
WAGTAILADMIN_BASE_URL = _required("XIANGFA_ADMIN_URL")
CLIENT_ADDRESS_HEADER = os.environ.get("XIANGFA_CLIENT_HEADER", "REMOTE_ADDR")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# W019 asks for X_FRAME_OPTIONS = "DENY"; the admin shows its previews in a frame.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
# A browser takes this name from this host alone: no neighbor's page plants a session.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
