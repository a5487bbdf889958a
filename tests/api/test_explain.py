"""A connected system asks what the rules say of an order."""

import json

import pytest

from orders import pipeline
from tests.fixtures.rules import rule

pytestmark = pytest.mark.django_db


def test_it_tells_decisions_conditions_and_ways(token_for, manager, place):
    held = rule("hold", ("unpaid", "gte", "5"), ("note", "contains", "gift"), name="Owing")
    order = place(note="a gift")
    pipeline.advance()

    told = json.loads(token_for(manager).get(f"/orders/{order.number}/rules").content)

    named = {"id": held.pk, "name": "Owing", "version": 1}
    assert told["now"] == {
        "outcome": "hold", "reason": "because hold", "words": "Rule “Owing” v1 would hold it",
        "rules": [named], "overruled": [],
    }  # fmt: skip
    assert [(one["kind"], one["rules"], one["seen"]) for one in told["decided"]] == [
        (
            "held", ["Rule “Owing” v1"],
            [{"label": "Note", "value": "“a gift”"}, {"label": "Amount still unpaid", "value": "10"}],
        )
    ]  # fmt: skip
    [only] = told["rules"]
    assert only == named | {
        "outcome": "hold", "part": "decided", "applies": True, "needs": "all", "groups": [
            {"needs": "all", "conditions": [
                {"field": "unpaid", "operator": "gte", "wanted": "5", "value": "10.00", "holds": True,
                 "words": "Amount still unpaid ≥ 5"},
                {"field": "note", "operator": "contains", "wanted": "gift", "value": "a gift", "holds": True,
                 "words": "Note contains “gift”"},
            ]}
        ],
    }  # fmt: skip
    assert [way["words"] for way in told["ways"]] == [
        "If Amount still unpaid were < 5, no rule would decide, and a person would look at it.",
        "If Note does not contain “gift”, no rule would decide, and a person would look at it.",
    ]


def test_values_of_payments_are_for_those_who_may_see_them(token_for, packer, place):
    rule("hold", ("unpaid", "gte", "5"), name="Owing")
    order = place()
    pipeline.advance()
    api = token_for(packer)

    told = json.loads(api.get(f"/orders/{order.number}/rules").content)
    events = json.loads(api.get(f"/orders/{order.number}").content)["events"]

    assert told["rules"][0]["groups"][0]["conditions"][0]["value"] is None
    assert told["decided"][0]["seen"] == [{"label": "Amount still unpaid", "value": "not shown"}]
    assert [event["data"]["seen"] for event in events if event["kind"] == "held"] == [{}]
