"""Keys: the one that an embedded site makes for itself, and those that a public site must be given."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

MIN_LENGTH = 32


def secret_key_from(file: Path) -> str:
    """Return the key kept in `file`, which only its owner reads, made on first use.

    Two workers may start together: the file is created exclusively, and the loser reads the winner's key.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8")
    key = get_random_secret_key()
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(key)
    return key


def long_keys(name: str, keys: list[str]) -> list[str]:
    """Return the keys of a setting.

    Raises:
        ImproperlyConfigured: there is none, or one that could be guessed.
    """
    keys = [key.strip() for key in keys]
    if not keys or any(len(key) < MIN_LENGTH for key in keys):
        raise ImproperlyConfigured(f"{name}: at least one key, each of {MIN_LENGTH} characters or more")
    return keys
