"""A bundle is one line with the money, and goods at no price that are allocated and shipped like all others."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from inventory.availability import available, sellable
from inventory.bundles import Part, set_components
from inventory.kept import keep_for_channel
from inventory.ledger import Posting, post
from inventory.models import Sku, SkuAlias, Stock, Warehouse
from oms.errors import InvalidInput, NotPossible
from oms.models import Channel
from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.desk.export import table_of
from orders.intake.draft import LineDraft
from orders.intake.place import Taken, place_orders
from orders.models import Order
from orders.returns.cancel_short import cancel_short
from tests.fixtures import flow
from tests.fixtures.company import create_sku, draft

pytestmark = pytest.mark.usefixtures("holds")
Place = Callable[..., Order]
Row = tuple[int, str, str, int, int, Decimal]


@pytest.fixture
def pot(db: None) -> Sku:
    return create_sku("POT-1", price=60)


@pytest.fixture
def tea_set(cup: Sku, pot: Sku) -> Sku:
    """A pot and four cups for 88."""
    bundle = create_sku("SET-1", kind="bundle", price=88)
    set_components(bundle.pk, [Part(pot, 1), Part(cup, 4)])
    return bundle


def rows(order: Order) -> list[Row]:
    """position, kind, SKU, quantity, still wanted, amount"""
    lines = order.lines.select_related("sku").order_by("position")
    return [
        (one.position, one.kind, one.sku.code if one.sku else "", one.quantity,
         one.quantity - one.cancelled_quantity, one.amount)
        for one in lines
    ]  # fmt: skip


def test_a_bundle_becomes_its_line_and_goods_at_no_price(place: Place, tea_set: Sku) -> None:
    order = place(("SET-1", 2), ("CUP-1", 1))

    assert rows(order) == [
        (1, "bundle", "SET-1", 2, 2, Decimal(176)),
        (2, "goods", "POT-1", 2, 2, Decimal(0)),
        (3, "goods", "CUP-1", 8, 8, Decimal(0)),
        (4, "goods", "CUP-1", 1, 1, Decimal(10)),
    ]
    assert order.total_amount == 186
    bundle = order.lines.get(kind="bundle")
    assert list(bundle.component_lines.values_list("position", flat=True)) == [2, 3]


def test_many_bundles_still_take_two_round_trips(
    place: Place, tea_set: Sku, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place(("SET-1", 1))
    drafts = [draft(("SET-1", 1), ("SET-1", 2)) for _nth in range(5)]

    with django_assert_num_queries(2):
        place_orders(drafts, actor=None, door="test")

    assert Order.objects.count() == 6


def test_a_channels_code_of_a_bundle_is_taken_apart_too(
    place: Place, tea_set: Sku, web: Channel
) -> None:
    SkuAlias.objects.create(sku=tea_set, channel=web, code="GIFT")

    assert len(rows(place(("GIFT", 1)))) == 3


def test_the_composition_stays_as_it_was_when_the_order_was_placed(
    place: Place, tea_set: Sku, pot: Sku
) -> None:
    order = place(("SET-1", 1))

    set_components(tea_set.pk, [Part(pot, 2)])

    assert [row[3] for row in rows(order)] == [1, 1, 4]


def test_a_bundle_is_allocated_and_shipped_by_its_components(
    place: Place, tea_set: Sku, cup: Sku, pot: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 4)
    order = flow.approve(place(("SET-1", 1)))
    assert order.reason_detail == "POT-1 ×1"

    flow.receive(pot, warehouse, 1)
    flow.pipeline.advance()

    assert flow.send(order).status == "shipped"
    assert list(Stock.objects.values_list("on_hand", flat=True)) == [0, 0]


def test_the_same_bundle_placed_again_is_the_same_order(place: Place, tea_set: Sku) -> None:
    place(("SET-1", 1), external_no="X-1")
    other = draft(("SET-1", 3), external_no="X-1")

    [taken] = place_orders([other], actor=None, door="test")

    assert isinstance(taken, Taken)
    assert taken.differences == ["lines[0].quantity"]


def test_changing_the_number_of_bundles_changes_their_components(
    place: Place, tea_set: Sku, cup: Sku, pot: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 20)
    flow.receive(pot, warehouse, 20)
    order = flow.approve(place(("SET-1", 2), ("CUP-1", 1)))
    bundle = order.lines.get(kind="bundle")

    for quantity in (3, 1, 0):
        order = flow.fresh(order)
        change = Changes(lines=[LineChange(bundle.pk, quantity)])
        amended = amend_order(order.pk, version=order.version, changes=change, actor=None)
        assert [row[4] for row in rows(order)] == [quantity, quantity, 4 * quantity, 1]
        assert amended.total_amount == 88 * quantity + 10
    assert sum(Stock.objects.values_list("reserved", flat=True)) == 1


def test_a_bundle_can_be_added_to_an_order(place: Place, tea_set: Sku) -> None:
    order = place(("CUP-1", 1))
    changes = Changes(added=[LineDraft("SET-1", 2), LineDraft("CUP-1", 3)])

    amend_order(order.pk, version=order.version, changes=changes, actor=None)

    assert [(row[2], row[3]) for row in rows(order)] == [
        ("CUP-1", 1), ("SET-1", 2), ("CUP-1", 3), ("POT-1", 2), ("CUP-1", 8),
    ]  # fmt: skip
    told = order.events.get(kind="edited").data["added"]
    assert [one["name"] for one in told] == ["SET-1", "CUP-1"]


def test_a_component_is_not_changed_by_itself(place: Place, tea_set: Sku) -> None:
    order = place(("SET-1", 1))
    part = order.lines.get(position=3)

    change = Changes(lines=[LineChange(part.pk, 3)])

    with pytest.raises(InvalidInput) as refused:
        amend_order(order.pk, version=order.version, changes=change, actor=None)

    [error] = refused.value.errors
    assert (error.field, error.code) == (f"lines[{part.pk}].quantity", "component")


def test_what_is_missing_of_a_bundle_is_left_to_people(
    place: Place, tea_set: Sku, pot: Sku, warehouse: Warehouse
) -> None:
    flow.receive(pot, warehouse, 1)
    order = flow.approve(place(("SET-1", 1)))

    outcome = cancel_short([order.pk], actor=None, reason="")

    words = (
        "Goods of bundle “Thing SET-1” are missing: change the number of bundles, or wait for them."
    )
    assert (outcome.done, outcome.refused) == ([], {order.pk: words})


def test_a_bundle_of_which_everything_is_missing_is_cancelled_with_its_order(
    place: Place, tea_set: Sku
) -> None:
    order = flow.approve(place(("SET-1", 1)))

    assert cancel_short([order.pk], actor=None, reason="").done == [order.pk]
    assert flow.fresh(order).status == "cancelled"


def test_a_bundle_that_cannot_be_sold_is_refused_at_its_line(
    web: Channel, tea_set: Sku, cup: Sku
) -> None:
    create_sku("SET-2", kind="bundle")
    Sku.objects.filter(pk=cup.pk).update(is_active=False)
    wanted = draft(("SET-1", 1), ("SET-2", 1), ("SET-1", 999_999))

    [rejected] = place_orders([wanted], actor=None, door="test")

    assert [(one.field, one.code) for one in rejected.errors] == [
        ("lines[0].sku", "inactive"), ("lines[1].sku", "no_components"), ("lines[2].sku", "inactive"),
    ]  # fmt: skip


def test_more_pieces_than_a_line_may_have_are_refused(web: Channel, tea_set: Sku) -> None:
    [rejected] = place_orders([draft(("SET-1", 250_001))], actor=None, door="test")

    assert [one.field for one in rejected.errors] == ["lines[0].quantity"]


def test_a_bundle_has_no_stock_itself(tea_set: Sku, warehouse: Warehouse) -> None:
    with pytest.raises(NotPossible) as refused:
        post([Posting(warehouse.pk, tea_set.pk, 1, "receipt")], actor=None)

    assert refused.value.code == "bundle"


def test_as_many_bundles_are_free_as_the_scarcest_component_allows(
    tea_set: Sku, cup: Sku, pot: Sku, warehouse: Warehouse, other_warehouse: Warehouse, web: Channel
) -> None:
    flow.receive(cup, warehouse, 7)
    flow.receive(cup, other_warehouse, 2)
    flow.receive(pot, warehouse, 5)
    keep_for_channel(sku_id=cup.pk, warehouse_id=warehouse.pk, channel_id=web.pk, quantity=3)

    assert available([tea_set.pk, cup.pk]) == {tea_set.pk: 2, cup.pk: 9}
    assert sellable(None, [tea_set.pk, cup.pk]) == {tea_set.pk: 1, cup.pk: 6}
    assert sellable(web.pk, [cup.pk], warehouse_ids=[other_warehouse.pk]) == {cup.pk: 2}


def test_the_export_puts_components_in_brackets(place: Place, tea_set: Sku) -> None:
    order = place(("SET-1", 1))

    _headings, row = table_of([order.pk])

    assert "SET-1 ×1; (POT-1 ×1); (CUP-1 ×4)" in row
