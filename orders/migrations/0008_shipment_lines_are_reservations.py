from django.db import migrations, models

# A shipment's line and its reservation said the same thing twice; the reservation now names the shipment.
CARRY_OVER = """
UPDATE inventory_reservation r SET shipment_id = l.shipment_id
FROM orders_shipmentline l WHERE l.reservation_id = r.id;
-- Foreign keys are looked at now: a table cannot be altered while they wait.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# Reservations live below orders, so the model there cannot name the shipment; the database can.
RESERVATION_SHIPMENT = """
ALTER TABLE inventory_reservation ADD CONSTRAINT reservation_travels_in_a_shipment
  FOREIGN KEY (shipment_id) REFERENCES orders_shipment (id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0004_reservation_names_its_shipment"),
        ("orders", "0007_newest_shipped"),
    ]
    operations = [
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(
            RESERVATION_SHIPMENT,
            "ALTER TABLE inventory_reservation DROP CONSTRAINT reservation_travels_in_a_shipment",
        ),
        migrations.DeleteModel(name="ShipmentLine"),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
            ],
            options={
                "verbose_name": "shipment line",
                "verbose_name_plural": "shipment lines",
                "db_table": "inventory_reservation",
                "managed": False,
            },
        ),
    ]
