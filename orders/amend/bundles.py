"""The components of a bundle follow its line: they are not changed by themselves. Pure."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from oms.errors import FieldError
from orders.amend.state import OrderState


def pieces_of_components(before: OrderState, bundles: Mapping[int, int]) -> dict[int, int]:
    """What the components of these lines of bundles come to, in the proportion in which they were ordered."""
    return {
        line.pk: bundles[line.bundle] * line.quantity // before.lines[line.bundle].quantity
        for line in before.lines.values()
        if line.bundle is not None and line.bundle in bundles
    }


def component_fault(before: OrderState, line_id: int) -> FieldError | None:
    """Why this line cannot be changed, when it belongs to a bundle."""
    bundle = before.lines[line_id].bundle
    if bundle is None:
        return None
    name = before.lines[bundle].name
    words = _("This belongs to bundle %s: change the quantity of the bundle.") % name
    return FieldError(f"lines[{line_id}].quantity", "component", words, name)
