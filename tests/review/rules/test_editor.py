"""The page of a rule: what it saves, what it refuses at which field, and what it gives back as typed."""

import pytest
from django.test import Client

from orders.models import ReviewRule
from orders.review.rules.save import save_text
from tests.fixtures.rules import rule, rule_text
from tests.review.rules.editor_form import ADD, address, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def kept(one: ReviewRule) -> list[tuple[str, str, str]]:
    return [(c.field, c.operator, c.value) for c in one.newest.text.conditions]


def test_a_new_rule_is_saved_switched_off(client):
    answer = client.post(ADD, form(("total", "gte", "2000"), ("province", "in", "西藏,新疆")))

    one = ReviewRule.objects.get()
    assert answer.url == address(one)
    assert (one.mode, one.newest.number, one.newest.author_name) == ("off", 1, "admin")
    assert kept(one) == [("total", "gte", "2000"), ("province", "in", "西藏,新疆")]


def test_each_kind_of_box_gives_its_value(client):
    boxes = {
        "conditions-0-from": "500", "conditions-0-to": "2000",
        "conditions-1-from": "22:00", "conditions-1-to": "06:00",
        "conditions-2-choices": "1", "conditions-2-choice": ["paid", "overpaid"],
    }  # fmt: skip
    client.post(
        ADD,
        form(
            ("total", "between", ""), ("placed_time", "between", ""), ("payment", "in", ""),
            ("first_order", "yes", "left over"),
        ) | boxes,
    )  # fmt: skip

    assert kept(ReviewRule.objects.get()) == [
        ("total", "between", "500..2000"),
        ("placed_time", "between", "22:00..06:00"),
        ("payment", "in", "paid,overpaid"),
        ("first_order", "yes", ""),
    ]


def test_marks_channels_and_dates_are_kept_in_the_houses_time(client, administrator, web):
    more = {
        "tags": "gift, 礼品", "owner": administrator.pk, "notify": [administrator.pk], "priority": "2",
        "ship_complete": "yes", "channels": ["web"], "valid_from": "2026-12-01T08:00",
        "valid_until": "2026-12-12T00:00",
    }  # fmt: skip
    client.post(ADD, form(("total", "gte", "1")) | more)

    text = ReviewRule.objects.get().newest.text
    assert (text.marks.tags, text.marks.owner, text.marks.notify) == (
        ("gift", "礼品"),
        administrator.pk,
        (administrator.pk,),
    )
    assert (text.marks.priority, text.marks.ship_complete, text.channels) == (2, True, ("web",))
    assert text.valid_from == "2026-12-01T08:00:00+08:00"
    assert text.valid_until == "2026-12-12T00:00:00+08:00"


def test_groups_are_kept_each_with_how_it_is_joined(client):
    rows = form(("total", "gte", "1"), ("below_floor", "gte", "1"), ("margin_percent", "lt", "5"))
    groups = {
        "conditions-1-group": "4", "conditions-2-group": "4", "groups-4-needs": "any", "needs": "any",
    }  # fmt: skip
    client.post(ADD, rows | groups)

    text = ReviewRule.objects.get().newest.text
    assert text.needs == "any"
    assert [(group.needs, len(group.conditions)) for group in text.groups] == [
        ("all", 1),
        ("any", 2),
    ]


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        (("total", "gte", "a lot"), "value", "Give a number, for example 500 or 99.90."),
        (("total", "gte", ""), "value", "Give the value to compare with."),
        (("total", "gte", "NaN"), "value", "Give a number"),
        (("total", "gte", "1e999999"), "value", "Give a number"),
        (("total", "between", "2000..500"), "value", "Turn the numbers round"),
        (("total", "between", "500"), "value", "Give two numbers"),
        (("placed_time", "gte", "25:99"), "value", "Give the time as hours and minutes"),
        (("total", "contains", "5"), "operator", "This field cannot be compared that way"),
        (("note", "gt", "5"), "operator", "This field cannot be compared that way"),
        (("weather", "eq", "5"), "field", "is not known here any more"),
        (("note", "contains", "x" * 4001), "value", "Shorten the value"),
        (("note", "contains", ",".join(str(n) for n in range(201))), "value", "Take out words"),
        (("note", "contains", ",,，"), "value", "Give the value to compare with."),
        (("pieces", "lt", "1"), "value", "≥ 1 and &lt; 1 is never true; change a value."),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_place(client, row, place, words):
    page = client.post(ADD, form(("pieces", "gte", "1"), row))

    html = page.content.decode()
    assert page.status_code == 422
    assert words in html
    assert f'href="#id_conditions-1-{place}' in html
    assert f'id="id_conditions-1-{place}' in html
    assert 'value="large order"' in html
    assert not ReviewRule.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": "  "}, "Give the rule a name."),
        ({"reason": ""}, "Say why in words"),
        ({"outcome": "burn"}, "burn"),
        ({"outcome": "mark"}, "Choose a mark"),
        ({"tags": "x" * 31}, "Shorten the tag to 30 characters."),
        ({"owner": "999999"}, "999999"),
        ({"channels": ["nowhere"]}, "nowhere"),
        ({"valid_from": "tomorrow"}, "Give day and time"),
        ({"valid_from": "2026-12-02T00:00", "valid_until": "2026-12-01T00:00"}, "lies after"),
    ],
)
def test_what_else_cannot_be_is_refused_with_the_rows_kept(client, more, words):
    page = client.post(ADD, form(("total", "gte", "2000")) | more)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert 'value="2000"' in page.content.decode()
    assert not ReviewRule.objects.exists()


