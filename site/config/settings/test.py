"""The test suite: as development, without what only costs time."""

from .dev import *  # noqa: F403  (settings modules build on each other)

DEBUG = False
ALLOWED_HOSTS = ["*"]
# Hashing a password properly takes 0.3 s, and every test user has one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A task runs where it is called, so that a test sees its result.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": [],
    }
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
# A test that wants a server asks for one; a developer's own is left in peace.
ELASTICSEARCH_URLS = []
# No test pulls the plug, and waiting for the disk costs seconds.
EXPORT_DURABLE = False
# Most tests are about what is published, not about who lets it; tests/home/review is.
REVIEW_STAGES = 0
