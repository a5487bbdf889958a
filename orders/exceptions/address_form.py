"""The address of an order as the fix panel asks for it."""

from typing import Any

from orders.amend.forms import HeadForm
from orders.models import Order

PART = "address"


class AddressForm(HeadForm):
    """The fields of the address alone; as in the order's own form only what somebody touched is saved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, part=PART, **options)

    @classmethod
    def of(cls, order: Order) -> "AddressForm":
        """The form filled with what stands in the order now."""
        form = cls()
        form.initial = {name: getattr(order, name) for name in (*form.content, "version")}
        return form
