"""Settings of a public site of several processes: HTTPS, a database worker for background tasks."""

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_URL, env
from config.settings.secrets import long_keys

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
ATTESTATION_KEYS = long_keys("ATTESTATION_KEYS", env.list("ATTESTATION_KEYS"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECURE_SSL_REDIRECT = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
# The probes of an orchestrator speak plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