@pytest.mark.parametrize("rows", [(), (("", "", ""),)])
def test_a_rule_without_conditions_is_refused(client, rows):
    page = client.post(ADD, form(*rows))

    assert page.status_code == 422
    assert "Add at least one condition" in page.content.decode()


def test_words_that_look_like_a_pattern_are_words(client):
    bomb = "(a+)+$,.*,%_%,[,\\"
    client.post(ADD, form(("note", "contains", bomb)))

    one = ReviewRule.objects.get()
    assert kept(one) == [("note", "contains", bomb)]
    assert client.get(address(one)).status_code == 200


def test_a_name_that_is_taken_is_refused_at_the_name(client):
    rule("hold", ("total", "gte", "1"), name="Large")

    page = client.post(ADD, form(("total", "gte", "5")))

    assert page.status_code == 422
    assert "There is a rule of this name already" in page.content.decode()


def test_a_change_is_the_next_version_and_no_change_is_none(client):
    one = rule("hold", ("total", "gte", "2000"), name="Large", reason="large order")

    client.post(address(one), form(("total", "gte", "2000"), base=1))
    assert one.newest.number == 1
    client.post(address(one), form(("total", "gte", "3000"), base=1))

    one.refresh_from_db()
    assert (one.newest.number, one.live.number) == (2, 1)
    assert kept(one) == [("total", "gte", "3000")]


def test_what_another_saved_meanwhile_is_shown_beside_what_was_typed(client):
    one = rule("hold", ("total", "gte", "2000"), name="Large", reason="large order")
    theirs = rule_text("hold", ("total", "gte", "2500"), name="Large", reason="large order")
    save_text(one.pk, theirs, base=1, actor=None)
    mine = form(("total", "gte", "3000"), base=1)

    page = client.post(address(one), mine)
    html = page.content.decode()

    assert page.status_code == 409
    assert "<del>Order total ≥ 2,500</del>" in html
    assert "<ins>Order total ≥ 3,000</ins>" in html
    assert '<input type="hidden" name="base" value="2">' in html
    assert one.newest.number == 2
    client.post(address(one), mine | {"base": 2})
    assert kept(one) == [("total", "gte", "3000")]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("add:0", ["total", "note", ""]),
        ("group", ["total", "note", ""]),
        ("remove:0", ["note"]),
        ("remove:7", ["total", "note"]),
        ("rows", ["total", "note"]),
        ("nonsense", ["total", "note"]),
    ],
)
def test_buttons_arrange_rows_and_judge_nothing(client: Client, act, fields):
    page = client.post(ADD, form(("total", "gte", "a lot"), ("note", "gte", ""), do=act, name=""))

    rows = [row for group in page.context["editor"].groups for row in group.rows]
    assert page.status_code == 200
    assert [row.condition.field for row in rows] == fields
    assert [row.errors for row in rows] == [{}] * len(rows)
    assert not ReviewRule.objects.exists()


def test_a_row_whose_field_changed_gets_an_operator_of_the_new_one(client):
    page = client.post(ADD, form(("first_order", "gte", "2000"), do="rows"))

    [row] = page.context["editor"].groups[0].rows
    assert (row.condition.operator, row.condition.value, row.box) == ("yes", "", "")


def test_the_preview_says_the_rule_in_both_languages(client):
    page = client.post("/admin/orders/reviewrule/preview/", form(("total", "gte", "2000")))

    assert [(one.language, one.words[:6]) for one in page.context["editor"].said] == [
        ("zh-hans", "当订单金额≥"),
        ("en", "When O"),
    ]


def test_what_is_odd_beside_other_rules_is_told_before_anything_is_saved(client):
    rule("approve", ("total", "gte", "2000"), name="Passes")

    page = client.post("/admin/orders/reviewrule/preview/", form(("total", "gte", "2000.0")))

    words = "The rule “Passes” asks the same and decides the opposite."
    assert page.context["warnings"] == [words]
