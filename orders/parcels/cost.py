from decimal import Decimal

from django.conf import settings


def parcel_cost(more_parcels: int) -> Decimal:
    """What so many more parcels cost, in the currency of the order; 0 where nobody has set what one costs."""
    return Decimal(settings.PARCEL_COST) * more_parcels
