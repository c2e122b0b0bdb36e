"""Passwords as scrypt hashes (RFC 7914), from the standard library alone."""

import hashlib
import hmac
import secrets
import threading

SHORTEST = 12
# 2**15 * 8 * 128 bytes: 32 MB and about a tenth of a second, OWASP's floor for scrypt in 2023.
_N, _R, _P = 2**15, 8, 1
_MEMORY = 64 * 1024 * 1024
_TURNS = threading.BoundedSemaphore(2)  # so that many sign-ins at once do not fill the memory


def hashed(password: str) -> str:
    """Return a salted hash that names its own parameters."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_digest(password, salt, _N, _R, _P).hex()}"


def matches(password: str, stored: str) -> bool:
    """Return whether a password is the one that was hashed; an empty hash matches nothing.

    It takes as long for a person who does not exist, so that nobody can try out names.
    """
    parts = stored.split("$")
    if len(parts) != 6 or parts[0] != "scrypt":
        _digest(password, b"no such person..", _N, _R, _P)
        return False
    n, r, p = (int(part) for part in parts[1:4])
    expected = bytes.fromhex(parts[5])
    return hmac.compare_digest(_digest(password, bytes.fromhex(parts[4]), n, r, p), expected)


def _digest(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _TURNS:
        return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)
