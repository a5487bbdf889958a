import pytest

from customers.addresses import add_address
from customers.block import block_customer
from customers.contacts import add_contact
from customers.edit import edit_customer
from customers.models import Address, Contact, Customer, CustomerEvent, CustomerIdentity
from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from oms.search import grams
from orders.models import Order, Return
from orders.people.merge import merge_customers
from tests.people.conftest import Buy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def fresh(customer: Customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def address(customer: Customer, *, is_default: bool) -> Address:
    values = {"name": "A", "street": "S", "is_default": is_default}
    return add_address(customer.pk, values, actor=None)


def test_everything_goes_over_to_the_survivor(ours, theirs, web, clerk):
    contact = add_contact(theirs.pk, {"name": "Ms Li"}, actor=None)
    given_back = Return.objects.create(
        channel=web, external_no="C-9", customer=theirs, currency="CNY", amount=1,
        happened_at=theirs.created_at,
    )  # fmt: skip
    orders = list(Order.objects.filter(customer=theirs).order_by("pk").values_list("pk", flat=True))

    merge = merge_customers(ours.pk, theirs.pk, choice={}, actor=clerk)

    assert (merge.order_ids, merge.return_ids) == (orders, [given_back.pk])
    assert Order.objects.filter(customer=ours).count() == 3
    assert Contact.objects.get(pk=contact.pk).customer_id == ours.pk
    keys = set(CustomerIdentity.objects.filter(customer=ours).values_list("key", flat=True))
    assert keys == {"phone:13900000001", "phone:13900000002"}
    assert fresh(theirs).merged_into_id == ours.pk


def test_new_orders_of_the_merged_one_are_the_survivors(ours, theirs, buy: Buy):
    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    assert buy("13900000002").customer_id == ours.pk


def test_what_an_old_order_says_of_its_buyer_stays(ours, theirs):
    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    names = Order.objects.order_by("pk").values_list("customer_name", flat=True)
    assert list(names) == ["李娜", "李 娜", "李 娜"]


def test_each_field_is_kept_taken_or_joined(ours, theirs):
    Customer.objects.filter(pk=ours.pk).update(tags=["VIP"], note="calls", email="a@example.com")
    Customer.objects.filter(pk=theirs.pk).update(tags=["VIP", "slow"], note="pays late")
    choice = {"name": "take", "phone": "take", "tags": "both", "note": "both", "email": "keep"}

    merge = merge_customers(ours.pk, theirs.pk, choice=choice, actor=None)

    now = fresh(ours)
    assert (now.name, now.phone, now.email) == ("李 娜", "13900000002", "a@example.com")
    assert (now.tags, now.note) == (["VIP", "slow"], "calls\npays late")
    assert now.search_grams == grams("李 娜")
    assert merge.fields["tags"] == [["VIP"], ["VIP", "slow"]]


@pytest.mark.parametrize("choice", [{"name": "both"}, {"level": "x"}, {"version": "take"}])
def test_a_choice_that_is_none_is_refused(ours, theirs, choice):
    with pytest.raises(InvalidInput):
        merge_customers(ours.pk, theirs.pk, choice=choice, actor=None)

    assert fresh(theirs).merged_into_id is None


def test_both_have_an_event_that_names_the_other(ours, theirs, clerk: User):
    merge_customers(ours.pk, theirs.pk, choice={"name": "take"}, actor=clerk)

    rows = CustomerEvent.objects.order_by("pk").values_list("customer", "kind", "data__about")
    assert list(rows) == [
        (ours.pk, "merged_in", f"李 娜 (#{theirs.pk})"),
        (theirs.pk, "merged_away", f"李娜 (#{ours.pk})"),
    ]


def test_of_two_default_addresses_the_survivors_stays(ours, theirs):
    mine, yours = address(ours, is_default=True), address(theirs, is_default=True)

    merge = merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    found = dict(Address.objects.filter(customer=ours).values_list("pk", "is_default"))
    assert found == {mine.pk: True, yours.pk: False}
    assert merge.default_address_id == yours.pk


def test_an_only_default_address_stays_one(ours, theirs):
    yours = address(theirs, is_default=True)

    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    assert Address.objects.get(customer=ours, is_default=True).pk == yours.pk


@pytest.mark.parametrize("who", ["ours", "theirs"])
def test_a_block_of_either_one_stays(ours, theirs, who):
    block_customer({"ours": ours, "theirs": theirs}[who].pk, "Refuses parcels", actor=None)

    merge_customers(ours.pk, theirs.pk, choice={"level": "keep"}, actor=None)

    now = fresh(ours)
    assert (now.level, now.blocked_reason) == ("blocked", "Refuses parcels")


def test_a_customer_is_not_merged_with_itself(ours):
    with pytest.raises(NotPossible, match="two different customers"):
        merge_customers(ours.pk, ours.pk, choice={}, actor=None)


def test_nobody_is_merged_twice(ours, theirs, buy: Buy):
    third = buy("13900000003").customer_id
    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    with pytest.raises(NotPossible, match=f"merged into number {ours.pk} already"):
        merge_customers(third, theirs.pk, choice={}, actor=None)
    with pytest.raises(NotPossible, match=f"merged into number {ours.pk} already"):
        merge_customers(theirs.pk, third, choice={}, actor=None)


def test_who_changed_since_they_were_looked_at_is_not_merged(ours, theirs):
    edit_customer(theirs.pk, version=1, changes={"note": "new"}, actor=None)

    with pytest.raises(Stale):
        merge_customers(ours.pk, theirs.pk, choice={}, seen=(1, 1), actor=None)

    assert Order.objects.filter(customer=theirs).count() == 2


def test_a_merged_customer_is_changed_no_more(ours, theirs):
    merge_customers(ours.pk, theirs.pk, choice={}, actor=None)

    with pytest.raises(NotPossible, match=f"merged into number {ours.pk}"):
        edit_customer(theirs.pk, version=2, changes={"note": "x"}, actor=None)
    with pytest.raises(NotPossible, match=f"merged into number {ours.pk}"):
        add_contact(theirs.pk, {"name": "x"}, actor=None)


def test_the_statements_do_not_grow_with_the_orders(
    ours, theirs, buy: Buy, django_assert_num_queries
):
    for _n in range(5):
        buy("13900000002")

    with django_assert_num_queries(15):
        merge_customers(ours.pk, theirs.pk, choice={}, actor=None)
