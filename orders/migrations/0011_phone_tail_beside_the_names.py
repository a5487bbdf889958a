from django.db import migrations, models

CARRY_OVER = """
UPDATE orders_ordersearch s SET phone_tail = reverse(o.ship_phone) FROM orders_order o WHERE o.id = s.order_id
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_notes")]
    operations = [
        migrations.AddField(
            model_name="ordersearch",
            name="phone_tail",
            field=models.CharField(db_default="", max_length=40),
        ),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="ordersearch",
            index=models.Index(
                fields=["phone_tail"],
                name="order_search_phone_tail",
                opclasses=["text_pattern_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="order", name="order_phone_tail"),
    ]
