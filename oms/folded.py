from django.db.models import Func, TextField


class Folded(Func):
    """A text column as `oms.search.fold` writes it: full-width folded, lower case."""

    template = "lower(normalize(%(expressions)s, NFKC))"
    output_field = TextField()
