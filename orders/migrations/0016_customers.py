import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0003_people"),
        ("oms", "0003_idempotency_key_has_one_index"),
        ("orders", "0015_import_wizard"),
    ]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="customers.customer",
            ),
        ),
        migrations.AlterField(
            model_name="rulecondition",
            name="field",
            field=models.CharField(
                choices=[
                    ("total", "Order total"),
                    ("unpaid", "Amount still unpaid"),
                    ("currency", "Currency"),
                    ("channel", "Channel code"),
                    ("customer_level", "Customer level"),
                    ("blocked_reason", "Why the customer is blocked"),
                    ("earlier_orders", "Earlier orders of the customer"),
                    ("country", "Country"),
                    ("province", "Province"),
                    ("street", "Street address"),
                    ("phone", "Phone"),
                    ("note", "Note"),
                    ("pieces", "Pieces in the order"),
                    ("sku", "A SKU of the order"),
                ],
                max_length=16,
                verbose_name="field",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["customer", "-placed_at", "-id"], name="order_by_customer_newest"
            ),
        ),
    ]
