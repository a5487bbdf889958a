import pytest

from customers.addresses import add_address
from customers.contacts import add_contact
from customers.edit import edit_customer
from customers.models import Address, Contact, Customer, CustomerEvent, CustomerIdentity
from oms.errors import NotPossible
from orders.desk.edit import edit_order
from orders.models import Order, OrderEvent, OrderSearch
from orders.people.erase import erase_customer
from orders.people.merge import merge_customers, unmerge_customers
from tests.fixtures import flow
from tests.people.conftest import Buy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def close_all() -> None:
    for order in Order.objects.all():
        flow.cancel(order)


def test_an_open_order_keeps_the_person(ours, clerk):
    number = Order.objects.get().number

    with pytest.raises(NotPossible, match=number):
        erase_customer(ours.pk, actor=clerk)

    assert Customer.objects.get(pk=ours.pk).phone == "13900000001"


def test_nothing_names_the_person_any_more(ours, clerk):
    order = Order.objects.get()
    edit_order(order.pk, version=1, changes={"ship_street": "青年路 9 号"}, actor=clerk)
    add_contact(ours.pk, {"name": "Ms Li"}, actor=clerk)
    add_address(ours.pk, {"name": "A", "street": "S"}, actor=clerk)
    edit_customer(ours.pk, version=1, changes={"note": "lives upstairs"}, actor=clerk)
    close_all()

    assert erase_customer(ours.pk, actor=clerk) == 1

    now = Customer.objects.get(pk=ours.pk)
    assert (now.name, now.phone, now.note, now.tags) == (f"#{ours.pk}", "", "", [])
    assert now.erased_at
    order = flow.fresh(order)
    assert (order.customer_name, order.ship_name, order.ship_phone, order.ship_street) == ("",) * 4
    assert (order.ship_province, order.customer_id) == ("浙江省", ours.pk)
    assert order.total_amount == 10
    search = OrderSearch.objects.get()
    assert (search.names, search.grams, search.phone_tail) == ("", [], "")
    for model in (Contact, Address, CustomerIdentity):
        assert not model.objects.exists()
    told = str(list(CustomerEvent.objects.values_list("data"))) + str(
        list(OrderEvent.objects.values_list("data"))
    )
    assert not any(word in told for word in ("Ms Li", "upstairs", "青年路", "李娜"))


def test_that_it_happened_is_told_on_both(ours, clerk):
    close_all()

    erase_customer(ours.pk, actor=clerk)

    assert CustomerEvent.objects.filter(customer=ours, kind="erased", actor=clerk).count() == 1
    assert OrderEvent.objects.filter(kind="anonymised").count() == 1


def test_by_the_phone_somebody_new_is_met(ours, buy: Buy, clerk):
    close_all()
    erase_customer(ours.pk, actor=clerk)

    assert buy("13900000001").customer_id != ours.pk


def test_the_erased_is_changed_no_more(ours, clerk):
    close_all()
    erase_customer(ours.pk, actor=clerk)

    with pytest.raises(NotPossible, match="erased"):
        erase_customer(ours.pk, actor=clerk)
    with pytest.raises(NotPossible, match="erased"):
        add_contact(ours.pk, {"name": "x"}, actor=clerk)


def test_who_was_merged_in_is_forgotten_too(ours, theirs, clerk):
    done = merge_customers(ours.pk, theirs.pk, choice={"name": "take"}, actor=clerk)
    close_all()

    erase_customer(ours.pk, actor=clerk)

    assert Customer.objects.get(pk=theirs.pk).name == f"#{theirs.pk}"
    with pytest.raises(NotPossible, match="erased"):
        unmerge_customers(done.pk, actor=clerk)


def test_the_page_asks_first(ours, signed_in, manager):
    browser = signed_in(manager)
    address = f"/customers/{ours.pk}/erase/"
    number = Order.objects.get().number

    assert number in browser.get(address).content.decode()
    assert browser.post(address)["Location"] == address
    close_all()
    assert browser.post(address)["Location"] == f"/customers/{ours.pk}/"

    assert "Personal data erased" in browser.get(f"/customers/{ours.pk}/").content.decode()
