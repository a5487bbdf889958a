"""How a field of a rule is compared, and what each kind of field allows. Pure.

A value that is not known (no cost, no earlier order) satisfies no comparison, neither one nor its opposite; only
`UNKNOWN` holds of it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a field holds: `LIST` several words, `CHOICE` one word of a few, `TIME` a time of day."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"
    YESNO = "yesno"
    TIME = "time"


class Operator(models.TextChoices):
    EQUALS = "eq", _("is")
    DIFFERS = "ne", _("is not")
    AT_LEAST = "gte", _("is at least")
    AT_MOST = "lte", _("is at most")
    ABOVE = "gt", _("is above")
    BELOW = "lt", _("is below")
    BETWEEN = "between", _("is from … to …")
    ONE_OF = "in", _("is one of")
    NONE_OF = "not_in", _("is none of")
    CONTAINS = "contains", _("contains one of")
    LACKS = "lacks", _("contains none of")
    IS_EMPTY = "empty", _("is empty")
    IS_FILLED = "filled", _("is filled in")
    UNKNOWN = "unknown", _("is not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


O = Operator  # noqa: E741 - the table below is read by it

OPERATORS_OF: dict[str, tuple[Operator, ...]] = {
    Kind.NUMBER: (O.AT_LEAST, O.AT_MOST, O.ABOVE, O.BELOW, O.EQUALS, O.DIFFERS, O.BETWEEN, O.UNKNOWN),
    Kind.TEXT: (O.CONTAINS, O.LACKS, O.EQUALS, O.DIFFERS, O.ONE_OF, O.NONE_OF, O.IS_EMPTY, O.IS_FILLED),
    Kind.CHOICE: (O.ONE_OF, O.NONE_OF),
    Kind.LIST: (O.ONE_OF, O.NONE_OF, O.IS_EMPTY, O.IS_FILLED),
    Kind.YESNO: (O.YES, O.NO, O.UNKNOWN),
    Kind.TIME: (O.BETWEEN, O.AT_LEAST, O.BELOW),
}  # fmt: skip
"""The operators that fit each kind, the usual one first."""

WITHOUT_VALUE = frozenset({O.IS_EMPTY, O.IS_FILLED, O.UNKNOWN, O.YES, O.NO})
OF_WORDS = frozenset({O.ONE_OF, O.NONE_OF, O.CONTAINS, O.LACKS})
"""These take several words."""
