"""Ed25519 keys of this installation, in ``var/keys/``: one for each thing signed."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings


class KeyFileError(ValueError):
    """The file holds no Ed25519 key."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "keys"


def private_key_file(name: str) -> Path:
    return folder() / f"{name}.key"


def public_key_file(name: str) -> Path:
    """Made with the key; whoever checks a signature elsewhere needs this one only."""
    return folder() / f"{name}.pub"


def sign(name: str, body: bytes) -> bytes:
    """The signature in base64."""
    return base64.b64encode(_private_key(name).sign(body))


def is_signed(body: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), body)
    except (InvalidSignature, binascii.Error):
        return False
    return True


def read_public_key(file: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(file.read_bytes())
    except ValueError as error:
        raise KeyFileError(str(file)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(str(file))
    return key


def _private_key(name: str) -> Ed25519PrivateKey:
    file = private_key_file(name)
    if not file.exists():
        _make_key(file)
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(str(file))
    if not public_key_file(name).exists():
        _write_public_key(name, key)
    return key


def _make_key(file: Path) -> None:
    """Two processes may come here at once: the first one's key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    body = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(body)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _write_public_key(name: str, key: Ed25519PrivateKey) -> None:
    body = key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    fresh = public_key_file(name).with_suffix(f".{os.getpid()}")
    fresh.write_bytes(body)
    fresh.replace(public_key_file(name))
