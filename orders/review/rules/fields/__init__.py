"""Every field that rules can ask about. A new one is one declaration in a module of this folder."""

from django.utils.translation import gettext_lazy as _

from orders.review.rules.fields import of_address, of_customer, of_lines, of_order
from orders.review.rules.fields.field import RuleField
from orders.review.rules.operators import Kind

RISK = RuleField("risk", _("Risk points"), Kind.NUMBER, "risk", about="risk")
"""The sum of the weights of the signals that an order shows; made of other fields, not read by itself."""

FIELDS: dict[str, RuleField] = {
    one.name: one
    for one in (
        *of_order.FIELDS,
        *of_lines.FIELDS,
        *of_customer.FIELDS,
        *of_address.FIELDS,
        RISK,
    )
}
ABOUT = {
    "order": _("The order"),
    "lines": _("Its lines"),
    "customer": _("The customer"),
    "address": _("The address"),
    "repeat": _("Orders like it"),
    "risk": _("Risk"),
}
"""The headings under which an editor offers the fields."""
