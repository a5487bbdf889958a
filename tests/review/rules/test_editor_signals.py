"""What makes an order risky, kept in the administration: signals with points, and remote areas."""

import pytest

from orders import pipeline
from orders.review.rules.models import RemoteArea, RiskSignal, RuleChange
from tests.fixtures import flow
from tests.fixtures.rules import rule

pytestmark = pytest.mark.django_db

LIST = "/admin/orders/risksignal/"
ADD = f"{LIST}add/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def form(*rows: tuple[str, str, str], **more: object) -> dict[str, object]:
    sent: dict[str, object] = {"name": "Huge", "points": "60", "is_active": "on"}
    for at, (field, operator, value) in enumerate(rows):
        sent |= {
            f"conditions-{at}-group": "0",
            f"conditions-{at}-field": field,
            f"conditions-{at}-operator": operator,
            f"conditions-{at}-value": value,
        }
    return sent | {"groups-0-needs": "any"} | more


def test_a_signal_is_made_of_rows_and_told_to_the_rules(client):
    client.post(ADD, form(("total", "gte", "20"), ("first_order", "no", ""), ("", "", "")))

    signal = RiskSignal.objects.get()
    assert (signal.name, signal.points) == ("Huge", 60)
    assert signal.kept == {
        "conditions": [
            {"field": "total", "operator": "gte", "value": "20"},
            {"field": "first_order", "operator": "no", "value": ""},
        ],
        "needs": "any",
    }
    assert RuleChange.objects.get().kind == "signals"
    assert "Order total ≥ 20 or" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (form(), "Add at least one condition."),
        (form(("total", "gte", "x")), "Give a number"),
        (form(("risk", "gte", "1")), "the risk is made of signals"),
        (form(("weather", "gte", "1")), "is not known here any more"),
        (form(("total", "gte", "1"), points="0"), "Give points above or below 0"),
        (form(("total", "gte", "1"), points="99999999"), "32767"),
    ],
)
def test_a_signal_that_cannot_be_is_refused_with_its_rows_kept(client, sent, words):
    page = client.post(ADD, sent)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not RiskSignal.objects.exists()


def test_a_rule_upon_the_risk_looks_again_at_what_waits(client, place):
    order = place(("CUP-1", 3))
    rule("hold", ("risk", "gte", "50"))
    pipeline.advance()
    assert flow.fresh(order).status == "pending_review"

    client.post(ADD, form(("total", "gte", "20")))
    pipeline.advance()

    assert flow.fresh(order).status == "on_hold"


def test_a_signal_is_taken_away(client):
    client.post(ADD, form(("total", "gte", "20")))
    pk = RiskSignal.objects.get().pk

    client.post(f"{LIST}{pk}/delete/", {"post": "yes"})

    assert not RiskSignal.objects.exists()
    assert RuleChange.objects.filter(kind="signals").count() == 2


def test_the_rows_follow_their_field(client):
    page = client.post(f"{LIST}preview/", form(("first_order", "gte", "20"), do="add:0"))

    rows = page.context["editor"].groups[0].rows
    assert [(row.condition.field, row.condition.operator) for row in rows] == [
        ("first_order", "yes"),
        ("", ""),
    ]


def test_a_remote_area_is_kept_and_told_to_the_rules(client):
    client.post("/admin/orders/remotearea/add/", {"country": "CN", "province": "西藏自治区"})

    assert str(RemoteArea.objects.get()) == "西藏自治区"
    assert RuleChange.objects.get().note == "西藏自治区"
