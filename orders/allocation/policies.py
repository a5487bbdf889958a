"""The policies in force and the warehouses they choose among, read in a few statements whatever their number."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from inventory.models import Warehouse
from oms.sql import query
from orders.allocation.models import AllocationPolicy
from orders.allocation.preorder import early_skus
from orders.allocation.terms import Policy, Prefer, Rate, Ships

_RATES = "SELECT warehouse_id, country, province, cost, rank FROM orders_warehouserate ORDER BY id"
_PARTS = """
SELECT 'c', allocationpolicy_id, channel_id FROM orders_allocationpolicy_channels
UNION ALL SELECT 't', allocationpolicy_id, tag_id FROM orders_allocationpolicy_tags
UNION ALL SELECT 'w', allocationpolicy_id, warehouse_id FROM orders_allocationpolicy_excluded
"""


@dataclass(frozen=True, slots=True)
class Rules:
    """`warehouses` maps the active ones to their codes, the one to ask first in front; `names` are the policies'.
    `later` are the SKUs of which nothing is reserved yet, each with the day from which on it will be."""

    warehouses: dict[int, str]
    policies: list[Policy]
    names: dict[int, str]
    later: dict[int, date]

    @property
    def ask_tags(self) -> bool:
        return any(one.tags for one in self.policies)

    @property
    def may_part_any(self) -> bool:
        """Whether some order leaves in parts that itself says otherwise."""
        return any(one.ships == Ships.AVAILABLE for one in self.policies)

    def for_parts(self) -> "Rules":
        """The same, but every order takes what there is of it."""
        policies = [replace(one, ships=Ships.AVAILABLE) for one in self.policies]
        return replace(self, policies=policies)


def current_rules() -> Rules:
    warehouses = dict(Warehouse.objects.filter(is_active=True).values_list("pk", "code"))
    later = early_skus()
    rows = list(AllocationPolicy.objects.filter(is_active=True))
    if not rows:
        return Rules(warehouses, [], {}, later)
    parts: dict[tuple[str, int], set[int]] = defaultdict(set)
    for kind, policy_id, pk in query(_PARTS):
        parts[kind, policy_id].add(pk)
    rates = tuple(Rate(*row) for row in query(_RATES))
    policies = [
        Policy(
            id=row.pk,
            channels=frozenset(parts["c", row.pk]),
            levels=frozenset({row.level} - {""}),
            tags=frozenset(parts["t", row.pk]),
            country=row.country,
            province=row.province,
            prefer=Prefer(row.prefer),
            rates=rates,
            fewest_parcels=row.fewest_parcels,
            no_split_below=row.no_split_below,
            parcel_cap=row.parcel_cap,
            ships=Ships(row.ships),
            keeps_safety=row.keeps_safety,
            excluded=frozenset(parts["w", row.pk]),
        )
        for row in rows
    ]
    return Rules(warehouses, policies, {row.pk: row.name for row in rows}, later)
