"""Whether two orders go to one recipient: a hash of name, telephone and address, however they were written."""

from collections.abc import Sequence

from oms.sql import int_array, query

# Blanks and punctuation; full-width letters become plain ones before.
_OFF = r"E' \t\u3000-.,;:/()#、。，'"


def recipient_key_sql(order: str) -> str:
    """The key of the order of this alias; "" where telephone or street are missing: nobody knows who that is."""
    parts = ", ".join(
        f"{order}.ship_{name}"
        for name in ("name", "country", "province", "city", "district", "street")
    )
    return f"""CASE WHEN {order}.ship_phone = '' OR {order}.ship_street = '' THEN '' ELSE md5(concat_ws('|',
  right(regexp_replace({order}.ship_phone, '[^0-9]', '', 'g'), 11),
  translate(lower(normalize(concat_ws('|', {parts}), NFKC)), {_OFF}, ''))) END"""


_ADDRESS_AGAIN = f"""
UPDATE orders_shipment s SET recipient_key = {recipient_key_sql("o")}, prepared_at = NULL
FROM orders_order o
WHERE o.id = s.order_id AND o.id = ANY(%s::bigint[]) AND s.status IN ('ready', 'picking', 'packed')
  AND s.recipient_key <> {recipient_key_sql("o")}
RETURNING o.id
"""


def address_again(order_ids: Sequence[int]) -> list[int]:
    """The addresses of these orders, locked by the caller, were changed: which have parcels that go elsewhere now."""
    return sorted({row[0] for row in query(_ADDRESS_AGAIN, [int_array(order_ids)])})
