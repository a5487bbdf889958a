"""Whatever people do in whatever order, however often it is refused or dies half-way: everything still holds.

Each walk begins in a new company and is rolled back. After every act the invariants of stock, promises and parcels are
asked, all of them now and then and at the end. `NIGHTLY_WALKS=800` walks 800 times, 200,000 acts, others each time.
"""

import os
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from oms.errors import Refused
from oms.sql import query
from orders import pipeline
from orders.exceptions import watch
from orders.invariants import merged, parcels, promises, purchases, stock, violations
from orders.models import Order
from tests.fixtures.flow import broken
from tests.fixtures.lasting import lasting
from tests.invariants.crash import Crash, crashing_at
from tests.invariants.verbs import VERBS
from tests.invariants.world import World

NIGHTLY_WALKS = int(os.environ.get("NIGHTLY_WALKS") or 0)
WALKS, ACTS = NIGHTLY_WALKS or 8, 250
ALL_EACH = 25
_OFTEN = [verb for verb in VERBS for _n in range(verb.often)]
# So many of all acts die at one of their first statements, if they have as many.
DYING = 0.2
_ASKED = [
    *stock.INVARIANTS, *promises.INVARIANTS, *parcels.INVARIANTS, *merged.INVARIANTS, *purchases.INVARIANTS,
]  # fmt: skip


def broken_stock() -> set[str]:
    """The names of the broken invariants of stock, promises and parcels: one statement, planned once."""
    with connection.cursor() as cursor:
        asked = [
            cursor.mogrify(f"SELECT '{one.name}' WHERE EXISTS ({one.sql})", one.params)
            for one in _ASKED
        ]
    return {name for (name,) in lasting("broken_stock", b" UNION ALL ".join(asked))}


class Tally:
    """What the walks of a test came to."""

    acts = crashes = refusals = shipped = 0


class AnyWalk(RuleBasedStateMachine):
    """One company from its first day on."""

    tally: type[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.all_of_it = transaction.atomic()
        self.all_of_it.__enter__()
        self.world = World()
        self.acts = 0

    @rule(seed=st.integers(0, 2**32))
    def do(self, seed: int) -> None:
        """Everything about an act follows from its seed: it does the same when those before it are left out."""
        self.world.chance = chance = Random(seed)
        verb = chance.choice(_OFTEN)
        crash_at = chance.randint(0, 24) if chance.random() < DYING else None
        note(f"{verb.name}, dies at {crash_at}")
        self.acts += 1
        try:
            # What is refused or dies leaves the transaction as the verb itself left it: only its own savepoints count.
            if crash_at is None:
                verb.act(self.world)
            else:
                with crashing_at(crash_at):
                    verb.act(self.world)
        except Crash:
            self.tally.crashes += 1
        except Refused:
            self.tally.refusals += 1
        query("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def it_holds(self) -> None:
        found = broken() if self.acts % ALL_EACH == 0 else broken_stock()
        assert found == set(), [str(one) for one in violations()]

    def teardown(self) -> None:
        try:
            for _n in range(3):
                pipeline.advance()
            watch.sweep()
            assert broken() == set(), [str(one) for one in violations()]
            self.tally.acts += self.acts
            self.tally.shipped += Order.objects.filter(
                status__in=["shipped", "delivered", "completed"]
            ).count()
        finally:
            transaction.set_rollback(True)
            with suppress(Crash):
                self.all_of_it.__exit__(None, None, None)


@pytest.mark.django_db
def test_everything_holds_after_any_walk(record_property: Any) -> None:
    AnyWalk.tally = Tally
    config = settings(
        max_examples=WALKS, stateful_step_count=ACTS, deadline=None, derandomize=not NIGHTLY_WALKS,
        database=None, suppress_health_check=list(HealthCheck), print_blob=True,
        phases=(Phase.generate, Phase.shrink) if NIGHTLY_WALKS else (Phase.generate,),
    )  # fmt: skip

    run_state_machine_as_test(AnyWalk, settings=config)

    print(Tally.acts, Tally.crashes, Tally.refusals, Tally.shipped)
    assert Tally.acts >= WALKS * ACTS * 0.9
    # The walks went somewhere: goods left the house, acts died and were refused.
    assert min(Tally.shipped, Tally.crashes, Tally.refusals) > WALKS
