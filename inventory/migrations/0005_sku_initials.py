from django.db import migrations, models

from oms.initials import initials
from oms.search import grams

CHUNK = 1000


def fill(apps, schema_editor):
    """SKUs with a Chinese name get its initials; the others are found as before."""
    skus = apps.get_model("inventory", "Sku").objects
    chunk = []
    for sku in skus.only("code", "name").order_by("pk").iterator(CHUNK):
        sku.initials = initials(sku.name)
        if not sku.initials:
            continue
        sku.search_grams = grams(sku.code, sku.name, *sku.initials.split())
        chunk.append(sku)
        if len(chunk) == CHUNK:
            skus.bulk_update(chunk, ["initials", "search_grams"])
            chunk = []
    skus.bulk_update(chunk, ["initials", "search_grams"])


class Migration(migrations.Migration):
    dependencies = [("inventory", "0004_reservation_names_its_shipment")]

    operations = [
        migrations.AddField(
            model_name="sku",
            name="initials",
            field=models.TextField(blank=True, db_default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
