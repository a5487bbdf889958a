"""Sealed texts: not to be read from the database, bound to their column, opened by older keys."""

from typing import Any

import pytest
from django.db import connection

from oms.sealed import CannotOpen, open_sealed, seal
from orders.models import Carrier

LONG = "a key of more than fifty letters, as production wants it: 0123456789"


def test_a_sealed_text_is_opened_for_its_purpose_only() -> None:
    sealed = seal("顺丰 key 42", "orders.carrier.account")

    assert "42" not in sealed
    assert seal("顺丰 key 42", "orders.carrier.account") != sealed
    assert open_sealed(sealed, "orders.carrier.account") == "顺丰 key 42"
    with pytest.raises(CannotOpen, match="was changed"):
        open_sealed(sealed, "orders.followlink.token")


def test_a_key_from_before_opens_what_it_sealed(settings: Any) -> None:
    sealed, before = seal("secret", "x"), settings.DATA_KEY
    settings.DATA_KEY = LONG

    with pytest.raises(CannotOpen, match="OMS_OLD_DATA_KEYS"):
        open_sealed(sealed, "x")
    settings.OLD_DATA_KEYS = [before]
    assert open_sealed(sealed, "x") == "secret"


def test_a_changed_byte_is_noticed() -> None:
    name, body = seal("secret", "x").split(".")
    other = "A" if body[20] != "A" else "B"

    with pytest.raises(CannotOpen):
        open_sealed(f"{name}.{body[:20]}{other}{body[21:]}", "x")


@pytest.mark.django_db
def test_a_sealed_column_holds_nothing_readable() -> None:
    carrier = Carrier.objects.create(code="sf", name="SF", account='{"key": "hush"}')

    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM orders_carrier")
        (stored,) = cursor.fetchone()
    assert "hush" not in stored
    carrier.refresh_from_db()
    assert carrier.account == '{"key": "hush"}'
    assert Carrier.objects.create(code="own", name="Own").account == ""
