"""The wish that orders travel together, also before their goods are reserved: a reviewer sees them side by side."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.parcels.recipient import recipient_key_sql

_LOCK = f"""
SELECT o.id, o.number, {recipient_key_sql("o")}, o.currency FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) AND o.status NOT IN ('shipped', 'delivered', 'completed', 'cancelled')
ORDER BY o.id FOR NO KEY UPDATE
"""
_WISH = """
WITH asked AS (
  INSERT INTO orders_shiptogether (order_id, actor_id) SELECT unnest(%(ids)s::bigint[]), %(actor_id)s
  ON CONFLICT (order_id) DO NOTHING RETURNING order_id
), told AS (
  INSERT INTO orders_orderevent (order_id, kind, actor_id, actor_name, data)
  SELECT a.order_id, 'together_asked', %(actor_id)s, %(actor_name)s, jsonb_build_object('merged_with', (
    SELECT jsonb_agg(o.number ORDER BY o.id) FROM orders_order o
    WHERE o.id = ANY(%(ids)s::bigint[]) AND o.id <> a.order_id))
  FROM asked a ORDER BY 1 RETURNING order_id
)
INSERT INTO orders_ordertouched (order_id) SELECT order_id FROM told
"""
# Parcels that a person took apart may go together again: a person wants it.
_NOT_ALONE = """
UPDATE orders_shipment SET stays_alone = false
WHERE order_id = ANY(%s::bigint[]) AND status = 'ready' AND stays_alone
"""


def ship_together(order_ids: Sequence[int], *, actor: User | None) -> list[str]:
    """Whenever parcels of these orders are ready in one warehouse, they are merged. The numbers of the orders.

    No order waits for another. Raises NotPossible unless two or more open orders go to one recipient in one currency.
    """
    with transaction.atomic():
        rows = query(_LOCK, [int_array(order_ids)])
        if len(rows) < 2:  # noqa: PLR2004
            raise NotPossible(_("Choose two or more open orders to ship together."), code="single")
        if len({(key, currency) for _pk, _number, key, currency in rows}) > 1 or not rows[0][2]:
            words = _("%s do not go to one recipient and address in one currency.")
            raise NotPossible(
                words % ", ".join(row[1] for row in rows), code="different_recipients"
            )
        ids = int_array(row[0] for row in rows)
        query(_NOT_ALONE, [ids])
        name = actor.display_name[:80] if actor else "system"
        query(_WISH, {"ids": ids, "actor_id": actor.pk if actor else None, "actor_name": name})
    nudge.after_commit()
    return [row[1] for row in rows]
