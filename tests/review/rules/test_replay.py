"""Five sensible rules on two days of real orders: a trial foretells what happens, and tells the same afterwards."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orders import pipeline
from orders.intake.files.run import Wanted, import_file
from orders.models import OrderEvent, ReviewRule, RuleHit
from orders.review.rules.force import take_out_of_force
from orders.review.rules.trial import try_rule
from orders.review.rules.trial_result import Counts, Trial
from tests.architecture.source import ROOT
from tests.fixtures.rules import rule

FILE = ROOT.parent / "shared/data/online_retail/demo_2010-12-01_to_02.csv"
FIRST_DAY, LAST_DAY = datetime(2010, 11, 30, tzinfo=UTC), datetime(2010, 12, 4, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("holds"),
    pytest.mark.skipif(not FILE.exists(), reason="the real files are not here"),
]


@pytest.fixture
def rules() -> list[ReviewRule]:
    """The only rules in force, over the imported orders."""
    import_file(Wanted(Path(FILE), FILE.name), actor=None, tell=lambda _words: None)
    for accepting in ReviewRule.objects.filter(mode="on"):
        take_out_of_force(accepting, "off", kind="stopped", actor=None)
    return [
        rule("approve", ("total", "lte", "1000"), ("country", "eq", "GB"), name="Small, at home"),
        rule("hold", ("total", "gte", "2500"), name="Large"),
        rule("hold", ("hours_since_same", "lte", "24"), name="The same again"),
        rule("second_review", ("country", "ne", "GB"), ("total", "gte", "500"), name="Abroad"),
        rule("hold", ("times_usual", "gte", "20"), ("lines", "gte", "5"), name="Unusually many"),
    ]


def tried(one: ReviewRule) -> Trial:
    return try_rule(one.live.text, rule_id=one.pk, since=FIRST_DAY, until=LAST_DAY)


def test_a_trial_foretells_what_the_rules_then_do(rules: list[ReviewRule]) -> None:
    foretold = [tried(one) for one in rules]

    done = pipeline.advance()

    hits = Counter(RuleHit.objects.values_list("version__rule_id", flat=True))
    assert [one.hits for one in foretold] == [hits[rule.pk] for rule in rules]
    live = Counts(done.approved, done.held, done.cancelled, _second(), done.to_person - _second())
    assert {one.after for one in foretold} == {live}
    assert {one.orders for one in foretold} == {279}
    assert live == Counts(passed=205, held=62, cancelled=0, second=1, person=11)
    assert [one.hits for one in foretold] == [253, 6, 44, 3, 21]


def test_afterwards_a_trial_tells_the_same(rules: list[ReviewRule]) -> None:
    before = [tried(one) for one in rules]
    pipeline.advance()

    after = [tried(one) for one in rules]

    assert [(one.hits, one.after) for one in after] == [(one.hits, one.after) for one in before]


def _second() -> int:
    return OrderEvent.objects.filter(kind="second_review_asked").count()
