"""Settings of the embedded site: SQLite, files on disk, no external service, DEBUG off.

Each setting read from the environment is listed in docs/env.md.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.settings.secrets import secret_key_from

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()

# Everything that the running site writes is below this one folder.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_from(VAR_DIR / "cle-secrete")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Absolute links follow BASE_URL; left empty, they follow the address that the visitor asked.
BASE_URL = env.str("BASE_URL", default="").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
SITE_NAME = "Alliances en territoire"

LOCAL_APPS = [
    "home",
    "parcours",
    "kit",
    "mooc",
    "fils_rouges",
    "evenements",
    "newsletter",
    "search",
    "mediatheque",
    "core",
]

INSTALLED_APPS = [
    *LOCAL_APPS,
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
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
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.BadInputMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "parcours.carnet.middleware.TemoinMiddleware",
    "core.transactions.AtomicAdminMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
            ],
            "builtins": ["core.templatetags.typo", "wagtail.templatetags.wagtailcore_tags"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'base.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer (WAL); a writer takes its lock at once, so it waits instead of failing. The file
    # is read in the memory of the system, which all share: otherwise search asks for each page of it again.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        timeout=20,
        transaction_mode="IMMEDIATE",
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        f"PRAGMA mmap_size={256 * 1024**2};",
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    # Django keeps 300 entries; a site of some thousand pages has a card for each.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000}

# Keys of attestations, apart from SECRET_KEY so that either changes alone: the first signs, all verify.
ATTESTATION_KEYS = [key.strip() for key in env.list("ATTESTATION_KEYS", default=[])] or [f"attestation:{SECRET_KEY}"]

# The public search engine; empty means the one of the database in use.
SEARCH_URL = env.str("SEARCH_URL", default="")

AUTH_USER_MODEL = "core.Utilisateur"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "statiques"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What readers take away of a parcours, built from the content: may be emptied at any time.
EMPORTER_ROOT = VAR_DIR / "emporter"
# Whether a change of the content has them built again in the background.
EMPORTER_EN_FOND = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.statiques.FichiersStatiques"},
}
# An editor's file may weigh this much, in bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "courriels"
# A mail server that does not answer must not hold the visitor's request.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Alliances en territoire <lettre@localhost>")

# Embedded: a task runs at once, in the process that asks for it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

CONTENT_SECURITY_POLICY = {
    # Wagtail's admin needs inline scripts and styles; it is behind a login.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL or "http://localhost:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_USER_LOGIN_FORM = "home.editorial.connexion.ConnexionForm"
WAGTAILADMIN_COMMENTS_ENABLED = True
# Addresses have no accent: they are dictated, printed and pasted.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Wagtail 8.0 saves a new page by itself; a click on a button at that moment makes it a second time, and fails.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILIMAGES_IMAGE_MODEL = "mediatheque.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "mediatheque.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = [
    "application/pdf", "video/mp4", "video/webm", "audio/mpeg", "audio/mp4", "audio/mp4a-latm", "audio/ogg",
]  # fmt: skip
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "epub", "html", "m4a", "mp3", "mp4", "ods", "odp", "odt", "ogg", "pdf", "pptx", "txt", "vtt", "webm",
    "xlsx", "zip",
]  # fmt: skip
# Wagtail's own search, for the choosers of the admin and its API; see `search.backend`.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
WAGTAIL_MODERATION_ENABLED = False
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILEMBEDS_FINDERS: list[dict] = []
TAGGIT_CASE_INSENSITIVE = True

SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
