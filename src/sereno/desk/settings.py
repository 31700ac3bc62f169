"""Settings, all in one file and all from the environment; a bad value fails with a sentence.

SERENO_HOME     where the data stand: database (SQLite), keys. Default: ./var
DATABASE_URL    the only switch between SQLite and PostgreSQL. Default: SQLite in SERENO_HOME
SERENO_HOSTS    host names this desk answers to, comma-separated. Default: loopback only
SERENO_SECURE   1 behind HTTPS: cookies are sent over it alone. Default: 0
SERENO_SIGN_INS how many sign-ins an address may try, such as 30/m/ip (the default): a large office needs more
SERENO_READER   who reads posts: auto (the default), careful or fast
SERENO_DEBUG    1 while developing: shows /design and Django's error pages. Default: 0
SERENO_HEARTBEAT_URL  address of a monitor outside that hears each minute that all is well. Default: none
SERENO_FETCH_PRIVATE  host:port pairs on private addresses that feeds may be read from (tests, intranets)
SERENO_URL      where people open this desk, such as https://desk.brand.example: links in messages begin with it
SERENO_SMTP_URL who takes our e-mail: smtp://user:password@host:587?tls=1, smtps://host:465. Unset: no e-mail is sent
SERENO_SMTP_CA  a file of certificates (PEM) that are trusted for it, beside the machine's own
SERENO_MAIL_FROM      the sender of our e-mail, such as "Sereno <sereno@brand.example>"
SERENO_MESSAGES_PRIVATE  host:port pairs on private addresses that messages may be sent to (a gateway of one's own)
SERENO_MESSAGES_WITH_TEXT  1: messages quote the post that decided and what colleagues ask. Default: 0, they name light,
                      network and reason
SERENO_PAGES_AT_MOST  how often a person is paged: 3/10m (the default); the rest is told together
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from sereno.desk.keys import UnusableHome, installation_key, prepare_home
from sereno.desk.notify.configured import desk_url, mail_from, pages_at_most, smtp


def sign_ins(limit: str) -> str:
    """How many sign-ins are let through, as allauth writes it."""
    if not re.fullmatch(r"\d+/\d*[smhd]/ip", limit):
        raise ImproperlyConfigured(f"SERENO_SIGN_INS={limit}: it is a count, a span and 'ip', such as 30/m/ip")
    return limit


DESK = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1", ""):
        raise ImproperlyConfigured(f"{name} is '{value}'; it takes 1 for yes or 0 for no")
    return value == "1"


def _list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


HOME = Path(os.environ.get("SERENO_HOME", "var")).resolve()
DEBUG = _flag("SERENO_DEBUG")
SECURE = _flag("SERENO_SECURE")
try:
    prepare_home(HOME)
    SECRET_KEY = os.environ.get("SERENO_SECRET_KEY") or installation_key(HOME)
except UnusableHome as problem:
    raise ImproperlyConfigured(str(problem)) from None
ALLOWED_HOSTS = _list("SERENO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []
SERENO_HEARTBEAT_URL = os.environ.get("SERENO_HEARTBEAT_URL", "").strip()
if SERENO_HEARTBEAT_URL and not re.match(r"https?://\S+$", SERENO_HEARTBEAT_URL):
    raise ImproperlyConfigured("SERENO_HEARTBEAT_URL is no web address; it starts with https:// or http://")
SERENO_FETCH_PRIVATE = frozenset(_list("SERENO_FETCH_PRIVATE", ""))
SERENO_MESSAGES_PRIVATE = frozenset(_list("SERENO_MESSAGES_PRIVATE", ""))
SERENO_MESSAGES_WITH_TEXT = _flag("SERENO_MESSAGES_WITH_TEXT")
try:
    SERENO_URL = desk_url(os.environ.get("SERENO_URL", ""))
    SERENO_SMTP = smtp(os.environ.get("SERENO_SMTP_URL", ""), os.environ.get("SERENO_SMTP_CA", ""))
    SERENO_MAIL_FROM = mail_from(os.environ.get("SERENO_MAIL_FROM", ""), SERENO_SMTP)
    SERENO_PAGES = pages_at_most(os.environ.get("SERENO_PAGES_AT_MOST", "3/10m"))
except ValueError as problem:
    raise ImproperlyConfigured(str(problem)) from None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "sereno.desk.audit",
    "sereno.desk.accounts",
    "sereno.desk.plans",
    "sereno.desk.intake",
    "sereno.desk.listening",
    "sereno.desk.learning",
    "sereno.desk.cases",
    "sereno.desk.notify",
    "sereno.desk.duty",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sereno.desk.accounts.middleware.ReaderLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "sereno.desk.urls"
ASGI_APPLICATION = "sereno.desk.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [DESK / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

SQLITE_OPTIONS: dict[str, Any] = {
    # several writers take turns instead of failing: the write lock is taken at the start of a transaction
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}


def without_password(url: str) -> str:
    """A database's address as it may stand in a message."""
    before, at, after = url.rpartition("@")
    scheme = f"{before.split('://')[0]}://" if "://" in before else ""
    return f"{scheme}…@{after.split('?')[0]}" if at else url.split("?")[0]


