"""Taking hold of a customer before something of theirs is written."""

from django.utils.translation import gettext as _

from customers.models import Customer
from oms.errors import NotPossible


def lock(customer_id: int) -> Customer:
    """The customer; whoever else writes about them waits until we are done.

    Raises Customer.DoesNotExist, and NotPossible for one who was merged into another or erased.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
    if customer.merged_into_id:
        raise NotPossible(
            _("This customer was merged into number %d. Change that one, or undo the merge.")
            % customer.merged_into_id
        )
    if customer.erased_at:
        raise NotPossible(
            _("The personal data of this customer was erased. Nothing is kept here any more.")
        )
    return customer
