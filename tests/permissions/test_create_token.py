import json

import pytest
from django.core.management import CommandError, call_command

from oms.models import ApiToken


def _create(capsys, *arguments):
    call_command("create_token", *arguments)
    return capsys.readouterr().out


def test_the_secret_is_printed_and_only_its_hash_is_kept(clerk, capsys):
    shown = json.loads(
        _create(capsys, "clerk", "--scopes", "orders:read", "orders:write", "--json")
    )

    token = ApiToken.objects.get()
    assert shown == {
        "id": token.pk,
        "user": "clerk",
        "scopes": ["orders:read", "orders:write"],
        "token": shown["token"],
    }
    assert token.digest == ApiToken.digest_of(shown["token"])
    assert shown["token"] not in str(token.__dict__)


def test_scopes_may_be_separated_by_commas(clerk, capsys):
    _create(capsys, "clerk", "--scopes", "stock:read,stock:write", "--name", "Scales")

    assert ApiToken.objects.get().scopes == ["stock:read", "stock:write"]
    assert ApiToken.objects.get().name == "Scales"


def test_an_unknown_scope_is_named_and_nothing_is_created(clerk):
    with pytest.raises(CommandError, match="orders:fly.*Choose from: orders:read"):
        call_command("create_token", "clerk", "--scopes", "orders:fly")

    assert not ApiToken.objects.exists()


def test_an_unknown_or_inactive_user_gets_no_token(clerk):
    clerk.is_active = False
    clerk.save()

    with pytest.raises(CommandError, match="no active user 'clerk'"):
        call_command("create_token", "clerk", "--scopes", "orders:read")
