"""What the database knows of the codes that a set of drafts names: one round trip whatever the number of drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from customers.identity import channel_key, phone_key
from oms.sql import Prepared
from orders.intake.draft import (
    Catalogue,
    Component,
    CustomerDraft,
    KnownChannel,
    KnownSku,
    OrderDraft,
)

# Each pair is looked up by itself (LIMIT): of a join, planned while the table is empty, the server may make a walk
# through all orders of the channel for every pair.
_PARTS = """CASE WHEN s.kind = 'bundle' THEN (
    SELECT json_agg(json_build_array(k.id, k.code, k.name, b.quantity, k.is_active) ORDER BY b.id)
    FROM inventory_bundlecomponent b JOIN inventory_sku k ON k.id = b.component_id WHERE b.bundle_id = s.id) END"""
_LOOKUP = Prepared(
    "look_up_drafts",
    f"""
SELECT
 (SELECT json_agg(json_build_array(id, code, currency, is_active, ship_within_hours)) FROM oms_channel
   WHERE code = ANY(%(channels)s)),
 (SELECT json_agg(json_build_array('', s.code, s.id, s.code, s.name, s.kind, s.price::text, s.is_active,
      {_PARTS})) FROM inventory_sku s WHERE s.code = ANY(%(skus)s)),
 (SELECT json_agg(json_build_array(c.code, a.code, s.id, s.code, s.name, s.kind, s.price::text, s.is_active,
      {_PARTS})) FROM inventory_skualias a JOIN oms_channel c ON c.id = a.channel_id
    JOIN inventory_sku s ON s.id = a.sku_id
   WHERE a.code = ANY(%(skus)s) AND c.code = ANY(%(channels)s)),
 (SELECT json_object_agg(key, customer_id) FROM customers_customeridentity WHERE key = ANY(%(identities)s)),
 (SELECT json_agg(json_build_array(c.code, o.external_no, o.id, o.number, o.draft_hash, o.status,
                                    o.total_amount::text, o.currency))
    FROM unnest(%(pair_channels)s::text[], %(pair_numbers)s::text[]) AS p(channel, external_no)
    JOIN oms_channel c ON c.code = p.channel
    CROSS JOIN LATERAL (
      SELECT * FROM orders_order WHERE channel_id = c.id AND external_no = p.external_no LIMIT 1) o)
""",
    channels="text[]", skus="text[]", identities="text[]", pair_channels="text[]", pair_numbers="text[]",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order that is already here under a draft's (channel, external number)."""

    id: int
    number: str
    draft_hash: str
    status: str
    total_amount: Decimal
    currency: str


@dataclass(slots=True)
class Known:
    catalogue: Catalogue
    identities: dict[str, int]
    orders: dict[tuple[str, str], KnownOrder]


def identity_keys(channel: str, customer: CustomerDraft) -> list[str]:
    """How this customer is recognised, the surest first; empty for a guest without number or phone."""
    keys = [channel_key(channel, customer.external_no)] if customer.external_no else []
    phone = phone_key(customer.phone)
    return [*keys, phone] if phone else keys


def look_up(drafts: Sequence[OrderDraft]) -> Known:
    """Channels, SKUs (also by the channel's own code), customers and orders already placed."""
    keyed = [draft for draft in drafts if draft.external_no]
    params = {
        "channels": list({_clean(draft.channel) for draft in drafts}),
        "skus": list(
            {
                _clean(code).strip().upper()
                for code in {line.sku for draft in drafts for line in draft.lines}
                if code
            }
        ),
        "identities": list(
            {_clean(k) for draft in drafts for k in identity_keys(draft.channel, draft.customer)}
        ),
        "pair_channels": [_clean(draft.channel) for draft in keyed],
        "pair_numbers": [_clean(draft.external_no) for draft in keyed],
    }
    channels, skus, aliases, identities, orders = _LOOKUP.query(params)[0]
    known_skus = {
        (row[0], row[1]): KnownSku(
            row[2], row[3], row[4], row[5], Decimal(row[6]), row[7],
            tuple(Component(*part) for part in row[8] or ()),
        )
        for row in (skus or []) + (aliases or [])
    }  # fmt: skip
    return Known(
        Catalogue({row[1]: KnownChannel(*row) for row in channels or []}, known_skus),
        identities or {},
        {
            (row[0], row[1]): KnownOrder(row[2], row[3], row[4], row[5], Decimal(row[6]), row[7])
            for row in orders or []
        },
    )


def _clean(text: str) -> str:
    """PostgreSQL takes no NUL; the draft check reports it to the sender."""
    return text.replace("\x00", "") if "\x00" in text else text
