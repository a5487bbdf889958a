"""What is compared to find somebody who was entered twice; each has an index of its own."""

from django.db.models import Func, TextField


class PhoneDigits(Func):
    """A phone's last eleven digits, however it is written: what `customers.identity.phone_key` compares."""

    template = "right(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), 11)"
    output_field = TextField()
