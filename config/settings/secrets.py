"""The secret key of an embedded site: made once, kept in a file that only its owner reads."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def secret_key_from(file: Path) -> str:
    """Return the key kept in `file`, made on first use.

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
