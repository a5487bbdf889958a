import pytest
from django.test import Client

from orders import pipeline
from orders.models import ReviewRule
from tests.fixtures import flow

pytestmark = pytest.mark.django_db

ADD = "/admin/orders/reviewrule/add/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def rule() -> ReviewRule:
    made = ReviewRule.objects.create(name="Large", outcome="hold", reason="large order")
    made.conditions.create(field="total", operator="gte", value="2000")
    return made


def rule_form(*conditions: tuple[str, str, str], kept: int | None = None) -> dict[str, object]:
    """The form of a rule; `kept` is the id of its first condition when that exists already."""
    form: dict[str, object] = {
        "name": "Large", "outcome": "hold", "reason": "large order", "is_active": "on",
        "conditions-TOTAL_FORMS": len(conditions), "conditions-INITIAL_FORMS": int(bool(kept)),
    }  # fmt: skip
    for at, (field, operator, value) in enumerate(conditions):
        form |= {
            f"conditions-{at}-field": field,
            f"conditions-{at}-operator": operator,
            f"conditions-{at}-value": value,
        }
    if kept:
        form["conditions-0-id"] = kept
    return form


def change(client: Client, rule: ReviewRule, form: dict[str, object]) -> int:
    """Send the form; gives the rule's version afterwards."""
    client.post(f"/admin/orders/reviewrule/{rule.pk}/change/", form)
    rule.refresh_from_db()
    return rule.version


def test_a_rule_is_made_of_conditions(client) -> None:
    client.post(ADD, rule_form(("total", "gte", "2000"), ("province", "in", "西藏,新疆")))

    rule = ReviewRule.objects.get()
    assert [str(one) for one in rule.conditions.all()] == [
        "Order total is at least 2000",
        "Province is one of (comma between) 西藏,新疆",
    ]
    assert rule.version == 1


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (("total", "gte", "a lot"), "Give a number, for example 500 or 99.90."),
        (("total", "gte", ""), "Give the value to compare with."),
        (("total", "contains", "5"), "This field cannot be compared that way"),
        (("note", "gt", "5"), "This field cannot be compared that way"),
        (("total", "gte", "NaN"), "Give a number"),
        (("weather", "eq", "5"), "Select a valid choice."),
    ],
)
def test_a_condition_that_cannot_be_is_refused_in_words(client, condition, words) -> None:
    page = client.post(ADD, rule_form(condition))

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not ReviewRule.objects.exists()


def test_a_rule_without_conditions_is_refused(client) -> None:
    page = client.post(ADD, rule_form())

    assert "Add at least one condition" in page.content.decode()
    assert not ReviewRule.objects.exists()


def test_the_last_condition_is_not_taken_away(client, rule) -> None:
    kept = rule.conditions.get().pk
    form = rule_form(("total", "gte", "2000"), kept=kept) | {"conditions-0-DELETE": "on"}

    assert change(client, rule, form) == 1
    assert rule.conditions.count() == 1


def test_a_changed_condition_makes_a_new_version(client, rule) -> None:
    kept = rule.conditions.get().pk

    assert change(client, rule, rule_form(("total", "gte", "3000"), kept=kept)) == 2
    assert rule.conditions.get().value == "3000"


def test_a_changed_outcome_makes_a_new_version(client, rule) -> None:
    kept = rule.conditions.get().pk
    form = rule_form(("total", "gte", "2000"), kept=kept) | {"outcome": "approve"}

    assert change(client, rule, form) == 2


def test_a_save_without_a_change_keeps_the_version(client, rule) -> None:
    kept = rule.conditions.get().pk

    assert change(client, rule, rule_form(("total", "gte", "2000"), kept=kept)) == 1


def test_the_list_reads_as_sentences_in_few_queries(
    client, rule, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8):
        page = client.get("/admin/orders/reviewrule/")

    assert "Order total is at least 2000" in page.content.decode()


def test_an_auditor_changes_no_rule(signed_in, auditor, rule) -> None:
    client = signed_in(auditor)
    address = f"/admin/orders/reviewrule/{rule.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, rule_form(("total", "gte", "1"))).status_code == 403
    assert rule.conditions.get().value == "2000"


def test_orders_left_to_a_person_are_looked_at_again_when_a_rule_is_made(client, place) -> None:
    order = place()
    pipeline.advance()
    assert flow.fresh(order).reason_code == "no_rule"

    client.post(ADD, rule_form(("total", "gte", "1")))

    assert flow.fresh(order).reason_code == "awaiting_review"
