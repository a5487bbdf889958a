"""What is counted along the way equals a recount."""

from django.conf import settings

from orders.invariants.invariant import Invariant
from orders.tally import COMPARE

TALLY = f"""
SELECT t.day, c.code AS channel, t.currency, t.status, t.kept, t.counted
FROM ({COMPARE}) AS t(day, channel_id, currency, status, kept, counted)
LEFT JOIN oms_channel c ON c.id = t.channel_id
"""

INVARIANTS = [Invariant("counters_equal_a_recount", TALLY, {"zone": settings.TIME_ZONE})]
