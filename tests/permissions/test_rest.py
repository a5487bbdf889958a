"""Every operation of the API × every role × {own, foreign, absent}: the answer is the table's."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.permissions.rest_table import API
from tests.permissions.row import GET
from tests.permissions.world import ABSENT, LETTERS, narrow_token, state

pytestmark = pytest.mark.django_db


def _ask(row, thing, token=""):
    url = reverse(row.name, kwargs={name: getattr(thing, name) for name in row.needs.split()})
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if row.method == GET:
        return Client().get(url, headers=headers)
    body = json.dumps(row.data(thing))
    return Client().generic(row.method, url, body, content_type="application/json", headers=headers)


def _things(row, world):
    """(kind, who asks among the limited or not, thing, the answer to those who may); own comes last"""
    if row.needs or row.data(world.own) != row.data(ABSENT):
        if row.limited:
            yield "foreign", world.limited, world.foreign, row.outside
        yield "absent", world.people, ABSENT, row.outside
    yield "own", world.people, world.own, row.ok


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("row", API, ids=str)
def test_the_answer_is_the_tables(row, letter, world):
    may = letter in row.who
    before = state()
    expected, found = {}, {}

    for kind, people, thing, ok in _things(row, world):
        if kind == "own" and may:
            assert state() == before
        expected[kind] = ok if may else 403
        found[kind] = _ask(row, thing, world.tokens[people[letter].pk]).status_code

    assert found == expected
    assert may or state() == before


@pytest.mark.parametrize("row", API, ids=str)
def test_without_a_token_nothing_is_said(row, world):
    before = state()

    found = [_ask(row, thing).status_code for thing in (world.own, ABSENT)]

    assert found == [401, 401]
    assert state() == before


@pytest.mark.parametrize("row", API, ids=str)
def test_a_token_without_the_scope_is_refused_whatever_the_role(row, world):
    token = narrow_token(world.people["A"], row.scope)

    response = _ask(row, world.own, token)

    assert (response.status_code, response.json()["code"]) == (403, "scope_missing")


@pytest.mark.parametrize("row", [row for row in API if row.limited and row.needs], ids=str)
def test_what_is_foreign_looks_like_what_is_absent(row, world):
    token = world.tokens[world.limited["A"].pk]

    foreign, absent = (_ask(row, thing, token) for thing in (world.foreign, ABSENT))

    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