def database(url: str) -> dict[str, Any]:
    """Django's settings for a DATABASE_URL."""
    way_out = "write postgres://user:password@host/name or sqlite:///path, and %40 for an @ in the password"
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError):  # their messages may quote the password
        raise ImproperlyConfigured(f"DATABASE_URL '{without_password(url)}' cannot be read; {way_out}") from None
    if settings.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL '{without_password(url)}' is neither SQLite nor PostgreSQL; {way_out}"
        )
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **SQLITE_OPTIONS}
    return settings


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'sereno.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "sereno.desk.accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": sign_ins(os.environ.get("SERENO_SIGN_INS", "30/m/ip"))}
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing is mailed; least of all into the log

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pl", "Polski")]
LOCALE_PATHS = [DESK / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [DESK / "static"]
STATIC_ROOT = None  # nothing is collected: the packaged files themselves are served
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"

# posts are hostile input: what slips through escaping finds no way to run, and no stranger's picture is fetched
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

DESK_FRAME = [
    "sereno.desk.intake.frame.sources_frame",
    "sereno.desk.cases.frame.cases_frame",
    "sereno.desk.plans.frame.plans_frame",
    "sereno.desk.duty.shown.bell.bell_frame",
]
"""What the slices add to the frame of every page (`shell.py`)."""

DESK_CASE = ["sereno.desk.duty.shown.case_part.on_case"]
"""What the slices above the cases add to a case's page (`cases/views.py`)."""

DESK_NOW = ["sereno.desk.duty.shown.now_part.on_now"]
"""What they add to *Now*."""

DESK_READER = "sereno.desk.learning.readers.own_reader"
"""Who reads the texts of a plan's own tests (`plans/checking.py`)."""
DESK_OPEN_POSTS = "sereno.desk.replays.applying.open_posts"
"""Posts of open cases that another version judged than the one in force; the plan's page offers to judge them again."""

DESK_CALLED = "sereno.desk.duty.queries.called_for"
"""Cases for which the roster called a person (`cases/turns.py`)."""

DESK_UNFIT = "sereno.desk.rosters.unfit.unfit"
"""What a plan to come would make of the roster in force; told where it is approved or put in force."""

DESK_QUIET = "sereno.desk.duty.standing.quiet_of"
"""Quiet hours that a person has beside their own (`notify/quiet.py`)."""

DESK_TOLD = ["sereno.desk.cases.told.told_of", "sereno.desk.rosters.swap_told.told_of"]
"""What messages say about a case or a swap (`notify/messages.py`)."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

WEBHOOK_WINDOW_SECONDS = 300
WEBHOOK_MAX_BYTES = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"refusals": {"()": "sereno.desk.accounts.refusals.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"sereno": {"level": "INFO"}},
}

# words that the languages menu needs in every language
LANGUAGE_NAMES = {"en": _("English"), "es": _("Spanish"), "pl": _("Polish")}
