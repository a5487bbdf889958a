"""`backtest_rule` tries the newest version of a rule and writes nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from orders.review.rules.fields import FIELDS
from tests.fixtures.company import Place
from tests.fixtures.rules import rule

pytestmark = pytest.mark.django_db

ANY = ("total", "gte", "0")


def told(*args: str) -> str:
    out = StringIO()
    call_command("backtest_rule", *args, stdout=out)
    return out.getvalue()


def test_it_says_what_would_change(place: Place) -> None:
    rule("approve", ANY, name="Pass")
    rule("hold", ANY, name="Stop", mode="off")
    place()

    lines = told("Stop", "--days", "7")

    assert "Names 1 of 1 orders, decides 1, changes 1." in lines
    assert "Passed 1 → 0" in lines
    assert "contradicted by “Pass”: 1 orders" in lines


def test_the_figures_as_json_by_its_id(place: Place) -> None:
    one = rule("hold", ANY, name="Stop", mode="off")
    place()

    figures = json.loads(told(str(one.pk), "--json"))

    assert (figures["name"], figures["version"], figures["hits"]) == ("Stop", 1, 1)
    assert figures["after"]["held"] == 1
    assert one.newest.tried_at is None


def test_an_unknown_rule_is_refused_with_the_names_there_are() -> None:
    rule("hold", ANY, name="Stop")

    with pytest.raises(CommandError, match="There is no rule “Halt”; there are: Stop"):
        told("Halt")
    with pytest.raises(CommandError, match="There is no rule"):
        told("99999999999999999999999")


@pytest.mark.parametrize("days", ["0", "-1", "99999"])
def test_a_period_that_makes_no_sense_is_refused(days: str) -> None:
    rule("hold", ANY, name="Stop")

    with pytest.raises(CommandError, match="--days as a number"):
        told("Stop", f"--days={days}")


def test_a_rule_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rule("hold", ("note", "filled", ""), name="Stop")
    monkeypatch.delitem(FIELDS, "note")

    with pytest.raises(CommandError, match="not known here any more") as refused:
        told("Stop")
    assert refused.value.returncode == 2
