"""The page of what must always be true, and the preview of a repair."""

import re

import pytest

from inventory.ledger import drifting
from inventory.models import Stock, StockRepair, WarehouseStaff
from orders.invariants import INVARIANTS
from orders.truth import look
from orders.truth.models import TruthPass
from orders.truth.words import COLUMNS, GROUPS, WORDS
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive
from tests.invariants.corruptions import DAMAGES
from tests.invariants.damage import do_damage

pytestmark = pytest.mark.django_db
PAGE, REPAIR, CHECK = "/stock/truth/", "/stock/truth/repair/", "/stock/truth/check/"


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager)
    return client


def _broken_reservations():
    do_damage(DAMAGES["reserved_is_open_reservations"])
    look.look_again(None, 60)


def _posted(**more):
    (drift,) = drifting()
    seen = ",".join(map(str, drift.figures))
    return {
        "place": drift.stock_id, f"seen-{drift.stock_id}": seen, f"on_hand-{drift.stock_id}": "ledger",
        "reason": "found by the check", **more,
    }  # fmt: skip


def test_every_invariant_has_its_words_and_is_in_one_group():
    names = [one.name for one in INVARIANTS]

    assert set(WORDS) == set(names)
    assert sorted(one.name for group in GROUPS for one in group.invariants) == sorted(names)
    assert "order" in COLUMNS


def test_a_sound_company_is_green(as_manager, busy_company):
    look.go_on(60)

    shown = as_manager.get(PAGE).content.decode()

    assert "Everything that was checked holds." in shown
    assert shown.count("st-done") == len(INVARIANTS)


def test_what_is_broken_leads_to_the_item_and_to_the_repair(as_manager, busy_company):
    _broken_reservations()

    shown = as_manager.get(PAGE).content.decode()

    assert "1 thing is not true" in shown
    assert 'href="/stock/CUP-1/?warehouse=HZ"' in shown
    assert f'href="{REPAIR}"' in shown


def test_a_broken_order_is_linked(as_manager, busy_company):
    do_damage(DAMAGES["priority_is_of_the_last_mark"])
    look.go_on(60)

    number = busy_company["done"].number
    assert f'href="/orders/{number}/"' in as_manager.get(PAGE).content.decode()


def test_before_anybody_looked_it_says_so(as_manager):
    shown = as_manager.get(PAGE).content.decode()

    assert "Nobody has looked for a while" in shown
    assert shown.count("Not checked yet") == len(INVARIANTS)


def test_the_navigation_counts_what_is_broken(as_manager, busy_company):
    assert as_manager.get("/ui/counts/").json().get("/stock/") is None
    _broken_reservations()

    assert as_manager.get("/ui/counts/").json()["/stock/"] == 1


def test_rows_of_other_warehouses_are_not_shown(client, packer, busy_company, other_warehouse):
    _broken_reservations()
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    client.force_login(packer)

    shown = client.get(PAGE).content.decode()

    assert "1 thing is not true" in shown
    assert "CUP-1" not in shown


def test_the_page_costs_the_same_however_much_is_broken(
    as_manager, warehouse, django_assert_max_num_queries
):
    for number in range(30):
        receive(create_sku(f"SKU-{number:02d}"), warehouse, 1)
    Stock.objects.update(on_hand=2)
    look.go_on(60)

    with django_assert_max_num_queries(8):
        as_manager.get(PAGE)


def test_check_now_begins_anew_in_my_name(as_manager, manager, busy_company):
    TruthPass.objects.create(step=3)

    answer = as_manager.post(CHECK)

    assert (answer.status_code, answer.url) == (302, PAGE)
    done = TruthPass.objects.get()
    assert (done.asked_by, done.looked_at) == (manager, 7)
    assert done.finished_at


def test_the_preview_shows_before_and_after_and_the_repair_does_it(as_manager, busy_company):
    _broken_reservations()
    shown = re.sub(r"<[^>]*>", "", as_manager.get(REPAIR).content.decode())
    assert "3 → 2" in shown

    answer = as_manager.post(REPAIR, _posted(), follow=True)

    text = answer.content.decode()
    assert "1 place set right." in text
    assert "Everything that was checked holds." in text
    assert "found by the check" in text
    assert Stock.objects.get(sku__code="CUP-1").reserved == 2


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ({"reason": " "}, 422, "Reason: write why"),
        ({"place": []}, 422, "Choose at least one place"),
        ({"place": ["no", "²"]}, 422, "Choose at least one place"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(as_manager, busy_company, more, code, words):
    _broken_reservations()

    answer = as_manager.post(REPAIR, _posted(**more))

    assert answer.status_code == code
    assert words in answer.content.decode()
    assert not StockRepair.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "1,2,3", "46,9,0,46,2,0"])
def test_figures_that_are_no_longer_so_are_refused_with_what_was_typed(
    as_manager, busy_company, seen
):
    _broken_reservations()
    stock_id = Stock.objects.get(sku__code="CUP-1").pk

    answer = as_manager.post(REPAIR, _posted(**{f"seen-{stock_id}": seen, "reason": "my words"}))

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "The stock moved since this was shown" in text
    assert "my words" in text
    assert not StockRepair.objects.exists()


def test_nothing_to_repair_is_said(as_manager, busy_company):
    assert "All counters are right" in as_manager.get(REPAIR).content.decode()
