import pytest
from django.utils import timezone

from customers.block import block_customer
from customers.comment import comment_on
from customers.models import ContactView, Customer, CustomerEvent
from oms.models import User
from orders import pipeline
from orders.models import Order
from orders.people.merge import merge_customers
from tests.fixtures import flow
from tests.fixtures.rules import rule
from tests.people.conftest import Buy

pytestmark = pytest.mark.django_db


def page(browser, customer: Customer, query: str = ""):
    return browser.get(f"/customers/{customer.pk}/{query}")


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_figures_tell_spending_returns_and_what_is_unpaid(ours, buy: Buy, signed_in, clerk):
    flow.pay(buy("13900000001", pieces=3), 10)
    flow.cancel(buy("13900000001", pieces=9))

    history = page(signed_in(clerk), ours).context["history"]

    assert (history.order_count, history.return_percent, history.returned) == (3, 0, 0)
    assert [(one.orders, one.amount) for one in history.spent] == [(2, 40)]
    assert [(one.orders, one.amount) for one in history.unpaid] == [(2, 30)]


def test_an_order_that_came_back_counts_in_the_return_rate(busy_company, signed_in, clerk):
    customer = Customer.objects.get(pk=busy_company["done"].customer_id)
    busy_company["done"].lines.get().return_lines.get().document.__class__.objects.update(
        customer=customer
    )

    history = page(signed_in(clerk), customer).context["history"]

    assert (history.order_count, history.returned, history.return_percent) == (5, 1, 25)


def test_who_may_not_see_money_or_returns_gets_no_figures_of_them(ours, make_user, signed_in):
    person = make_user("reviewer")
    person.groups.get().permissions.filter(codename__in=["view_payment", "view_return"]).delete()

    text = words(page(signed_in(User.objects.get(pk=person.pk)), ours))

    assert "unpaid" not in text
    assert "return rate" not in text


def test_a_bar_leads_to_the_orders_it_counts(ours, buy: Buy, signed_in, clerk):
    old = buy("13900000001")
    Order.objects.filter(pk=old.pk).update(placed_at=timezone.now() - timezone.timedelta(days=70))
    browser = signed_in(clerk)

    response = page(browser, ours)

    columns = [bar.column for bar in response.context["chart"].bars]
    with_orders = [column for column in columns if column.values != (0,)]
    assert [column.values for column in with_orders] == [(1,), (1,)]
    assert [column.is_open for column in columns] == [False] * 11 + [True]
    first = browser.get(with_orders[0].url)
    assert [one.number for one in first.context["history"].orders] == [old.number]


@pytest.mark.parametrize("month", ["2001-01", "x", "%00", "9999-12"])
def test_a_month_that_makes_no_sense_shows_all_orders(ours, signed_in, clerk, month):
    response = page(signed_in(clerk), ours, f"?month={month}")

    assert len(response.context["history"].orders) == 1


def test_orders_go_on_page_by_page(ours, buy: Buy, signed_in, clerk):
    for _n in range(55):
        buy("13900000001")
    browser = signed_in(clerk)

    first = page(browser, ours).context["history"]
    second = browser.get(f"/customers/{ours.pk}/{first.pager.next_url}").context["history"]

    assert (len(first.orders), len(second.orders)) == (50, 6)
    assert not second.pager.next_url


@pytest.mark.parametrize("role", ["clerk", "manager"])
def test_the_queries_do_not_grow(
    ours, buy: Buy, users, signed_in, django_assert_max_num_queries, role
):
    for _n in range(5):
        buy("13900000001")
    comment_on(ours.pk, "calls", actor=None)
    browser = signed_in(users[role])

    with django_assert_max_num_queries(13 if role == "manager" else 12):
        page(browser, ours)


def test_a_look_at_the_phone_is_noted_once_a_day(ours, signed_in, clerk, manager):
    browser = signed_in(clerk)

    for _look in range(3):
        assert "13900000001" in words(page(browser, ours))
    number = Order.objects.get().number
    browser.get(f"/orders/{number}/")

    assert list(ContactView.objects.values_list("customer", "user")) == [(ours.pk, clerk.pk)]
    assert page(signed_in(manager), ours).context["views"][-1][0] == clerk.display_name


def test_without_the_right_phones_are_masked_and_no_look_is_noted(
    ours, signed_in, accountant, clerk
):
    browser = signed_in(accountant)

    for address in (f"/customers/{ours.pk}/", f"/orders/{Order.objects.get().number}/"):
        text = words(browser.get(address))
        assert "****" in text
        assert not any(phone in text for phone in ("13900000001", "13800138001"))
    assert not ContactView.objects.exists()


def test_the_order_page_shows_the_customer_in_short(ours, buy: Buy, signed_in, clerk):
    others = [buy("13900000001") for _n in range(4)]
    comment_on(ours.pk, "Parcel came broken", is_complaint=True, actor=clerk)
    block_customer(ours.pk, "Refuses parcels", actor=clerk)

    response = signed_in(clerk).get(f"/orders/{others[-1].number}/")

    card = response.context["card"]
    assert (card.figures.orders, card.figures.unpaid[0].amount) == (5, 50)
    assert [one.number for one in card.others] == [one.number for one in others[2::-1]]
    assert [(one.text, one.is_complaint) for one in card.said] == [("Parcel came broken", True)]
    assert "The customer is blocked: Refuses parcels" in words(response)


def test_the_panel_is_not_for_the_warehouse(ours, signed_in, packer):
    assert signed_in(packer).get(f"/orders/{Order.objects.get().number}/").context["card"] is None


def test_the_new_order_is_filled_in_and_tells_of_a_block(ours, signed_in, clerk):
    block_customer(ours.pk, "Refuses parcels", actor=clerk)

    response = signed_in(clerk).get(f"/orders/new/?customer={ours.pk}")

    initial = response.context["form"].initial
    assert (initial["customer_name"], initial["customer_phone"]) == ("李娜", "13900000001")
    assert "李娜 is blocked: Refuses parcels" in words(response)
    assert signed_in(clerk).get("/orders/new/?customer=x").status_code == 404


def test_a_rule_can_ask_whether_the_customer_is_blocked(ours, buy: Buy):
    rule("hold", ("blocked_reason", "filled", ""), reason="Blocked")
    block_customer(ours.pk, "Refuses parcels", actor=None)
    blocked, other = buy("13900000001"), buy("13900000009")

    pipeline.advance()

    assert flow.fresh(blocked).status == "on_hold"
    assert flow.fresh(other).status == "pending_review"


def test_a_merged_customer_leads_to_the_survivor(ours, theirs, signed_in, clerk):
    merge_customers(ours.pk, theirs.pk, choice={}, actor=clerk)
    browser = signed_in(clerk)

    text = words(page(browser, theirs))

    assert "Merged into another customer" in text
    assert f'href="/customers/{ours.pk}/"' in text
    assert "Merged into this customer:" in words(page(browser, ours))
    names = [row.pk for row in browser.get("/customers/").context["rows"]]
    assert names == [ours.pk]
    assert CustomerEvent.objects.count() == 2
