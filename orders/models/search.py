from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from orders.models.order import Order


class OrderSearch(models.Model):
    """The names on an order as they are searched for.

    A row of its own: on the order itself every move of the status would write the grams' index anew, which costs more
    than the move.
    """

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, db_constraint=False, related_name="search"
    )
    names = models.CharField(max_length=250)  # folded, a line break between them
    grams = ArrayField(models.CharField(max_length=2))

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["grams"], name="order_search_grams")]

    def __str__(self) -> str:
        return self.names
