"""Django settings, from the environment only. `.env.example` explains each variable."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from oms.beat import SCHEDULE
from oms.content_policy import POLICY
from oms.env import (
    BadSetting,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_secret,
    env_str,
    env_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-never-in-production"

ENVIRONMENT = env_choice("OMS_ENV", ("development", "test", "production"), "development")
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG = env_bool("OMS_DEBUG", False)
SECRET_KEY = env_secret("OMS_SECRET_KEY", None if IS_PRODUCTION else DEVELOPMENT_SECRET)
# Seals what must not be read from a stolen database; the old ones still open what they sealed.
DATA_KEY = env_secret("OMS_DATA_KEY", None if IS_PRODUCTION else DEVELOPMENT_SECRET)
OLD_DATA_KEYS = env_list("OMS_OLD_DATA_KEYS", [])
# Where customers reach this system, for the links in messages.
PUBLIC_URL = (
    env_url("OMS_PUBLIC_URL", ("http", "https"), "http://127.0.0.1:8000").geturl().rstrip("/")
)
ALLOWED_HOSTS = env_list("OMS_ALLOWED_HOSTS", [] if IS_PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env_list("OMS_TRUSTED_ORIGINS", [])

if IS_PRODUCTION and DEBUG:
    raise BadSetting("OMS_DEBUG is on in production. Unset it or set OMS_DEBUG=0.")
if IS_PRODUCTION and (not ALLOWED_HOSTS or any("*" in host for host in ALLOWED_HOSTS)):
    raise BadSetting(
        "OMS_ALLOWED_HOSTS must name the hosts this system answers to, without '*'. "
        "Set it to a comma-separated list such as orders.example.com."
    )

# What one more parcel costs, in the currency of the order; 0: not known, and not shown.
PARCEL_COST = env_int("OMS_PARCEL_COST", 0)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "django_filters",
    "django_htmx",
    "csp",
    "oms",
    "customers",
    "inventory",
    "orders",
    "integrations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "oms.middleware.shown_errors.shown_errors",
    "integrations.api.door.api_door",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "oms.middleware.headers.private_pages",
    "oms.middleware.language.user_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "oms.urls"
WSGI_APPLICATION = "oms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "oms.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oms.navigation.shell",
            ],
        },
    },
]

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "oms.User"
AUTHENTICATION_BACKENDS = ["oms.backend.OneLookBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Sessions lie in the database, so that nobody is logged out by a lost cache.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env_int("OMS_SESSION_HOURS", 12, low=1, high=24 * 30) * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Languages and time ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_str("OMS_TIME_ZONE", "Asia/Shanghai")
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError, OSError):
    raise BadSetting(
        f"OMS_TIME_ZONE={TIME_ZONE!r} is no time zone. Set it to a name such as Asia/Shanghai."
    ) from None

# --- Database ----------------------------------------------------------------------------------
# Outside production our commands start a server and set the address; the default, where nothing
# answers, serves tools that only read the settings.
_database = env_url(
    "DATABASE_URL",
    ("postgres", "postgresql"),
    None if IS_PRODUCTION else "postgres://oms@127.0.0.1:1/none",
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or "",
        "PORT": str(_database.port or ""),
        "CONN_MAX_AGE": env_int("OMS_CONNECTION_SECONDS", 60, high=3600),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": env_str("OMS_PROCESS", "oms"),
            "options": f"-c statement_timeout={env_int('OMS_STATEMENT_TIMEOUT_MS', 0)}",
            **dict(parse_qsl(_database.query)),
        },
    },
}
if not DATABASES["default"]["NAME"]:
    raise BadSetting("DATABASE_URL names no database. Write postgres://user:password@host/name.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: a cache that may be lost, and the nudges for the workers ------------------------------
REDIS_URL = env_url(
    "REDIS_URL", ("redis", "rediss"), None if IS_PRODUCTION else "redis://127.0.0.1:1/0"
).geturl()
CACHES = {
    "default": {
        "BACKEND": "oms.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "oms",
        # An empty cache is better than a late page: no second try.
        "OPTIONS": {
            "socket_timeout": 0.3,
            "socket_connect_timeout": 0.3,
            "retry": Retry(NoBackoff(), 0),
        },
    },
}

CELERY_BROKER_URL = REDIS_URL
# The database is the queue and a task only a nudge: no results, nothing but JSON, and a page that
# publishes waits less than a second for a broker that is away. A worker has more patience.
_PROCESS = env_str("OMS_PROCESS", "oms")
_BROKER_SECONDS = 5.0 if _PROCESS in ("oms-worker", "oms-beat") else 0.8
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1700
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env_int("OMS_WORKER_PROCESSES", 2, low=1, high=64)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": _BROKER_SECONDS,
    "socket_connect_timeout": _BROKER_SECONDS,
    "retry_on_timeout": False,
    "max_retries": 0,
    "visibility_timeout": 2 * CELERY_TASK_TIME_LIMIT,
    "health_check_interval": 10,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- Requests ----------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = env_int("OMS_MAX_BODY_MB", 5, low=1, high=100) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Mail --------------------------------------------------------------------------------------
# To suppliers. What cannot be sent is told on the page of what was to be sent.
EMAIL_HOST = env_str("OMS_MAIL_HOST", "localhost")
EMAIL_PORT = env_int("OMS_MAIL_PORT", 25, low=1, high=65535)
EMAIL_HOST_USER = env_str("OMS_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env_str("OMS_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env_bool("OMS_MAIL_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_str("OMS_MAIL_FROM", "orders@localhost")

# --- Security ----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = POLICY
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env_bool("OMS_HTTPS_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/", r"^metrics$"]
    SECURE_HSTS_SECONDS = env_int("OMS_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if env_bool("OMS_BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Bearer token for /metrics; without one only this machine may read them.
METRICS_TOKEN = env_secret("OMS_METRICS_TOKEN", "", length=20)

# --- Static files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("OMS_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
_MANIFEST = "oms.static_files.PublishedFiles"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if ENVIRONMENT == "test" or DEBUG else _MANIFEST},
}
# Straight from static/, without collectstatic.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = ENVIRONMENT == "test" or DEBUG

# --- Logs --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("OMS_LOG_LEVEL", "INFO").upper()},
    # A line per task would bury everything else; failures are errors and stay.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("celery.worker.strategy", "celery.app.trace", "celery.beat")
    },
}

# Batches of waiting orders are planned together; needs the package of requirements-optimiser.txt.
ALLOCATION_OPTIMISER = env_bool("OMS_ALLOCATION_OPTIMISER", False)
