"""Every page and button × every role × {own, foreign, absent}: the answer is the table's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.permissions.row import POST
from tests.permissions.table import WEB
from tests.permissions.world import ABSENT, LETTERS, state

pytestmark = pytest.mark.django_db

# A page is the same for what is foreign and what is absent, but for what the reader typed and the
# tokens that are new on every page.
_PERSONAL = re.compile(rb'value="\w{64}"|"X-CSRFToken": "\w{64}"|nonce="[^"]*"')


def _ask(client, row, thing):
    url = reverse(row.name, kwargs={name: getattr(thing, name) for name in row.needs.split()})
    return getattr(client, row.method.lower())(url, row.data(thing))


def _things(row, world):
    """(kind, who asks among the limited or not, thing, the answer to those who may); own comes last"""
    if row.needs or row.data(world.own) != row.data(ABSENT):
        if row.limited:
            yield "foreign", world.limited, world.foreign, row.outside
        yield "absent", world.people, ABSENT, row.outside
    yield "own", world.people, world.own, row.ok


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("row", WEB, ids=str)
def test_the_answer_is_the_tables(row, letter, world):
    may = letter in row.who
    before = state()
    expected, found = {}, {}

    for kind, people, thing, ok in _things(row, world):
        if kind == "own" and may:
            assert state() == before
        expected[kind] = ok if may else 403
        person = people[letter]
        asked = world.own_of(person) if kind == "own" else thing
        found[kind] = _ask(world.browser(person), row, asked).status_code

    assert found == expected
    assert may or state() == before


@pytest.mark.parametrize("row", [row for row in WEB if row.limited and row.needs], ids=str)
def test_what_is_foreign_looks_like_what_is_absent(row, world):
    client = world.browser(world.limited[row.who.strip(".")[0]])

    foreign, absent = (_ask(client, row, thing) for thing in (world.foreign, ABSENT))

    assert _bare(foreign, world.foreign) == _bare(absent, ABSENT)


def _bare(response, thing):
    page = _PERSONAL.sub(b"", response.content)
    for text in (response.request["PATH_INFO"], thing.number, thing.code):
        page = page.replace(text.encode(), b"")
    return response.status_code, page


@pytest.mark.parametrize("row", WEB, ids=str)
def test_somebody_unknown_is_sent_to_log_in(row, world):
    response = _ask(Client(), row, world.own)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")


_READ_TOO = {row.name for row in WEB if row.method != POST}
_ACTS = [row for row in WEB if row.method == POST and row.name not in _READ_TOO]


@pytest.mark.parametrize("row", _ACTS, ids=str)
def test_what_changes_something_refuses_to_be_opened(row, world):
    before = state()
    url = reverse(row.name, kwargs={name: getattr(world.own, name) for name in row.needs.split()})

    found = [
        world.browser(world.people["A"]).get(url).status_code,
        world.browser(world.people["A"]).head(url).status_code,
        Client().get(url).status_code,
    ]

    assert found == [405, 405, 405]
    assert state() == before


@pytest.mark.parametrize("name", ["pick", "pack", "ship", "deliver"])
def test_a_parcel_of_another_order_is_not_found_under_ours(name, world):
    client = world.browser(world.people["M"])

    url = reverse(f"orders:{name}", args=[world.own.number, world.foreign.shipment_id])

    assert client.post(url).status_code == 404
