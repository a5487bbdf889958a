from datetime import timedelta

import pytest
from django.utils import timezone

from customers.addresses import add_address
from customers.block import block_customer, unblock_customer
from customers.contacts import add_contact, remove_contact
from customers.edit import edit_customer
from customers.models import Address, Contact, Customer, CustomerEvent, CustomerMerge
from oms.errors import NotPossible
from orders.models import Order
from orders.people.merge import merge_customers, unmerge_customers
from tests.people.conftest import Buy, customer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

SHOWN = (
    "pk", "name", "phone", "level", "tags", "note", "merged_into", "blocked_reason", "search_grams",
)  # fmt: skip


def state() -> dict[str, list[object]]:
    """Whose everything is, and what the customers say."""
    return {
        "customers": list(Customer.objects.order_by("pk").values(*SHOWN)),
        "orders": list(Order.objects.order_by("pk").values_list("pk", "customer")),
        "contacts": list(Contact.objects.order_by("pk").values_list("pk", "customer")),
        "addresses": list(
            Address.objects.order_by("pk").values_list("pk", "customer", "is_default")
        ),
    }


def merge(survivor: Customer, merged: Customer, **choice: str) -> CustomerMerge:
    return merge_customers(survivor.pk, merged.pk, choice=choice, actor=None)


def test_undone_it_is_exactly_as_before(ours, theirs, clerk):
    for customer in (ours, theirs):
        add_contact(customer.pk, {"name": "A"}, actor=None)
        values = {"name": "A", "street": "S", "is_default": True}
        add_address(customer.pk, values, actor=None)
    block_customer(theirs.pk, "Refuses parcels", actor=None)
    before = state()
    done = merge(ours, theirs, name="take", phone="take", tags="both", note="both")
    assert state() != before

    unmerge_customers(done.pk, actor=clerk)

    assert state() == before
    kinds = CustomerEvent.objects.filter(kind="unmerged").order_by("pk").values_list("customer")
    assert list(kinds) == [(ours.pk,), (theirs.pk,)]


def test_orders_placed_since_stay_with_the_survivor(ours, theirs, buy: Buy):
    done = merge(ours, theirs)
    since = buy("13900000002")

    unmerge_customers(done.pk, actor=None)

    assert Order.objects.get(pk=since.pk).customer_id == ours.pk
    assert Order.objects.filter(customer=theirs).count() == 2
    assert buy("13900000002").customer_id == theirs.pk


def test_what_was_changed_since_stays_changed(ours, theirs):
    gone = add_contact(theirs.pk, {"name": "A"}, actor=None)
    done = merge(ours, theirs, name="take", phone="take")
    version = Customer.objects.get(pk=ours.pk).version
    edit_customer(ours.pk, version=version, changes={"name": "李大娜"}, actor=None)
    remove_contact(ours.pk, gone.pk, actor=None)

    unmerge_customers(done.pk, actor=None)

    now = Customer.objects.get(pk=ours.pk)
    assert (now.name, now.phone) == ("李大娜", "13900000001")
    assert not Contact.objects.exists()


def test_a_block_that_was_renewed_since_stays_whole(ours, theirs):
    block_customer(theirs.pk, "Refuses parcels", actor=None)
    done = merge(ours, theirs)
    unblock_customer(ours.pk, actor=None)
    block_customer(ours.pk, "Owes us", actor=None)

    unmerge_customers(done.pk, actor=None)

    now = Customer.objects.get(pk=ours.pk)
    assert (now.level, now.blocked_reason) == ("blocked", "Owes us")


def test_it_is_undone_once(ours, theirs):
    done = merge(ours, theirs)
    unmerge_customers(done.pk, actor=None)

    with pytest.raises(NotPossible, match="undone already"):
        unmerge_customers(done.pk, actor=None)


@pytest.mark.parametrize(("seconds", "may"), [(-60, True), (60, False)])
def test_for_thirty_days(ours, theirs, seconds, may):
    done = merge(ours, theirs)
    at = timezone.now() - timedelta(days=30, seconds=seconds)
    CustomerMerge.objects.filter(pk=done.pk).update(merged_at=at)

    if may:
        unmerge_customers(done.pk, actor=None)
    else:
        with pytest.raises(NotPossible, match="30 days"):
            unmerge_customers(done.pk, actor=None)

    assert Order.objects.filter(customer=theirs).count() == (2 if may else 0)


def test_a_chain_is_undone_from_its_end(ours, theirs, buy: Buy):
    before = state()
    third = customer_of(buy("13900000003", "Third"))
    whole = state()
    first, second = merge(ours, theirs, name="take"), merge(third, ours, name="take")
    assert Order.objects.filter(customer=third).count() == 4
    assert buy("13900000002").customer_id == third.pk

    with pytest.raises(NotPossible, match=f"itself merged into number {third.pk}"):
        unmerge_customers(first.pk, actor=None)
    unmerge_customers(second.pk, actor=None)
    unmerge_customers(first.pk, actor=None)

    assert state()["customers"] == whole["customers"]
    assert state()["orders"][: len(before["orders"])] == before["orders"]


def test_of_two_merges_the_later_one_is_undone_first(ours, theirs, buy: Buy):
    third = customer_of(buy("13900000003", "Third"))
    before = state()
    first, second = merge(ours, theirs, phone="take"), merge(ours, third, phone="take")

    with pytest.raises(NotPossible, match="Third was merged in later"):
        unmerge_customers(first.pk, actor=None)
    unmerge_customers(second.pk, actor=None)
    unmerge_customers(first.pk, actor=None)

    assert state() == before


def test_who_was_given_back_can_be_merged_again(ours, theirs):
    unmerge_customers(merge(ours, theirs).pk, actor=None)

    merge(theirs, ours)

    assert Order.objects.filter(customer=theirs).count() == 3
