"""The list, the rule book, an order under all rules, and the order of rules."""

import pytest

from orders.models import ReviewRule
from orders.review.rules.force import pause_unreadable
from orders.review.rules.models import RuleChange, RuleVersion
from orders.review.rules.save import save_text
from tests.fixtures.rules import rewrite, rule, rule_text
from tests.review.rules.editor_form import address, form

pytestmark = pytest.mark.django_db

LIST = "/admin/orders/reviewrule/"
BOOK = f"{LIST}book/"


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def names(page) -> list[str]:
    return [line.rule.name for line in page.context["lines"]]


def ask_about_weather(one: ReviewRule) -> None:
    """Its version in force comes from a release that knew such a field."""
    kept = rule_text("hold", ("weather", "eq", "5"), name=one.name).as_json()
    live = RuleVersion.objects.create(rule=one, number=2, kept=kept)
    ReviewRule.objects.filter(pk=one.pk).update(live=live)
    pause_unreadable()


def test_a_house_without_rules_gets_five_templates_to_begin_with(client):
    page = client.get(LIST)

    assert page.context["is_empty"]
    assert len(page.context["starters"]) == 5
    assert "No rule yet" in page.content.decode()


def test_rules_stand_in_their_order_and_paused_ones_on_top(client):
    rule("hold", ("total", "gte", "1"), name="First")
    rule("approve", ("total", "gte", "2"), name="Second", mode="shadow")
    paused = rule("hold", ("total", "gte", "3"), name="Third")
    rule("hold", ("total", "gte", "4"), name="Old", mode="retired")
    ask_about_weather(paused)

    page = client.get(LIST)

    assert names(page) == ["Third", "First", "Second"]
    assert [line.place for line in page.context["lines"]] == [3, 1, 2]
    html = page.content.decode()
    assert "“Third” is paused" in html
    assert "The field “weather” is not known here any more" in html
    assert "When Order total ≥ 1 → hold, reason “because hold”" in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("mode=on", ["Large"]),
        ("mode=shadow", ["Routine"]),
        ("mode=draft", ["Large"]),
        ("mode=retired", ["Old"]),
        ("mode=nonsense", ["Large", "Routine"]),
        ("q=ROUT", ["Routine"]),
        ("q=%00", ["Large", "Routine"]),
        ("q=nothing", []),
    ],
)
def test_the_list_is_narrowed(client, asked, found):
    large = rule("hold", ("total", "gte", "1"), name="Large")
    save_text(large.pk, rule_text("hold", ("total", "gte", "2"), name="Large"), base=1, actor=None)
    rule("approve", ("total", "gte", "2"), name="Routine", mode="shadow")
    rule("hold", ("total", "gte", "4"), name="Old", mode="retired")

    assert names(client.get(f"{LIST}?{asked}")) == found


def test_a_draft_newer_than_what_is_in_force_is_told(client):
    one = rule("hold", ("total", "gte", "1"), name="Large")
    save_text(one.pk, rule_text("hold", ("total", "gte", "2"), name="Large"), base=1, actor=None)

    html = client.get(LIST).content.decode()

    assert "draft 2 is newer" in html
    assert "When Order total ≥ 1" in html


def test_the_rule_book_says_each_rule_in_both_languages(client):
    one = rule("hold", ("total", "gte", "2000"), name="Large", reason="Large and new")
    rule("hold", ("total", "gte", "1"), name="Old", mode="retired")

    page = client.get(BOOK)

    [entry] = page.context["entries"]
    assert (entry.line.rule, entry.since.kind) == (one, "published")
    assert [(said.language, "≥" in said.words) for said in entry.said] == [
        ("zh-hans", True),
        ("en", True),
    ]
    assert "When Order total ≥ 2,000 → hold, reason “Large and new”" in page.content.decode()


def test_an_order_is_shown_under_all_rules_with_the_text_typed(client, place):
    order = place(("CUP-1", 3))
    rule("approve", ("total", "gte", "1"), name="Passes", mode="on")
    one = rule("hold", ("total", "gte", "9999"), name="Large", reason="large order")

    sent = form(("total", "gte", "20"), base=1, number=f" {order.number.lower()} ")
    page = client.post(address(one, "order"), sent)

    found = page.context["found"]
    assert (found.decided_now, found.decided_then) == ("Approve", "Hold")
    assert [(row.reading.rule.text.name, row.applies, row.decides) for row in found.rules] == [
        ("Large", True, True),
        ("Passes", True, False),
    ]
    assert one.newest.number == 1
    assert 'value="20"' in page.content.decode()


@pytest.mark.parametrize("number", ["", "SO000", "x" * 5000, "\x00"])
def test_a_number_without_an_order_is_told(client, number):
    one = rule("hold", ("total", "gte", "1"))

    page = client.get(address(one, "order"), {"number": number})

    assert page.status_code == 200
    assert page.context["found"].trouble


def test_a_text_that_makes_no_sense_explains_no_order(client, place):
    order = place()
    one = rule("hold", ("total", "gte", "1"), name="Large")

    sent = form(("total", "gte", "a lot"), base=1, number=order.number)
    page = client.post(address(one, "order"), sent)

    assert page.context["found"].trouble == "Correct the rule first; then look at orders under it."


def test_a_paused_rule_opens_with_its_unknown_field_to_be_replaced(client):
    one = rule("hold", ("total", "gte", "3"), name="Large")
    ask_about_weather(one)

    html = client.get(address(one)).content.decode()

    assert "weather (not known any more)" in html
    assert "The field “weather” is not known here any more" in html
    assert client.get(address(one, "history")).status_code == 200
    assert client.get(LIST).status_code == 200


def test_versions_tell_what_each_changed(client):
    one = rule("hold", ("total", "gte", "1"), ("first_order", "yes", ""), name="Large")
    rewrite(one, rule_text("hold", ("total", "gte", "5"), ("note", "filled", ""), name="Large"))

    page = client.get(address(one, "history"))

    changed = page.context["versions"][0].differences
    assert [(str(row.what), row.old, row.new) for row in changed] == [
        ("Condition", "Order total ≥ 1", "Order total ≥ 5"),
        ("Condition", "First order of the customer: yes", "Note is filled in"),
    ]
    assert "Back to version 1" in page.content.decode()


def test_a_rule_moves_to_its_place_and_the_change_is_noted(client):
    rules = [rule("hold", ("total", "gte", str(n))) for n in range(4)]

    client.post(address(rules[3], "move"), {"place": "2"})

    order = list(ReviewRule.objects.order_by("position", "pk"))
    assert order == [rules[0], rules[3], rules[1], rules[2]]
    assert RuleChange.objects.latest("pk").note == "4 → 2"


@pytest.mark.parametrize("place", ["x", "", "0", "-1", "9" * 40])
def test_a_place_that_is_none_moves_nothing(client, place):
    one = rule("hold", ("total", "gte", "1"))
    rule("hold", ("total", "gte", "2"))

    page = client.post(address(one, "move"), {"place": place}, follow=True)

    assert "1 for the first" in page.content.decode()
    assert not RuleChange.objects.filter(kind="moved").exists()
