"""The signature of a manifest: Ed25519, one key per installation (``home.signing``)."""

from __future__ import annotations

from pathlib import Path

from home import signing
from home.signing import KeyFileError as KeyFileError
from home.signing import is_signed as is_signed
from home.signing import read_public_key as read_public_key

NAME = "manifest"


def public_key_file() -> Path:
    """What a county needs for ``verify_host``; made with the key."""
    return signing.public_key_file(NAME)


def sign(body: bytes) -> bytes:
    """The signature as a line of text."""
    return signing.sign(NAME, body) + b"\n"
