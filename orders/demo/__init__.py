"""A demo company: three months of orders in every state that an order can stand still in.

Two states are missing, because no verb leaves an order in them: `draft` (an order is written complete
and placed at once) and `approved` (the pipeline allocates what was approved in the same round).
"""
