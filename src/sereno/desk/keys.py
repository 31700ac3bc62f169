"""Keys of this installation: made once, readable by their owner alone."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


def installation_key(home: Path) -> str:
    """The installation's secret key, from `home/secret.key`; made at the first start.

    Losing the file signs everybody out and makes the sources' stored secrets unreadable: back it up.
    """
    path = home / "secret.key"
    if path.exists():
        return path.read_text().strip()
    home.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


class UnreadableSecret(RuntimeError):
    """A stored secret was encrypted with another key."""


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sereno source secrets\0" + key.encode()).digest()))


def encrypt(secret: str, *, key: str) -> bytes:
    return _fernet(key).encrypt(secret.encode())


def decrypt(token: bytes, *, key: str) -> str:
    """Raises `UnreadableSecret` where the key is not the one that it was encrypted with."""
    try:
        return _fernet(key).decrypt(bytes(token)).decode()
    except InvalidToken as error:
        raise UnreadableSecret(
            "a stored secret cannot be read with this installation's key; restore secret.key or enter the secret again"
        ) from error
