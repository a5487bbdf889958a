"""What can be said along with an act on an order. Every body may be left out where nothing is required."""

from typing import Annotated

from pydantic import Field

from integrations.api.schema.fields import LEFT_OUT, Amount, Body, PastTime, Prose, Text
from orders.intake.checks import LONGEST_HOLD_HOURS

Reason = Annotated[Text, Field(max_length=300)]


class WhyIn(Body):
    """A reason, shown in the order's timeline."""

    reason: Reason = ""


class MustSayWhy(Body):
    """A reason, shown in the order's timeline and on the order."""

    reason: Annotated[Reason, Field(min_length=1)]


class HoursIn(Body):
    """So many hours from now."""

    hours: Annotated[int, Field(ge=1, le=LONGEST_HOLD_HOURS)] = 24


class ShipToChanges(Body):
    """The parts of the address to change; the others stay."""

    name: Text = LEFT_OUT
    phone: Text = LEFT_OUT
    country: Text = LEFT_OUT
    province: Text = LEFT_OUT
    city: Text = LEFT_OUT
    district: Text = LEFT_OUT
    street: Text = LEFT_OUT
    postcode: Text = LEFT_OUT


class EditIn(Body):
    """Changes of an order as it was at `version`; nothing else of an order can be changed."""

    version: Annotated[int, Field(ge=1)]
    ship_to: ShipToChanges = ShipToChanges()
    note: Prose = LEFT_OUT

    def changes(self) -> dict[str, str]:
        """What was sent, by the order's own field names."""
        changes = {f"ship_{name}": text for name, text in self.ship_to.sent().items()}
        return changes | {name: text for name, text in self.sent().items() if name == "note"}


class PayIn(Body):
    """Money that came in (or, negative, went back)."""

    method: Annotated[str, Field(description="At most 40 characters")]
    amount: Amount
    reference: Annotated[str, Field(description="At most 80 characters")] = ""
    paid_at: PastTime | None = Field(default=None, description="Left out: now")


class ShipmentIn(Body):
    """Which shipment; left out, every one of the order that is ready for this step."""

    shipment: Annotated[Text, Field(max_length=24)] = ""


class ShipIn(ShipmentIn):
    """A waybill needs its shipment named when the order has several."""

    carrier: Annotated[str, Field(description="At most 40 characters")] = ""
    waybill: Annotated[str, Field(description="At most 64 characters; kept in capitals")] = ""
