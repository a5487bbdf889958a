"""The demo company, loaded in one transaction: all of it or nothing."""

from datetime import datetime
from random import Random

from django.db import connection, transaction

from orders.demo.buying import buy_goods
from orders.demo.catalogue import create_goods, create_warehouses
from orders.demo.company import (
    create_channels,
    create_keepers,
    create_limits,
    create_rules,
    create_staff,
    keep_addresses,
    rate_customers,
)
from orders.demo.drafts import three_months
from orders.demo.giving_back import give_back
from orders.demo.life import live, place_all
from orders.demo.offers import make_offers
from orders.demo.people import invent_people
from orders.demo.progress import Say
from orders.demo.stocking import fill_warehouses
from orders.demo.warehouse_work import know_costs, work_in_warehouses
from orders.exceptions import watch

SEED = 20


def seed(password: str, now: datetime, say: Say) -> None:
    """Three months of a trading company up to `now`; the same ones each time for the same `now`."""
    rng = Random(SEED)
    with transaction.atomic():
        say("Goods and warehouses")
        staff = create_staff(password)
        create_channels()
        create_keepers(staff)
        create_rules()
        skus, places = create_goods(rng), create_warehouses()
        know_costs(Random(SEED), skus)
        people = invent_people(rng)
        drafts = three_months(rng, people, skus, now)
        fill_warehouses(rng, places, skus, drafts, staff["purchasing"])
        place_all(drafts, staff["clerk"], say)
        keep_addresses(people)
        rate_customers()
        live(rng, staff, now, say)
        give_back(rng, staff["clerk"], now)
        buy_goods(rng, places, skus, staff["purchasing"], now)
        create_limits()
        make_offers(skus, staff["clerk"], now)
        work_in_warehouses(places, staff["warehouse"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say("Looking for what needs a person")
    watch.sweep()
