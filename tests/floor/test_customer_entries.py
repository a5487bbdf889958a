"""Contacts and addresses on the customer page, and the history that every change leaves."""

from typing import Any

import pytest

from customers.addresses import add_address, change_address
from customers.contacts import add_contact, change_contact
from customers.edit import edit_customer
from customers.models import Address, Contact, Customer, CustomerEvent
from oms.errors import InvalidInput, Stale
from oms.search import grams

pytestmark = pytest.mark.django_db

CONTACT = {"name": "李娜", "role": "采购", "phone": "139 0000 0001", "email": "li@example.com"}
ADDRESS = {
    "name": "李娜", "phone": "", "country": "cn", "province": "浙江省", "city": "杭州市",
    "district": "", "street": "文三路 1 号", "postcode": "",
}  # fmt: skip


@pytest.fixture
def customer() -> Customer:
    made = Customer.objects.create(name="王小明", search_grams=grams("王小明"))
    return Customer.objects.get(pk=made.pk)


@pytest.fixture
def base(customer) -> str:
    return f"/customers/{customer.pk}"


def kinds() -> list[tuple[str, str]]:
    return list(CustomerEvent.objects.order_by("pk").values_list("kind", "actor_name"))


def touched(shown: dict[str, str], **typed: str) -> dict[str, str]:
    """A change form as it was shown, with what somebody typed over it."""
    return {f"initial-{name}": value for name, value in shown.items()} | shown | typed


def test_a_contact_is_added_once_though_sent_twice(base, signed_in, clerk) -> None:
    client = signed_in(clerk)

    for _time in range(2):
        client.post(f"{base}/contacts/", CONTACT | {"form_key": "form:1"})

    contact = Contact.objects.get()
    assert (contact.name, contact.role, contact.phone) == ("李娜", "采购", "13900000001")
    assert kinds() == [("contact_added", clerk.display_name)]


def test_an_address_that_becomes_the_default_takes_the_place_of_the_old_one(
    base, signed_in, clerk
) -> None:
    client = signed_in(clerk)

    client.post(f"{base}/addresses/", ADDRESS | {"is_default": "on", "form_key": "form:1"})
    client.post(
        f"{base}/addresses/",
        ADDRESS | {"street": "学院路 2 号", "is_default": "on", "form_key": "form:2"},
    )

    found = Address.objects.order_by("pk").values_list("street", "country", "is_default")
    assert list(found) == [("文三路 1 号", "CN", False), ("学院路 2 号", "CN", True)]


def test_only_what_was_touched_is_changed(customer, base, signed_in, clerk) -> None:
    contact = add_contact(customer.pk, CONTACT | {"phone": "1"}, actor=None)
    shown = CONTACT | {"phone": "1"}
    change_contact(customer.pk, contact.pk, {"role": "经理"}, was={"role": "采购"}, actor=None)

    answer = signed_in(clerk).post(f"{base}/contacts/{contact.pk}/", touched(shown, phone="2"))

    contact.refresh_from_db()
    assert (answer["Location"], contact.phone, contact.role) == (f"{base}/", "2", "经理")
    assert CustomerEvent.objects.latest("pk").data["changes"] == {"phone": ["1", "2"]}


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    customer, base, signed_in, clerk
) -> None:
    contact = add_contact(customer.pk, {"name": "李娜", "role": "采购"}, actor=None)
    shown = {"name": "李娜", "role": "采购", "phone": "", "email": ""}
    change_contact(customer.pk, contact.pk, {"role": "经理"}, was={"role": "采购"}, actor=None)

    page = signed_in(clerk).post(f"{base}/contacts/{contact.pk}/", touched(shown, role="财务"))

    assert page.status_code == 409
    assert "Somebody changed this while you were writing." in page.content.decode()
    contact.refresh_from_db()
    assert contact.role == "经理"


def test_an_address_is_changed_and_stops_being_the_default(
    customer, base, signed_in, clerk
) -> None:
    address = add_address(customer.pk, ADDRESS | {"country": "CN", "is_default": True}, actor=None)
    shown = ADDRESS | {"country": "CN", "is_default": "True"}
    typed = touched(shown, street="学院路 2 号")
    del typed["is_default"]

    signed_in(clerk).post(f"{base}/addresses/{address.pk}/", typed)

    address.refresh_from_db()
    assert (address.street, address.is_default) == ("学院路 2 号", False)
    assert CustomerEvent.objects.latest("pk").data["changes"] == {
        "street": ["文三路 1 号", "学院路 2 号"], "is_default": [True, False],
    }  # fmt: skip


