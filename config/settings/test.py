"""Settings of the tests: fast hashes, everything written in a temporary folder."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="alliances-tests-"))

from config.settings.base import *  # noqa: F403

MEDIA_ROOT = Path(os.environ["VAR_DIR"]) / "media"
EMPORTER_ROOT = Path(os.environ["VAR_DIR"]) / "emporter"
EMPORTER_EN_FOND = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
