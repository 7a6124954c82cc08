"""Ed25519: a file that says who wrote it, and a check that anybody can make with openssl.

The key is a file in the folder of secrets, made by a command and readable by its owner alone.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

NAME = "signing-key"


class NoKey(Exception):
    """There is none yet; `hearth make-signing-key` makes it."""


def make(data: Path) -> Path:
    """Make the key of this installation. One that is there is never written over."""
    file = data / "secrets" / NAME
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(pem)
    return file


def sign(data: Path, content: bytes) -> bytes:
    return _key(data).sign(content)


def public_key(data: Path) -> str:
    """As PEM, for whoever checks."""
    key = _key(data).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def is_signed(public: str, content: bytes, signature: bytes) -> bool:
    key = load_pem_public_key(public.encode())
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _key(data: Path) -> Ed25519PrivateKey:
    file = data / "secrets" / NAME
    if not file.exists():
        raise NoKey
    found = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise NoKey
    return found
