"""Finding anything from anywhere, and the counts that keep themselves true."""

import pytest
from django.test import Client

from oms.models import User
from orders.intake.draft import CustomerDraft
from tests.fixtures.company import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client: Client):
    def _ask(user: User, text: str) -> dict[str, list[str]]:
        client.force_login(user)
        groups = client.get("/ui/find/", {"q": text}).json()["groups"]
        return {group["label"]: [hit["label"] for hit in group["hits"]] for group in groups}

    return _ask


def test_each_kind_is_found_by_what_it_is_called(ask, place: Place, clerk: User):
    order = place(customer=CustomerDraft(name="Cupman", phone="13800138077"))

    assert ask(clerk, "cup") == {
        "Orders": [order.number],
        "Goods": ["CUP-1"],
        "Customers": ["Cupman"],
    }


def test_the_tail_of_a_phone_finds_order_and_customer(ask, place: Place, clerk: User):
    order = place()

    assert ask(clerk, "8001") == {"Orders": [order.number], "Customers": ["王小明"]}


def test_what_one_may_not_see_is_not_found(ask, place: Place, packer: User):
    place()

    assert "Customers" not in ask(packer, "王小")


@pytest.mark.parametrize("text", ["", "  ", "\x00", "%", "_", "\\", "x" * 5000])
def test_what_means_nothing_finds_nothing(ask, place: Place, clerk: User, text: str):
    place()

    assert ask(clerk, text) == {}


def test_phones_are_masked(client: Client, place: Place, clerk: User):
    place()
    client.force_login(clerk)

    assert b"13800138001" not in client.get("/ui/find/", {"q": "8001"}).content


def test_counts_are_those_of_the_navigation(client: Client, place: Place, manager: User):
    place()
    client.force_login(manager)

    assert client.get("/ui/counts/").json() == {"/review/": 1}


def test_counts_that_did_not_change_are_not_sent_again(client: Client, manager: User):
    client.force_login(manager)
    tag = client.get("/ui/counts/").headers["ETag"]

    assert client.get("/ui/counts/", headers={"if-none-match": tag}).status_code == 304