@pytest.mark.parametrize("entry", ["contacts", "addresses"])
def test_removing_keeps_what_was_there_in_the_history(
    customer, base, signed_in, administrator, entry
) -> None:
    made = {
        "contacts": lambda: add_contact(customer.pk, CONTACT, actor=None),
        "addresses": lambda: add_address(customer.pk, ADDRESS | {"country": "CN"}, actor=None),
    }[entry]()

    signed_in(administrator).post(f"{base}/{entry}/{made.pk}/remove/")

    event = CustomerEvent.objects.latest("pk")
    assert event.kind.endswith("_removed")
    assert (event.actor, event.data["values"]["name"]) == (administrator, "李娜")
    assert not Contact.objects.exists()
    assert not Address.objects.exists()


@pytest.mark.parametrize("entry", ["contacts", "addresses"])
def test_without_the_right_nothing_changes(customer, base, signed_in, reviewer, entry) -> None:
    contact = add_contact(customer.pk, {"name": "A"}, actor=None)
    address = add_address(customer.pk, {"name": "A", "street": "S"}, actor=None)
    made = {"contacts": contact, "addresses": address}[entry]
    client = signed_in(reviewer)

    answers = [
        client.post(f"{base}/{entry}/", CONTACT | ADDRESS).status_code,
        client.post(f"{base}/{entry}/{made.pk}/", CONTACT | ADDRESS).status_code,
        client.post(f"{base}/{entry}/{made.pk}/remove/").status_code,
    ]

    assert answers == [403, 403, 403]
    assert (Contact.objects.get().name, Address.objects.get().name) == ("A", "A")


@pytest.mark.parametrize("entry", ["contacts", "addresses"])
def test_an_entry_of_another_customer_is_not_found(
    customer, base, signed_in, administrator, entry
) -> None:
    other = Customer.objects.create(name="B")
    contact = add_contact(other.pk, {"name": "A"}, actor=None)
    address = add_address(other.pk, {"name": "A", "street": "S"}, actor=None)
    made = {"contacts": contact, "addresses": address}[entry]
    client = signed_in(administrator)

    assert client.post(f"{base}/{entry}/{made.pk}/", CONTACT | ADDRESS).status_code == 404
    assert client.post(f"{base}/{entry}/{made.pk}/remove/").status_code == 404
    assert (Contact.objects.get().name, Address.objects.get().name) == ("A", "A")


def test_removing_is_not_done_by_opening_an_address(customer, base, signed_in, administrator):
    contact = add_contact(customer.pk, {"name": "A"}, actor=None)

    answer = signed_in(administrator).get(f"{base}/contacts/{contact.pk}/remove/")

    assert (answer.status_code, Contact.objects.count()) == (405, 1)


@pytest.mark.parametrize(
    ("entry", "typed", "words"),
    [
        ("contacts", CONTACT | {"name": ""}, "This field is required."),
        ("contacts", CONTACT | {"email": "nobody"}, "Enter a valid email address."),
        ("contacts", CONTACT | {"role": "a\x07"}, "Remove the control character from this text."),
        ("addresses", ADDRESS | {"street": ""}, "This field is required."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_saved(
    base, signed_in, clerk, entry, typed, words
) -> None:
    page = signed_in(clerk).post(f"{base}/{entry}/", typed)

    assert (page.status_code, CustomerEvent.objects.count()) == (422, 0)
    assert words in page.content.decode()


def test_the_verbs_refuse_what_no_form_would_send(customer) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_contact(customer.pk, {"id": 1, "email": "x", "phone": "1" * 41}, actor=None)

    codes = [(one.field, one.code) for one in caught.value.errors]
    assert codes == [
        ("name", "empty"), ("id", "read_only"), ("email", "malformed"), ("phone", "too_long"),
    ]  # fmt: skip


def test_a_stale_default_of_an_address_is_told(customer) -> None:
    address = add_address(customer.pk, {"name": "A", "street": "S"}, actor=None)

    with pytest.raises(Stale):
        change_address(customer.pk, address.pk, {"street": "T"}, was={"street": "R"}, actor=None)


def test_the_page_tells_who_changed_what(customer, base, signed_in, clerk) -> None:
    edit_customer(customer.pk, version=1, changes={"note": "calls", "tags": ["VIP"]}, actor=clerk)
    add_contact(customer.pk, {"name": "李娜"}, actor=None)

    added, edited = signed_in(clerk).get(f"{base}/").context["timeline"]

    assert (added.text, added.kind, added.detail) == ("Contact added", "system", "李娜")
    assert (edited.text, edited.actor) == ("Changed", clerk.display_name)
    assert edited.detail == "note: – → calls · tags: – → VIP"


def test_a_save_without_a_change_leaves_no_event(customer) -> None:
    edit_customer(customer.pk, version=1, changes={"note": ""}, actor=None)

    assert kinds() == []


def open_forms(client: Any, base: str) -> str:
    return str(client.get(f"{base}/").content.decode())


def test_the_forms_are_there_for_those_who_may(base, signed_in, clerk, reviewer) -> None:
    assert "Add a contact" in open_forms(signed_in(clerk), base)
    assert "Add a contact" not in open_forms(signed_in(reviewer), base)
