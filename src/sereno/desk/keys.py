"""Keys of this installation: made once, readable by their owner alone."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

KEY_LENGTH = 32
"""Characters, at least; ours have 64."""


class UnusableHome(RuntimeError):
    """The directory of the data, or the key in it, cannot be used; the message says what to do."""


def prepare_home(home: Path) -> None:
    """Make the directory of the data, for its owner alone. Raises `UnusableHome`."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableHome(
            f"SERENO_HOME {home} cannot be used ({error.strerror}); name a directory that you may write in"
        ) from None


def open_to_others(home: Path) -> bool:
    """Whether other users of this machine can look into the directory."""
    return os.name == "posix" and home.exists() and bool(home.stat().st_mode & 0o077)


def installation_key(home: Path) -> str:
    """The installation's secret key, from `home/secret.key`; made at the first start. Raises `UnusableHome`.

    Losing the file signs everybody out and makes the sources' stored secrets unreadable: back it up.
    """
    prepare_home(home)
    path = home / "secret.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no key"
        raise UnusableHome(
            f"{path} cannot be read or made ({why}); SERENO_HOME must be a directory of your own"
        ) from None
    if len(key) < KEY_LENGTH:
        raise UnusableHome(
            f"{path} is empty or cut off. Put its backup in its place; without one remove the file: a new key is made, "
            "everybody signs in again, and the sources' secrets have to be entered anew"
        )
    return key


def _make_key(path: Path) -> None:
    """The file appears whole or not at all, and the first of several processes wins."""
    descriptor, written = tempfile.mkstemp(prefix=".secret.key.", dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(written, path)
        except FileExistsError:
            return  # another process was faster
        except OSError:  # a file system without links
            if not path.exists():
                Path(written).replace(path)
    finally:
        Path(written).unlink(missing_ok=True)


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
