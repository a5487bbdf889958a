from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from inventory import ledger
from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import query
from oms.texts import check_text
from orders.fulfilment.good_lots import without_expired
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.progress import settle
from orders.fulfilment.step import Going, lock_together, take_step
from orders.outcome import Outcome

_CONTENTS = """
SELECT r.id, s.number FROM inventory_reservation r JOIN orders_shipment s ON s.id = r.shipment_id
WHERE s.id = ANY(%s) ORDER BY r.id
"""
CARRIER_LENGTH, WAYBILL_LENGTH = 40, 64


def ship_shipments(
    shipment_ids: Sequence[int],
    *,
    actor: User | None,
    waybills: Mapping[int, tuple[str, str]] | None = None,
) -> Outcome:
    """Hand packed parcels to the carrier: the goods leave stock, once.

    `waybills`: shipment id → (carrier, waybill) as somebody typed or scanned them; an empty one
    leaves what the shipment has. Raises InvalidInput for what cannot be either; NotPossible when the last good pieces
    of a lot left at this very moment.
    """
    marks = _cleaned(waybills or {})
    with transaction.atomic():
        going = without_expired(lock_together(shipment_ids), ShipmentStatus.PACKED)
        outcome = take_step(
            going, ShipmentStatus.PACKED, ShipmentStatus.SHIPPED, kind="handed_over", actor=actor,
            waybills=_on_all_of_it(marks, going),
        )  # fmt: skip
        contents = query(_CONTENTS, [outcome.done])
        left = ledger.take_out(
            [row[0] for row in contents], [row[1] for row in contents], actor=actor
        )
        if len(left) != len(contents):
            raise RuntimeError(
                f"{len(contents) - len(left)} reservations of packed shipments were not open"
            )
        settle(going.orders, actor=actor)
    return outcome


_MERGED = """
SELECT consignment_id, id FROM orders_shipment
WHERE id = ANY(%s::bigint[]) AND consignment_id IS NOT NULL ORDER BY id
"""


def _on_all_of_it(marks: dict[int, tuple[str, str]], going: Going) -> dict[int, tuple[str, str]]:
    """A merged parcel has one label: what was given for one shipment is on each. Raises InvalidInput for two."""
    parcels = defaultdict[int, list[int]](list)
    for consignment_id, pk in query(_MERGED, [going.shipment_ids]) if marks else ():
        parcels[consignment_id].append(pk)
    marks, words = dict(marks), _("A merged parcel has one label; write the same for all of it.")
    for members in parcels.values():
        label = ["", ""]
        for place, field in enumerate(("carrier", "waybill")):
            given = {marks[pk][place] for pk in members if pk in marks} - {""}
            if len(given) > 1:
                raise InvalidInput([FieldError(field, "differs", words, ", ".join(sorted(given)))])
            label[place] = "".join(given)
        marks |= dict.fromkeys(members, (label[0], label[1]))
    return marks


def _cleaned(waybills: Mapping[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Without blanks around; waybills in capitals, as they are printed and as the search compares them."""
    marks = {
        pk: (carrier.strip(), waybill.strip().upper())
        for pk, (carrier, waybill) in waybills.items()
    }
    errors: list[FieldError] = []
    for carrier, waybill in dict.fromkeys(marks.values()):
        errors += check_text("carrier", carrier, CARRIER_LENGTH)
        errors += check_text("waybill", waybill, WAYBILL_LENGTH)
    if errors:
        raise InvalidInput(list(dict.fromkeys(errors)))
    return marks
