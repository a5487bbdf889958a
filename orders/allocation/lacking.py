"""What an order line still lacks, said once for every statement that asks: pieces wanted and in no reservation."""

LACKING = """(l.quantity - l.cancelled_quantity - coalesce((
  SELECT sum(r.quantity) FROM inventory_reservation r WHERE r.order_line_id = l.id AND r.status <> 'released'), 0))"""
"""SQL over a line of goods `l`; below or equal zero where nothing is lacking."""
