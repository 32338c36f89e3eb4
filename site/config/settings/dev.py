"""A fresh clone, without any environment: SQLite, embedded search, console e-mail."""

from .base import *  # noqa: F403  (settings modules build on each other)

DEBUG = True
SECRET_KEY = "only-for-development-and-refused-by-production"  # noqa: S105  (see the name)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# The log-ins of the demo are a name and a printed password.
SECOND_FACTOR_ALWAYS = False
