"""Texts that nobody can read from the database alone: credentials, links that open something.

AES-256-GCM under a key made from `OMS_DATA_KEY` (HKDF-SHA256). What is sealed for one column cannot be opened as
another: the column's name is bound in. A value says which key sealed it, so that keys can be changed one after another.
"""

import base64
import hashlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

_NONCE = 12


class CannotOpen(Exception):
    """The key that sealed a value is not set, or the value was changed."""


def seal(text: str, purpose: str) -> str:
    """`text` as it may lie in the database; sealing twice gives two values."""
    secret, nonce = settings.DATA_KEY, os.urandom(_NONCE)
    body = nonce + _cipher(secret).encrypt(nonce, text.encode(), purpose.encode())
    return f"{_name(secret)}.{base64.urlsafe_b64encode(body).decode()}"


def open_sealed(value: str, purpose: str) -> str:
    """What `seal` was given for the same purpose. Raises CannotOpen."""
    name, _dot, body = value.partition(".")
    for secret in (settings.DATA_KEY, *settings.OLD_DATA_KEYS):
        if _name(secret) == name:
            raw = base64.urlsafe_b64decode(body)
            try:
                opened = _cipher(secret).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode())
            except InvalidTag:
                raise CannotOpen(f"A sealed value of {purpose} was changed.") from None
            return opened.decode()
    raise CannotOpen(
        f"A sealed value of {purpose} needs a key that is not set. Add the key from before to OMS_OLD_DATA_KEYS."
    )


if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class SealedField(_TextField):
    """A text that is sealed on its way into the database and opened on its way out; "" stays as it is."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text, self._purpose) if text else text

    def from_db_value(self, value: str | None, *_how: object) -> str | None:
        return open_sealed(value, self._purpose) if value else value

    @property
    def _purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


@lru_cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"oms sealed v1").derive(secret.encode()))


@lru_cache
def _name(secret: str) -> str:
    """Tells keys apart without telling anything of them."""
    return hashlib.sha256(b"oms key name" + secret.encode()).hexdigest()[:8]
