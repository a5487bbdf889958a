from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from orders.models.order import Order


class OrderSearch(models.Model):
    """What of an order people search for by a piece: the names, and the recipient's phone from its end.

    A row of its own: on the order itself every move of the status would write these indexes anew, which costs more
    than the move.
    """

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, db_constraint=False, related_name="search"
    )
    names = models.CharField(max_length=250)  # folded, a line break between them
    grams = ArrayField(models.CharField(max_length=2))
    phone_tail = models.CharField(max_length=40, db_default="")  # the phone, last digit first

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["grams"], name="order_search_grams"),
            models.Index(
                fields=["phone_tail"],
                opclasses=["text_pattern_ops"],
                name="order_search_phone_tail",
            ),
        ]

    def __str__(self) -> str:
        return self.names
