"""Django settings. What an installation can change comes from the environment; docs/reference/settings.md lists it."""

from __future__ import annotations

from pathlib import Path

from stadtamt.conf.environment import database_from_url, env_bool, env_list, env_path, env_secret, env_text

ROOT = Path(__file__).resolve().parents[3]
DATA = env_path("STADTAMT_DATA", ROOT / ".data")
SERVICES = env_path("STADTAMT_SERVICES", ROOT / "services")

DEBUG = False
DEMO = env_bool("STADTAMT_DEMO", default=False)
SECRET_KEY = env_secret("STADTAMT_SECRET_KEY", DATA / "secret.key")
ALLOWED_HOSTS = env_list("STADTAMT_HOSTS", ["localhost", ".localhost", "127.0.0.1", "[::1]"])
HTTPS = env_bool("STADTAMT_HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "stadtamt.kernel",
    "stadtamt.citizens",
    "stadtamt.catalogue",
    "stadtamt.forms",
    "stadtamt.cases",
    "stadtamt.processes",
    "stadtamt.payments",
    "stadtamt.decisions",
    "stadtamt.notices",
    "stadtamt.postbox",
    "stadtamt.packages",
    "stadtamt.adapters.mail",
    "stadtamt.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before everything that may answer by itself, so that refusals carry the headers too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stadtamt.web.middleware.HeadersMiddleware",
    "stadtamt.web.middleware.MunicipalityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "stadtamt.conf.urls"
WSGI_APPLICATION = "stadtamt.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stadtamt.web.context.house",
            ],
        },
    },
]

# Two roles on one database: the application's role may neither alter tables nor change audit entries;
# the owner's role migrates. Where only one address is given, `./stadtamt doctor` says what is lost by that.
DATABASES = {"default": database_from_url(env_text("STADTAMT_DATABASE_URL", "postgresql:///stadtamt"))}
DATABASE_OWNER = database_from_url(
    env_text("STADTAMT_DATABASE_OWNER_URL", env_text("STADTAMT_DATABASE_URL", "postgresql:///stadtamt"))
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kernel.Staff"
AUTHENTICATION_BACKENDS = ["stadtamt.kernel.rights.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "stadtamt.kernel.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "stadtamt.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # secret links stay inside; forms still prove where they come from
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

LANGUAGE_CODE = "de"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # user names are unique within a town, not across towns
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LOCALE_PATHS = [ROOT / "src" / "stadtamt" / "web" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEMO

# An upload is stored in the database: its limit is the form's, and the middleware refuses a request that is too long.
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A fee register on one page has a thousand inputs (places, uses, amounts); the size above bounds the work.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Without a mail server, mails go into a folder where anybody on this machine can read them: for the demonstration.
MAIL_HOST = env_text("STADTAMT_MAIL_HOST", "")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": MAIL_HOST, "port": int(env_text("STADTAMT_MAIL_PORT", "25")), "timeout": 10},
    }
    if MAIL_HOST
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA / "mail")},
    }
}
DEFAULT_FROM_EMAIL = env_text("STADTAMT_MAIL_FROM", "stadtamt@stadtamt.invalid")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"masked": {"()": "stadtamt.conf.logs.MaskSecretLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": env_text("STADTAMT_LOG_LEVEL", "WARNING")},
    # Any scanner could fill the disk with one trace for each wrong host name; the answer 400 says enough.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
