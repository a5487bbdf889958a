"""What an address needs so that a parcel can be sent to it."""

MISSING_SQL = """array_remove(ARRAY[
  CASE WHEN o.ship_name = '' THEN 'ship_name' END,
  CASE WHEN o.ship_phone = '' AND o.ship_country IN ('', 'CN') THEN 'ship_phone' END,
  CASE WHEN o.ship_city = '' AND o.ship_province = '' THEN 'ship_city' END,
  CASE WHEN o.ship_street = '' THEN 'ship_street' END], NULL)"""
"""The names of the fields that an order `o` lacks."""
