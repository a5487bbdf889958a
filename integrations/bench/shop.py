"""A database of so many orders, made once a run and shared by the benchmarks that only read it."""

from django.contrib.auth.models import Group
from django.db import connection

from integrations.bench.catalogue import fill_catalogue
from integrations.bench.many_orders import OLD_SHOP, Plan, make_orders
from integrations.bench.workbench import Workbench, say
from oms.models import User
from oms.roles import MANAGER


def enter_shop(bench: Workbench, count: int) -> None:
    """Speak to the shop with `count` orders, making it first when this run has none yet."""
    name = f"shop_{count}"
    if bench.has(name):
        bench.enter(name)
        return
    say(f"making {count:,} orders")
    bench.make(name)
    try:
        fill_catalogue()
        make_orders(Plan(count, status=OLD_SHOP, lines="1 + g % 3"))
        manager = User.objects.create_user("bench-manager")
        manager.groups.add(Group.objects.get(name=MANAGER))
        User.objects.create_superuser("bench-admin")
    except BaseException:
        bench.drop(name)
        raise
    connection.close()
    bench.enter(name)


def manager() -> User:
    """Somebody who may see all orders and their money, as the screens see them."""
    return User.objects.get(username="bench-manager")
