"""Settings that hold everywhere; nothing secret, no DEBUG.

Environment variables are read here and in ``production`` only; docs/settings.md lists
them all and a test holds that list against the code.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django.conf.locale
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .accounts import *  # noqa: F403  (settings modules build on each other)
from .mail import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parents[3]
# Everything generated (database, uploads, index, exports) lives in this one folder.
VAR_DIR = Path(os.environ.get("XIANGFA_VAR", BASE_DIR / "var"))

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

INSTALLED_APPS = [
    # First to get ready: forms of wagtail_hooks name the columns of each language.
    "modeltranslation",
    # ours, in import order backwards: a template of a later app wins
    "publishing",
    "search",
    "articles.gate",
    "articles",
    "statutes",
    "home.accounts",
    "home.audit",
    "home",
    "media",
    # Wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    # After Wagtail, whose letters about reviews it replaces.
    "home.review",
    # third party
    "modelcluster",
    "taggit",
    "rest_framework",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django_tasks",
    "django_tasks_db",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for its catalog: Wagtail says “3 minutes ago” by it
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.admin_policy.PolicyMiddleware",
    "home.middleware.PortalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "home.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "home.accounts.middleware.AccountMiddleware",
    "home.portals.first_password.FirstPasswordMiddleware",
    "publishing.offline.OfflineMiddleware",
    "home.middleware.OwnPagesMiddleware",
    "home.middleware.PublicationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "home.auth.DemoAwareBackend",
]

TEMPLATES = [
    {
        # The public pages: plain data in, HTML out (docs/architecture.md).
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "public",
        "DIRS": [BASE_DIR / "site" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "publishing.environment.environment"},
    },
    {
        # The admin, Wagtail's own pages.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "site" / "admin_templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "home.wording.template_texts.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database ------------------------------------------------------------------
# SQLite unless DATABASE_URL-like variables name a PostgreSQL (docs/settings.md).
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if os.environ.get("POSTGRES_DB"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["POSTGRES_DB"],
            "USER": os.environ.get("POSTGRES_USER", ""),
            "PASSWORD": os.environ.get("POSTGRES_PASSWORD", ""),
            "HOST": os.environ.get("POSTGRES_HOST", ""),
            "PORT": os.environ.get("POSTGRES_PORT", ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "ATOMIC_REQUESTS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "db.sqlite3",
            # Closing the last connection makes SQLite fold its log in (15 ms); the
            # worker would do that after every task.
            "CONN_MAX_AGE": None,
            # The change and its outbox row are one transaction.
            "ATOMIC_REQUESTS": True,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;"
                    "PRAGMA synchronous=NORMAL;"
                    "PRAGMA busy_timeout=20000;"
                ),
            },
        }
    }

# --- languages -----------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
# Languages that a portal may switch on, each by its own name. Adding one: docs/languages.md.
LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("en", "English"),
    ("za", "Vahcuengh"),
    ("ug", "ئۇيغۇرچە"),
    ("bo", "བོད་ཡིག"),
]
LANGUAGES_BIDI = ["ar", "fa", "he", "ug"]
# Django knows neither Zhuang nor Tibetan.
django.conf.locale.LANG_INFO.setdefault(
    "za",
    {"bidi": False, "code": "za", "name": "Zhuang", "name_local": "Vahcuengh"},
)
django.conf.locale.LANG_INFO.setdefault(
    "bo",
    {"bidi": False, "code": "bo", "name": "Tibetan", "name_local": "བོད་ཡིག"},
)
LOCALE_PATHS = [BASE_DIR / "site" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hans",)
# The tab of a form says which language its fields are in.
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = lambda name, _language: name  # noqa: E731  (a setting takes a function)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")

# --- static files and media ------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "site" / "static"]
# Never mapped to an address: media.views hands files out after a check.
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- Wagtail -----------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("乡法通")
WAGTAILADMIN_BASE_URL = os.environ.get("XIANGFA_ADMIN_URL", "http://localhost:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_USER_LOGIN_FORM = "home.login.PortalLoginForm"
# The list of the system has names that browsers refuse.
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai", "Asia/Urumqi"]
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.review.finishing.publish"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PortalImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.PortalDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
# A film of a few minutes; villagers pay for every megabyte, and an export holds it too.
VIDEO_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "doc",
    "docx",
    "mp4",
    "ofd",
    "pdf",
    "ppt",
    "pptx",
    "txt",
    "vtt",
    "webm",
    "wps",
    "xls",
    "xlsx",
    "zip",
]
# Not every system knows them, and with `nosniff` a browser plays nothing unnamed.
WAGTAILDOCS_CONTENT_TYPES = {
    "mp4": "video/mp4",
    "vtt": "text/vtt",
    "webm": "video/webm",
}
WAGTAILAPI_LIMIT_MAX = 100
# Of the admin, in the database: there it changes in the transaction of the page, and no
# server is needed for it. XIANGFA_ADMIN_SEARCH puts it into Elasticsearch (below).
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": (
            "search.admin_backends.postgres"
            if os.environ.get("POSTGRES_DB")
            else "search.admin_backends.sqlite"
        )
    },
}

# --- review ------------------------------------------------------------------------
# How many stages a new portal reviews in (三审三校); 0: editors publish directly.
REVIEW_STAGES = int(os.environ.get("XIANGFA_REVIEW_STAGES", "3"))
if REVIEW_STAGES not in range(4):
    raise ImproperlyConfigured("XIANGFA_REVIEW_STAGES 只能是 0 到 3。")

# --- background work ----------------------------------------------------------------
# Any queue: ``home.worker`` has one of its own for what takes minutes.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- security -------------------------------------------------------------------------
# Log-in, passwords, second factor and audit log: accounts.py beside this file.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Public pages: no inline script, no inline style, no nonce, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    },
}
# Wagtail's admin. No inline script either: home/admin_widgets.py and
# home/templates/wagtailadmin/widgets/ take the place of what has one.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        # Styles are written into the page by tippy.js (every menu and tooltip), Draftail
        # (wagtailadmin/widgets/draftail_rich_text_area.html) and Handsontable
        # (table_block/widgets/table.html).
        "style-src": ["'self'", "'unsafe-inline'"],
        # data: arrows of select boxes and fields (wagtailadmin/css/core.css);
        # blob: the thumbnail of a picture that is being uploaded
        # (wagtailimages/multiple/add.html).
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        # The preview beside the form (wagtailadmin/shared/side_panels/preview.html).
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    },
}

# --- read API -----------------------------------------------------------------------
# Requests from one address. Villages behind one carrier share it, so they are generous.
API_RATE = "600/m"
API_SEARCH_RATE = "120/m"
API_SUGGEST_RATE = "900/m"  # a question takes as many as it has characters
# Which entry of the request says who asks; behind a proxy, the header that it sets.
CLIENT_ADDRESS_HEADER = "REMOTE_ADDR"

# --- ours -------------------------------------------------------------------------------
# Where `load_demo` finds the law texts (they are not part of the project).
XIANGFA_LAWS = Path(
    os.environ.get("XIANGFA_LAWS", BASE_DIR.parent / "shared" / "data" / "laws")
)
SEARCH_INDEX_DIR = VAR_DIR / "search"
# What `train_ranking` learnt; without it the plain ranking holds.
SEARCH_RANKING_FILE = VAR_DIR / "ranking" / "model.json"
# What readers searched for is counted without telling who they are, and shown to editors
# when it came so often, on so many different days.
SEARCH_QUERY_LEAST = max(2, int(os.environ.get("XIANGFA_QUERY_LEAST", "3")))
SEARCH_QUERY_LEAST_DAYS = 2
SEARCH_QUERY_KEPT_DAYS = int(os.environ.get("XIANGFA_QUERY_KEPT_DAYS", "180"))
# Without an address the embedded engine works alone (docs/search.md).
ELASTICSEARCH_URLS = os.environ.get("ELASTICSEARCH_URL", "").replace(",", " ").split()
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "xiangfatong")
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA_CERTS = os.environ.get("ELASTICSEARCH_CA_CERTS", "")
XIANGFA_ADMIN_SEARCH = os.environ.get("XIANGFA_ADMIN_SEARCH", "") or "database"
if XIANGFA_ADMIN_SEARCH not in {"database", "elasticsearch"}:
    raise ImproperlyConfigured(
        "XIANGFA_ADMIN_SEARCH 只能是 database 或者 elasticsearch（见 docs/settings.md）。"
    )
if XIANGFA_ADMIN_SEARCH == "elasticsearch":
    if not ELASTICSEARCH_URLS:
        raise ImproperlyConfigured(
            "XIANGFA_ADMIN_SEARCH=elasticsearch 还需要设置 ELASTICSEARCH_URL。"
        )
    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.admin_backends.elasticsearch",
            "URLS": ELASTICSEARCH_URLS,
            # Not a name that the public search takes for one of its own.
            "INDEX_PREFIX": f"{ELASTICSEARCH_PREFIX}_admin_",
            "OPTIONS": {
                name: value
                for name, value in (
                    ("api_key", ELASTICSEARCH_API_KEY),
                    ("ca_certs", ELASTICSEARCH_CA_CERTS),
                )
                if value
            },
        },
        "database": WAGTAILSEARCH_BACKENDS["default"],
    }
EXPORT_DIR = VAR_DIR / "sites"
# Complete copies of portals (home/portals/archiving.py).
PORTAL_ARCHIVE_DIR = VAR_DIR / "archives"
# What is published is on the disk before it counts, so that it survives a power cut.
EXPORT_DURABLE = True
# Bytes of HTML above which a page is named in the report: a minute on a slow line; and
# above which it does not go out: no notice is so long, something went wrong.
PAGE_WEIGHT_BUDGET = 300_000
PAGE_WEIGHT_LIMIT = 1_000_000
