from django.db import migrations

RUNNING_NUMBER = "CREATE SEQUENCE order_running_number"

# Reservations live below orders, so the model there cannot name the line; the database can.
RESERVATION_LINE = """
ALTER TABLE inventory_reservation ADD CONSTRAINT reservation_is_for_an_order_line
  FOREIGN KEY (order_line_id) REFERENCES orders_orderline (id) DEFERRABLE INITIALLY DEFERRED
"""

# Statuses and stock change often; room on the page keeps those updates off the indexes.
ROOM_TO_CHANGE = """
ALTER TABLE orders_order SET (fillfactor = 85);
ALTER TABLE inventory_stock SET (fillfactor = 70);
ALTER TABLE inventory_reservation SET (fillfactor = 85);
ALTER TABLE orders_shipment SET (fillfactor = 85);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("inventory", "0001_initial")]
    operations = [
        migrations.RunSQL(RUNNING_NUMBER, "DROP SEQUENCE order_running_number"),
        migrations.RunSQL(
            RESERVATION_LINE,
            "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_is_for_an_order_line",
        ),
        migrations.RunSQL(ROOM_TO_CHANGE, migrations.RunSQL.noop),
    ]
