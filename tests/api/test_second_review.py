"""Second review, limits and forced approval through the API: stable codes, nothing half done."""

import pytest
from django.contrib.auth.models import Group

from orders import pipeline
from orders.models import ApprovalLimit
from tests.api.conftest import create_token, problem
from tests.fixtures.flow import fresh, pay
from tests.fixtures.people import create_user
from tests.fixtures.rules import rule

pytestmark = pytest.mark.usefixtures("holds")


def act(api, order, verb, **body):
    return api.post(f"/orders/{order.number}/actions/{verb}", body or None)


@pytest.fixture
def asked(place):
    rule("second_review", ("total", "gte", "5"), name="Large")
    order = place()
    pipeline.advance()
    return order


@pytest.fixture
def of_role(db):
    return lambda role: create_token(create_user(role, f"{role}-system"))


def test_two_people_approve_one_after_the_other(asked, of_role, manager_api):
    first = act(of_role("reviewer"), asked, "approve").json()
    second = act(of_role("finance"), asked, "approve").json()

    assert (first["status"], second["status"]) == ("pending_review", "approved")


def test_the_refusals_have_codes(asked, of_role, manager_api):
    reviewer = of_role("reviewer")
    act(manager_api, asked, "approve")

    assert problem(act(manager_api, asked, "approve"))[:2] == (409, "second_review_by_another")
    refused = act(reviewer, asked, "approve")
    assert problem(refused)[:2] == (409, "second_review_required")
    assert refused.json()["current"]["status"] == "pending_review"


def test_beyond_a_limit(place, of_role):
    reviewer, order = of_role("reviewer"), place()
    group = Group.objects.get(name="reviewer")
    ApprovalLimit.objects.create(group=group, currency="CNY", max_amount=9)

    assert problem(act(reviewer, order, "approve"))[1] == "over_limit"
    assert fresh(order).status == "pending_review"


def test_a_refund_beyond_the_limit(place, of_role):
    finance, order = of_role("finance"), pay(place(), 10)
    group = Group.objects.get(name="finance")
    ApprovalLimit.objects.create(group=group, currency="CNY", max_refund=1)

    refused = problem(act(finance, order, "pay", method="cash", amount="-2.00"))

    assert refused[1] == "over_limit"
    assert fresh(order).events.filter(kind="paid").count() == 1


def test_a_forced_approval_needs_a_reason(asked, manager_api):
    assert act(manager_api, asked, "force_approve", reason="ok").status_code == 400
    body = act(manager_api, asked, "force_approve", reason="Paid at the counter").json()

    assert body["status"] == "approved"
    assert problem(act(manager_api, asked, "force_approve", reason="Once more"))[1] == (
        "not_possible"
    )


def test_nothing_is_forced_where_nothing_stands_against_it(place, manager_api):
    order = place()
    pipeline.advance()

    refused = problem(act(manager_api, order, "force_approve", reason="For no reason"))

    assert refused[1] == "nothing_against"
