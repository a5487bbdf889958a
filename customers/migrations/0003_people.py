import customers.same
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import oms.folded
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_customer_event"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "first_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "look at a phone",
                "verbose_name_plural": "looks at phones",
            },
        ),
        migrations.CreateModel(
            name="CustomerMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_name", models.CharField(db_default="", max_length=80)),
                (
                    "merged_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                ("fields", models.JSONField(db_default={})),
                (
                    "order_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], size=None
                    ),
                ),
                (
                    "return_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], size=None
                    ),
                ),
                (
                    "contact_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], size=None
                    ),
                ),
                (
                    "address_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], size=None
                    ),
                ),
                (
                    "identity_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], size=None
                    ),
                ),
                ("default_address_id", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "merge of customers",
                "verbose_name_plural": "merges of customers",
            },
        ),
        migrations.AlterModelOptions(
            name="customer",
            options={
                "permissions": [
                    ("view_full_contact", "Can see whole phone numbers and addresses"),
                    ("block_customer", "Can block customers"),
                    ("merge_customer", "Can merge customers entered twice"),
                    ("export_personal_data", "Can export a customer's personal data"),
                    ("erase_personal_data", "Can erase a customer's personal data"),
                ],
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
            },
        ),
        migrations.AddField(
            model_name="customer",
            name="blocked_reason",
            field=models.CharField(
                db_default="", editable=False, max_length=300, verbose_name="why blocked"
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="consents",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("sms", "Text message"), ("email", "Email"), ("phone", "Call")],
                    max_length=8,
                ),
                db_default=[],
                editable=False,
                size=None,
                verbose_name="consents",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="level_before",
            field=models.CharField(
                db_default="normal",
                editable=False,
                max_length=8,
                verbose_name="level before the block",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                customers.same.PhoneDigits("phone"),
                condition=models.Q(
                    ("merged_into__isnull", True), models.Q(("phone", ""), _negated=True)
                ),
                name="customer_same_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(
                    ("merged_into__isnull", True), models.Q(("email", ""), _negated=True)
                ),
                name="customer_same_email",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                oms.folded.Folded("name"),
                condition=models.Q(("merged_into__isnull", True)),
                name="customer_same_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="customer_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(("level", "blocked"), ("blocked_reason", ""), _connector="OR"),
                name="customer_blocked_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="contactview",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_views",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="contactview",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="merged",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="survivor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gains",
                to="customers.customer",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactview",
            constraint=models.UniqueConstraint(
                fields=("customer", "day", "user"), name="contact_view_once_a_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactview",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="378e30861c0b8befebb6d25c340a18d9bde79881",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8b05d",
                    table="customers_contactview",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="customermerge",
            index=models.Index(
                condition=models.Q(("undone_at__isnull", True)),
                fields=["survivor", "-id"],
                name="merge_newest_of_survivor",
            ),
        ),
        migrations.AddConstraint(
            model_name="customermerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("merged",),
                name="customer_merged_once_at_a_time",
            ),
        ),
    ]
