"""Whatever people do in whatever order, and however often it is refused: everything still holds."""

from contextlib import suppress
from decimal import Decimal
from random import Random

import pytest

from inventory.models import Stock
from oms.errors import Refused
from orders import pipeline, tally
from orders.allocation.parts import ship_in_parts, ship_whole_again
from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.billing.pay import record_payment
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.exceptions import watch
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.intake.draft import LineDraft
from orders.invariants import violations
from orders.models import Order, Shipment
from orders.returns.cancel_short import cancel_short
from orders.review.decide import approve_orders, hold_orders, release_orders
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive

pytestmark = pytest.mark.django_db

STEPS, CHECK_EVERY = 250, 25


class Walk:
    """Does one random thing after another; refusals are part of it."""

    def __init__(self, seed, place, warehouses):
        self.rng, self.place, self.warehouses = Random(seed), place, warehouses
        self.skus = [create_sku(f"SKU-{n}") for n in range(4)]

    def step(self):
        act = self.rng.choice(self.acts)
        with suppress(Refused):
            act(self)

    def some(self, model, status=""):
        """A few of them; mostly such as are in `status`, at times any."""
        rows = model.objects.order_by("pk")
        if status and self.rng.random() < 0.8:
            rows = rows.filter(status=status)
        ids = list(rows.values_list("pk", flat=True))
        return self.rng.sample(ids, min(len(ids), self.rng.randint(1, 6)))

    def new_order(self):
        skus = self.rng.sample(self.skus, self.rng.randint(1, 3))
        lines = [(sku.code, self.rng.randint(1, 6)) for sku in skus]
        self.place(*lines, ship_complete=self.rng.random() < 0.5)

    def goods(self):
        sku, warehouse = self.rng.choice(self.skus), self.rng.choice(self.warehouses)
        receive(sku, warehouse, self.rng.choice((-3, -1, 5, 9, 15)))

    def money(self):
        for pk in self.some(Order)[:1]:
            amount = Decimal(self.rng.choice((-20, -5, 5, 10, 40)))
            record_payment(pk, method="cash", amount=amount, actor=None)

    def edit(self):
        for pk in self.some(Order)[:1]:
            version = Order.objects.get(pk=pk).version - self.rng.choice((0, 0, 1))
            edit_order(pk, version=version, changes={"ship_street": "新街 2 号"}, actor=None)

    def amend(self):
        """Any line to any quantity, at times another line, a price or the wish to ship complete."""
        for order in Order.objects.filter(pk__in=self.some(Order)[:1]):
            ids = list(order.lines.values_list("pk", flat=True))
            lines = [
                LineChange(pk, self.rng.randint(0, 4), self.rng.choice((None, Decimal(3))))
                for pk in self.rng.sample(ids, self.rng.randint(0, len(ids)))
            ]
            added = [LineDraft(self.rng.choice(self.skus).code, 2)] * self.rng.choice((0, 0, 1))
            head = self.rng.choice(({}, {}, {"ship_complete": self.rng.random() < 0.5}))
            changes = Changes(head, lines, added)
            amend_order(order.pk, version=order.version, changes=changes, actor=None)

    acts = (
        amend,
        new_order,
        new_order,
        goods,
        goods,
        money,
        edit,
        lambda self: pipeline.advance(),
        lambda self: pipeline.advance(),
        lambda self: tally.fold(),
        lambda self: watch.sweep(),
        lambda self: ship_in_parts(self.some(Order, "backordered"), actor=None),
        lambda self: ship_whole_again(self.some(Order, "backordered")[:2], actor=None),
        lambda self: cancel_short(self.some(Order, "backordered")[:1], actor=None, reason=""),
        lambda self: approve_orders(self.some(Order, "pending_review"), actor=None),
        lambda self: approve_orders(self.some(Order, "pending_review"), actor=None),
        lambda self: hold_orders(self.some(Order)[:1], actor=None, reason="wait"),
        lambda self: release_orders(self.some(Order, "on_hold"), actor=None),
        lambda self: cancel_orders(self.some(Order)[:1], actor=None, reason="no"),
        lambda self: pick_shipments(self.some(Shipment, "ready"), actor=None),
        lambda self: pack_shipments(self.some(Shipment, "picking"), actor=None),
        lambda self: ship_shipments(self.some(Shipment, "packed"), actor=None),
        lambda self: deliver_shipments(self.some(Shipment, "shipped"), actor=None),
    )


@pytest.mark.parametrize("seed", range(4))
def test_everything_holds_after_any_walk(seed, place, warehouse, other_warehouse):
    walk = Walk(seed, place, [warehouse, other_warehouse])

    for number in range(STEPS):
        walk.step()
        if number % CHECK_EVERY == 0:
            assert [str(one) for one in violations()] == []
    for _ in range(3):
        pipeline.advance()
    watch.sweep()

    assert [str(one) for one in violations()] == []
    # The walk went somewhere: goods left the house.
    assert Order.objects.filter(status__in=["shipped", "delivered", "completed"]).exists()
    assert Stock.objects.exists()
