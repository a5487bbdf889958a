import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

# Bins that differ in case only are the same shelf: stock moves to the oldest of them.
UPPER_CASE = """
UPDATE inventory_stock s SET bin_id = same.first_id
FROM (SELECT id, min(id) OVER (PARTITION BY warehouse_id, upper(code)) AS first_id FROM inventory_bin) same
WHERE s.bin_id = same.id AND same.id <> same.first_id;
DELETE FROM inventory_bin b USING inventory_bin first
WHERE first.warehouse_id = b.warehouse_id AND upper(first.code) = upper(b.code) AND first.id < b.id;
UPDATE inventory_bin SET code = upper(code) WHERE code <> upper(code);
UPDATE inventory_warehouse SET code = upper(code) WHERE code <> upper(code);
-- Foreign keys are looked at now: a table cannot be altered while they wait.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0002_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="warehousestaff",
            name="warehouse",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="staff",
                to="inventory.warehouse",
                verbose_name="warehouse",
            ),
        ),
        migrations.RunSQL(UPPER_CASE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="bin",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                name="bin_code_is_upper_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="warehouse",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                name="warehouse_code_is_upper_case",
            ),
        ),
    ]
