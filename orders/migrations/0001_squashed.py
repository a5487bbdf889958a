"""All that the migrations named in `replaces` made, in one step: for a new database."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import oms.folded
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

RUNNING_NUMBER = "CREATE SEQUENCE order_running_number"

# Statuses and stock change often; room on the page keeps those updates off the indexes.
ROOM_TO_CHANGE = """
ALTER TABLE orders_order SET (fillfactor = 85);
ALTER TABLE inventory_stock SET (fillfactor = 70);
ALTER TABLE inventory_reservation SET (fillfactor = 85);
ALTER TABLE orders_shipment SET (fillfactor = 85);
"""


class Migration(migrations.Migration):
    replaces = [
        ("orders", "0001_initial"),
        ("orders", "0002_database_only"),
        ("orders", "0003_transitions"),
        ("orders", "0004_import_account"),
        ("orders", "0005_fewer_indexes"),
        ("orders", "0006_order_search"),
        ("orders", "0007_newest_shipped"),
        ("orders", "0008_shipment_lines_are_reservations"),
        ("orders", "0009_bulk_jobs"),
        ("orders", "0010_notes"),
        ("orders", "0011_phone_tail_beside_the_names"),
        ("orders", "0012_promises"),
        ("orders", "0013_review_claims"),
        ("orders", "0014_unfinished_orders"),
        ("orders", "0015_import_wizard"),
        ("orders", "0016_customers"),
        ("orders", "0017_exceptions"),
        ("orders", "0018_saved_views"),
        ("orders", "0019_rules"),
        ("orders", "0020_rules_kept_as_versions"),
        ("orders", "0021_old_rules_removed"),
        ("orders", "0022_second_review"),
        ("orders", "0023_priority"),
        ("orders", "0024_bundle_lines"),
        ("orders", "0025_allocation_policies"),
        ("orders", "0026_parcels"),
        ("orders", "0027_truth"),
        ("orders", "0028_hot_rows"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("customers", "0001_squashed"),
        ("inventory", "0001_squashed"),
        ("oms", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="CNY",
                        help_text="A role with limits approves only in the currencies that it has limits for.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "max_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Empty: any amount.",
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="largest order total",
                    ),
                ),
                (
                    "max_discount_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Empty: any discount.",
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="largest discount, %",
                    ),
                ),
                (
                    "max_refund",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Money given back with one payment. Empty: any amount.",
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="largest refund",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Of several roles of a person the most generous counts.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval_limits",
                        to="auth.group",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval limit",
                "verbose_name_plural": "approval limits",
                "ordering": ("group", "currency"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "currency"), name="approval_limit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="approval_limit_currency_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_amount__gte", 0), ("max_refund__gte", 0)),
                        name="approval_limit_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_discount_percent__range", (0, 100))),
                        name="approval_limit_discount_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20)),
                ("reason", models.CharField(db_default="", max_length=300, verbose_name="reason")),
                ("back", models.CharField(db_default="", max_length=2000)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "undoes",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="orders.bulkjob",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bulk job",
                "verbose_name_plural": "bulk jobs",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("confirmed_at__isnull", False), ("finished_at__isnull", True)
                        ),
                        fields=["id"],
                        name="bulk_job_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="finished_bulk_job_was_confirmed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("headings", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered columns",
                "verbose_name_plural": "remembered columns",
                "constraints": [
                    models.UniqueConstraint(fields=("headings",), name="columns_remembered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Consignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipient_key", models.CharField(max_length=32)),
                ("currency", models.CharField(max_length=3)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "merged parcel",
                "verbose_name_plural": "merged parcels",
            },
        ),
        migrations.CreateModel(
            name="ExceptionKeeper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "Short"),
                            ("address", "Address"),
                            ("payment", "Payment"),
                            ("duplicate", "Duplicate"),
                            ("overdue", "Overdue"),
                            ("review", "Decision"),
                            ("carrier", "Carrier"),
                            ("import", "Import"),
                        ],
                        max_length=10,
                        unique=True,
                        verbose_name="kind",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked after by",
                    ),
                ),
            ],
            options={
                "verbose_name": "keeper of exceptions",
                "verbose_name_plural": "keepers of exceptions",
            },
        ),
        migrations.CreateModel(
            name="FinancialAdjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_no", models.CharField(max_length=64, verbose_name="document no.")),
                ("position", models.PositiveIntegerField()),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount"),
                ),
                (
                    "description",
                    models.CharField(blank=True, max_length=200, verbose_name="description"),
                ),
                ("happened_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oms.channel",
                    ),
                ),
            ],
            options={
                "verbose_name": "financial adjustment",
                "verbose_name_plural": "financial adjustments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "external_no", "position"),
                        name="financial_adjustment_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListLayout",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                (
                    "density",
                    models.CharField(
                        choices=[
                            ("compact", "Compact"),
                            ("normal", "Normal"),
                            ("touch", "Roomy, for fingers"),
                        ],
                        default="normal",
                        max_length=7,
                    ),
                ),
            ],
            options={
                "verbose_name": "layout of the order list",
                "verbose_name_plural": "layouts of the order list",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("density__in", ["compact", "normal", "touch"])),
                        name="list_layout_density_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(db_collation="C", max_length=24, verbose_name="order no."),
                ),
                (
                    "external_no",
                    models.CharField(
                        blank=True,
                        db_collation="C",
                        max_length=64,
                        null=True,
                        verbose_name="platform no.",
                    ),
                ),
                ("draft_hash", models.CharField(db_default="", max_length=32)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("pending_review", "To review"),
                            ("on_hold", "On hold"),
                            ("approved", "Approved"),
                            ("backordered", "Back-ordered"),
                            ("allocated", "Ready to ship"),
                            ("in_fulfilment", "In fulfilment"),
                            ("partially_shipped", "Partly shipped"),
                            ("shipped", "Shipped"),
                            ("delivered", "Delivered"),
                            ("completed", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=18,
                        verbose_name="status",
                    ),
                ),
                ("reason_code", models.CharField(db_default="", max_length=40)),
                ("reason_detail", models.CharField(db_default="", max_length=300)),
                (
                    "customer_name",
                    models.CharField(db_default="", max_length=120, verbose_name="customer"),
                ),
                (
                    "ship_name",
                    models.CharField(db_default="", max_length=120, verbose_name="recipient"),
                ),
                (
                    "ship_phone",
                    models.CharField(db_default="", max_length=40, verbose_name="phone"),
                ),
                (
                    "ship_country",
                    models.CharField(db_default="", max_length=2, verbose_name="country"),
                ),
                (
                    "ship_province",
                    models.CharField(db_default="", max_length=80, verbose_name="province"),
                ),
                ("ship_city", models.CharField(db_default="", max_length=80, verbose_name="city")),
                (
                    "ship_district",
                    models.CharField(db_default="", max_length=80, verbose_name="district"),
                ),
                (
                    "ship_street",
                    models.CharField(db_default="", max_length=200, verbose_name="street"),
                ),
                (
                    "ship_postcode",
                    models.CharField(db_default="", max_length=20, verbose_name="postcode"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "lines_amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="lines"),
                ),
                (
                    "discount_amount",
                    models.DecimalField(
                        db_default=0, decimal_places=2, max_digits=16, verbose_name="discount"
                    ),
                ),
                (
                    "shipping_amount",
                    models.DecimalField(
                        db_default=0, decimal_places=2, max_digits=16, verbose_name="shipping fee"
                    ),
                ),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="total"),
                ),
                (
                    "ship_complete",
                    models.BooleanField(db_default=True, verbose_name="ship only when complete"),
                ),
                ("note", models.TextField(blank=True, db_default="", verbose_name="note")),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveIntegerField(db_default=1)),
                (
                    "channel",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="oms.channel",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="customers.customer",
                    ),
                ),
                (
                    "promised_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="promised by"),
                ),
                ("priority", models.SmallIntegerField(db_default=0, verbose_name="priority")),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "permissions": [
                    ("place_order", "Can place and edit orders"),
                    ("review_order", "Can approve, hold and release orders"),
                    ("finance_review", "Can decide the second review, by finance"),
                    ("force_approve", "Can approve an order against rules and limits"),
                    ("view_forced", "Can see the forced approvals"),
                    ("cancel_order", "Can cancel orders"),
                    ("reallocate_order", "Can give goods of one order to another"),
                    ("fulfil_order", "Can pick, pack, ship and deliver"),
                    ("import_orders", "Can import order files"),
                    ("view_dashboard", "Can see the dashboard"),
                ],
                "indexes": [
                    models.Index(fields=["status", "-id"], name="order_by_status_newest"),
                    models.Index(fields=["placed_at"], name="order_placed_at"),
                    models.Index(
                        condition=models.Q(
                            ("reason_code", "awaiting_review"), ("status", "pending_review")
                        ),
                        fields=["id"],
                        name="order_awaiting_rules",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                (
                                    "pending_review",
                                    "on_hold",
                                    "backordered",
                                    "allocated",
                                    "in_fulfilment",
                                    "partially_shipped",
                                ),
                            )
                        ),
                        fields=["status", "promised_at", "id"],
                        name="order_open_by_promise",
                    ),
                    models.Index(
                        fields=["customer", "-placed_at", "-id"], name="order_by_customer_newest"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("reason_code", "finance_review"), ("status", "pending_review")
                        ),
                        fields=["promised_at", "id"],
                        name="order_awaiting_finance",
                    ),
                    models.Index(
                        condition=models.Q(("priority", 0), _negated=True),
                        fields=["status", "-priority", "promised_at", "id"],
                        name="order_of_other_priority",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["promised_at", "id"],
                        name="order_approved_by_promise",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "pending_review",
                                    "on_hold",
                                    "approved",
                                    "backordered",
                                    "allocated",
                                    "in_fulfilment",
                                    "partially_shipped",
                                    "shipped",
                                    "delivered",
                                    "completed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="order_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_amount",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("lines_amount"), "+", models.F("shipping_amount")
                                    ),
                                    "-",
                                    models.F("discount_amount"),
                                ),
                            )
                        ),
                        name="order_total_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discount_amount__gte", 0), ("shipping_amount__gte", 0)
                        ),
                        name="order_amounts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="order_version_counts_from_one",
                    ),
                    models.UniqueConstraint(
                        fields=("external_no", "channel"), name="order_external_no_once_per_channel"
                    ),
                    models.UniqueConstraint(fields=("number",), name="order_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("status", models.CharField(max_length=18)),
                ("orders", models.IntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("is_folded", models.BooleanField(db_default=False)),
                (
                    "channel",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oms.channel",
                    ),
                ),
            ],
            options={
                "verbose_name": "order tally",
                "verbose_name_plural": "order tallies",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_folded", True)),
                        fields=("day", "channel", "currency", "status"),
                        name="one_folded_tally_per_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RemoteArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(default="CN", max_length=2, verbose_name="country")),
                ("province", models.CharField(max_length=80, verbose_name="province")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
            ],
            options={
                "verbose_name": "remote area",
                "verbose_name_plural": "remote areas",
                "ordering": ("country", "province", "city"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "province", "city"), name="remote_area_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("province", ""), _negated=True),
                        name="remote_area_has_a_province",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_no", models.CharField(max_length=64, verbose_name="document no.")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="credited amount"
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oms.channel",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "return",
                "verbose_name_plural": "returns",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "external_no"),
                        name="return_external_no_once_per_channel",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskSignal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("points", models.SmallIntegerField(verbose_name="points")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("kept", models.JSONField(default=dict, verbose_name="conditions")),
            ],
            options={
                "verbose_name": "signal of risk",
                "verbose_name_plural": "signals of risk",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("points", 0), _negated=True),
                        name="risk_signal_weighs_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=16)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("asked", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                (
                    "density",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("compact", "Compact"),
                            ("normal", "Normal"),
                            ("touch", "Roomy, for fingers"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared")),
                ("version", models.PositiveIntegerField(db_default=1)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "permissions": [
                    ("share_savedview", "Can share views of the order list, and keep shared ones")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("slug",), name="saved_view_slug_once"),
                    models.UniqueConstraint(
                        models.F("user"),
                        oms.folded.Folded("name"),
                        name="saved_view_name_once_per_user",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="saved_view_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("density__in", ["", "compact", "normal", "touch"])),
                        name="saved_view_density_is_known",
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="tag")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        oms.folded.Folded("name"),
                        name="tag_name_once",
                        violation_error_message="There is a tag of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="tag_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TruthPass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("step", models.PositiveSmallIntegerField(db_default=0)),
                ("after_id", models.BigIntegerField(db_default=0)),
                ("piece", models.PositiveIntegerField(db_default=1000)),
                ("looked_at", models.BigIntegerField(db_default=0)),
                ("seconds", models.FloatField(db_default=0.0)),
                ("longest_seconds", models.FloatField(db_default=0.0)),
                ("found", models.JSONField(db_default={})),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=["id"],
                        name="truth_pass_under_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TruthState",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField(null=True)),
                ("broken", models.PositiveIntegerField(db_default=0)),
                ("rows", models.JSONField(db_default=[])),
                ("broken_since", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="UnfinishedOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_key", models.CharField(max_length=80)),
                ("typed", models.JSONField()),
                (
                    "saved_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="saved at",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "unfinished order",
                "verbose_name_plural": "unfinished orders",
                "indexes": [
                    models.Index(fields=["user", "-saved_at"], name="unfinished_order_newest"),
                    models.Index(fields=["saved_at"], name="unfinished_order_saved_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "form_key"), name="unfinished_order_once_per_form"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WarehouseRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Empty for all.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="How the province begins; empty for all.",
                        max_length=80,
                        verbose_name="province",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost per parcel",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=2, verbose_name="days")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="The lowest number is asked first.",
                        verbose_name="rank",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "region of a warehouse",
                "verbose_name_plural": "regions of warehouses",
                "ordering": ("country", "province", "rank", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("warehouse", "country", "province"),
                        name="warehouse_rate_once_per_region",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost__gte", 0)), name="warehouse_rate_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="The lowest number is asked first.",
                        verbose_name="position",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="normal, silver or gold; empty for all.",
                        max_length=8,
                        verbose_name="customer level",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Two letters, as in CN; empty for all.",
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}$", "Country: enter two capital letters, as in CN."
                            )
                        ],
                        verbose_name="country",
                    ),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="How the province begins; empty for all.",
                        max_length=80,
                        verbose_name="province",
                    ),
                ),
                (
                    "prefer",
                    models.CharField(
                        choices=[
                            ("priority", "The warehouses' own priority"),
                            ("region", "Rank in the table of regions"),
                            ("cost", "Lowest cost of a parcel"),
                        ],
                        default="priority",
                        max_length=8,
                        verbose_name="warehouses by",
                    ),
                ),
                (
                    "fewest_parcels",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise each warehouse in turn gives what it has.",
                        verbose_name="fewest parcels",
                    ),
                ),
                (
                    "no_split_below",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The order's total in its currency; empty to split any order.",
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="do not split below",
                    ),
                ),
                (
                    "parcel_cap",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="parcels at most",
                    ),
                ),
                (
                    "ships",
                    models.CharField(
                        choices=[
                            ("order", "As the order says"),
                            ("complete", "Only complete"),
                            ("available", "What there is goes now"),
                        ],
                        default="order",
                        max_length=9,
                        verbose_name="short orders ship",
                    ),
                ),
                (
                    "keeps_safety",
                    models.BooleanField(
                        default=False,
                        help_text="These orders do not take the last pieces below the safety stock.",
                        verbose_name="keeps safety stock",
                    ),
                ),
                (
                    "channels",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Empty for all.",
                        to="oms.channel",
                        verbose_name="channels",
                    ),
                ),
                (
                    "excluded",
                    models.ManyToManyField(
                        blank=True,
                        to="inventory.warehouse",
                        verbose_name="warehouses that may not serve",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Orders with one of these tags; empty for all.",
                        to="orders.tag",
                        verbose_name="order tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation policy",
                "verbose_name_plural": "allocation policies",
                "ordering": ("position", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ("", "normal", "silver", "gold"))),
                        name="policy_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parcel_cap__isnull", True), ("parcel_cap__gte", 1), _connector="OR"
                        ),
                        name="policy_lets_a_parcel_go",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("refused", "Stayed as it was"),
                            ("left_out", "Left out"),
                        ],
                        db_default="waiting",
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(db_default="", max_length=300)),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="orders.bulkjob",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of a bulk job",
                "verbose_name_plural": "orders of bulk jobs",
                "constraints": [
                    models.UniqueConstraint(fields=("job", "order"), name="bulk_item_once_per_job")
                ],
            },
        ),
        migrations.CreateModel(
            name="ExceptionTimer",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                ("due_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "timer of an order",
                "verbose_name_plural": "timers of orders",
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file_hash", models.CharField(max_length=64)),
                ("preset", models.CharField(max_length=40, verbose_name="preset")),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "Running"), ("finished", "Finished")],
                        default="running",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("account", models.JSONField(default=dict)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="oms.channel",
                        verbose_name="channel",
                    ),
                ),
                ("counters", models.JSONField(default=dict)),
                ("header", models.JSONField(default=list)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                (
                    "undone_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.bulkjob",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file_hash", "channel", "preset"), name="import_batch_once_per_file"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("from_status", models.CharField(db_default="", max_length=18)),
                ("to_status", models.CharField(db_default="", max_length=18)),
                ("actor_name", models.CharField(db_default="", max_length=80)),
                ("reason", models.CharField(db_default="", max_length=300)),
                ("data", models.JSONField(db_default={})),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "order event",
                "verbose_name_plural": "order events",
                "indexes": [
                    models.Index(fields=["order", "id"], name="order_event_timeline"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["created_at"],
                        name="order_event_by_time",
                        pages_per_range=32,
                    ),
                    models.Index(
                        condition=models.Q(("kind", "forced")),
                        fields=["-id"],
                        name="order_event_forced_newest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goods", "Goods"),
                            ("service", "Service"),
                            ("charge", "Charge"),
                            ("discount", "Discount"),
                            ("bundle", "Bundle"),
                        ],
                        db_default="goods",
                        max_length=8,
                    ),
                ),
                (
                    "description",
                    models.CharField(db_default="", max_length=200, verbose_name="description"),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "cancelled_quantity",
                    models.PositiveIntegerField(db_default=0, verbose_name="cancelled"),
                ),
                (
                    "unit_price",
                    models.DecimalField(decimal_places=4, max_digits=14, verbose_name="unit price"),
                ),
                (
                    "discount_amount",
                    models.DecimalField(
                        db_default=0, decimal_places=2, max_digits=16, verbose_name="discount"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount"),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.order",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_lines",
                        to="inventory.sku",
                    ),
                ),
                (
                    "bundle_line",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="component_lines",
                        to="orders.orderline",
                    ),
                ),
            ],
            options={
                "verbose_name": "order line",
                "verbose_name_plural": "order lines",
                "ordering": ("order", "position"),
                "indexes": [
                    models.Index(fields=["sku", "-order"], name="order_line_by_sku_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("order", "position"), name="order_line_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="order_line_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cancelled_quantity__lte", models.F("quantity"))),
                        name="order_line_cancelled_within_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "goods"), ("sku__isnull", False)),
                            models.Q(("kind", "goods"), _negated=True),
                            _connector="OR",
                        ),
                        name="order_line_goods_have_a_sku",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__lte", 0), ("kind", "discount")),
                            models.Q(
                                models.Q(("kind", "discount"), _negated=True),
                                ("amount__gte", 0),
                                ("discount_amount__gte", 0),
                                ("unit_price__gte", 0),
                            ),
                            _connector="OR",
                        ),
                        name="order_line_sign_fits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bundle_line__isnull", True),
                            models.Q(("amount", 0), ("kind", "goods")),
                            _connector="OR",
                        ),
                        name="component_line_is_goods_at_no_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderOwner",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ownership",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "owner of an order",
                "verbose_name_plural": "owners of orders",
                "indexes": [models.Index(fields=["user", "-order"], name="order_owner_newest")],
            },
        ),
        migrations.CreateModel(
            name="OrderSearch",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                ("names", models.CharField(max_length=250)),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None
                    ),
                ),
                ("phone_tail", models.CharField(db_default="", max_length=40)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["grams"], name="order_search_grams"
                    ),
                    models.Index(
                        fields=["phone_tail"],
                        name="order_search_phone_tail",
                        opclasses=["text_pattern_ops"],
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_rows",
                        to="orders.order",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_rows",
                        to="orders.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of an order",
                "verbose_name_plural": "tags of orders",
                "indexes": [models.Index(fields=["tag", "-order"], name="order_tag_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "tag"), name="order_tag_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTouched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "order to be looked at",
                "verbose_name_plural": "orders to be looked at",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=40, verbose_name="method")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount"),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="reference"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("received", "Received"),
                            ("failed", "Failed"),
                        ],
                        db_default="received",
                        max_length=8,
                    ),
                ),
                ("paid_at", models.DateTimeField(verbose_name="paid at")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="payment_is_of_an_amount",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("order", "method", "reference"),
                        name="payment_reference_once_per_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewClaim",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="review_claim",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "review claim",
                "verbose_name_plural": "review claims",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("claimed_at"))),
                        name="review_claim_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(db_collation="C", max_length=24, verbose_name="shipment no."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ready", "Ready to pick"),
                            ("picking", "Picking"),
                            ("packed", "Packed"),
                            ("shipped", "Shipped"),
                            ("delivered", "Delivered"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="ready",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "carrier",
                    models.CharField(
                        blank=True, db_default="", max_length=40, verbose_name="carrier"
                    ),
                ),
                (
                    "waybill",
                    models.CharField(
                        blank=True, db_default="", max_length=64, verbose_name="waybill no."
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("shipped_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="orders.order",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="inventory.warehouse",
                    ),
                ),
                ("recipient_key", models.CharField(db_default="", editable=False, max_length=32)),
                ("stays_alone", models.BooleanField(db_default=False)),
                (
                    "consignment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="orders.consignment",
                        verbose_name="travels in",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment",
                "verbose_name_plural": "shipments",
                "indexes": [
                    models.Index(fields=["warehouse", "status", "id"], name="shipment_board"),
                    models.Index(
                        condition=models.Q(("waybill", ""), _negated=True),
                        fields=["waybill"],
                        name="shipment_waybill",
                        opclasses=["text_pattern_ops"],
                    ),
                    models.Index(
                        condition=models.Q(("shipped_at__isnull", False)),
                        fields=["-shipped_at", "-id"],
                        name="shipment_newest_shipped",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("status", "ready"), models.Q(("recipient_key", ""), _negated=True)
                        ),
                        fields=["warehouse", "recipient_key"],
                        name="shipment_ready_by_recipient",
                    ),
                    models.Index(
                        condition=models.Q(("consignment__isnull", False)),
                        fields=["consignment"],
                        name="shipment_of_consignment",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["shipped", "delivered"]), _negated=True),
                            ("shipped_at__isnull", False),
                            _connector="OR",
                        ),
                        name="shipped_shipment_has_a_time",
                    ),
                    models.UniqueConstraint(fields=("number",), name="shipment_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consignment__isnull", True),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True),
                                ("stays_alone", False),
                            ),
                            _connector="OR",
                        ),
                        name="merged_shipment_does_not_stay_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShipTogether",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ship_together",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wish to ship together",
                "verbose_name_plural": "wishes to ship together",
            },
        ),
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file_hash", models.CharField(db_index=True, max_length=64)),
                ("written_in", models.CharField(max_length=20)),
                ("header", models.JSONField(default=list)),
                ("preset", models.CharField(db_default="", max_length=40)),
                ("channel", models.CharField(db_default="", max_length=40)),
                ("mapping", models.JSONField(default=dict)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(db_default=1)),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(db_default="", max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="orders.importbatch",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import being prepared",
                "verbose_name_plural": "imports being prepared",
                "indexes": [
                    models.Index(
                        condition=models.Q(("started_at__isnull", False)),
                        fields=["id"],
                        name="import_draft_to_do",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at__isnull", True),
                            ("started_by__isnull", False),
                            _connector="OR",
                        ),
                        name="started_import_has_a_starter",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_no", models.PositiveIntegerField()),
                ("raw", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("goods", "Goods line"),
                            ("charge", "Charge or discount line"),
                            ("return_linked", "Return line linked to what it reverses"),
                            ("credit_unlinked", "Unlinked credit"),
                            ("stock_adjustment", "Stock adjustment"),
                            ("financial", "Financial adjustment"),
                            ("duplicate", "Already here"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.CharField(db_default="", max_length=300)),
                ("document", models.CharField(db_default="", max_length=64)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="orders.importbatch",
                    ),
                ),
                ("amount", models.DecimalField(db_default=0, decimal_places=6, max_digits=20)),
                (
                    "document_kind",
                    models.CharField(
                        choices=[
                            ("order", "Order"),
                            ("credit", "Cancellation"),
                            ("adjustment", "Adjustment"),
                        ],
                        db_default="order",
                        max_length=10,
                    ),
                ),
                (
                    "extra_amount",
                    models.DecimalField(db_default=0, decimal_places=6, max_digits=20),
                ),
                ("quantity", models.BigIntegerField(db_default=0)),
            ],
            options={
                "verbose_name": "import row",
                "verbose_name_plural": "import rows",
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "row_no"), name="import_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="orders.orderevent",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "indexes": [
                    models.Index(fields=["user", "-id"], name="mention_newest_of_user"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["user"],
                        name="mention_unread_of_user",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "user"), name="mention_once_per_comment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "Short"),
                            ("address", "Address"),
                            ("payment", "Payment"),
                            ("duplicate", "Duplicate"),
                            ("overdue", "Overdue"),
                            ("review", "Decision"),
                            ("carrier", "Carrier"),
                            ("import", "Import"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cause", models.CharField(max_length=20)),
                ("data", models.JSONField(db_default={})),
                ("sign", models.CharField(db_default="", max_length=100)),
                ("is_assigned", models.BooleanField(db_default=False)),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("deadline_at", models.DateTimeField()),
                ("waiting_until", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_how",
                    models.CharField(
                        choices=[
                            ("solved", "The cause is gone"),
                            ("dismissed", "Waved off by a person"),
                        ],
                        db_default="",
                        max_length=9,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="orders.importbatch",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="orders.order",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "exception",
                "verbose_name_plural": "exceptions",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["kind", "waiting_until", "opened_at"],
                        name="exception_counts",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("waiting_until__isnull", True)
                        ),
                        fields=["deadline_at", "id"],
                        name="exception_to_do",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("waiting_until__isnull", True)
                        ),
                        fields=["kind", "deadline_at", "id"],
                        name="exception_of_kind",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("waiting_until__isnull", True)
                        ),
                        fields=["owner", "deadline_at", "id"],
                        name="exception_of_owner",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("waiting_until__isnull", False)
                        ),
                        fields=["waiting_until", "id"],
                        name="exception_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("other__isnull", False)),
                        fields=["other"],
                        name="exception_other",
                    ),
                    models.Index(fields=["opened_at"], name="exception_opened"),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), _negated=True),
                        fields=["closed_at"],
                        name="exception_closed",
                    ),
                    models.Index(fields=["order"], name="exception_of_order"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("order", "cause"),
                        name="exception_open_once_per_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("batch", "cause"),
                        name="exception_open_once_per_import",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("batch__isnull", False), ("order__isnull", True)),
                            models.Q(("batch__isnull", True), ("order__isnull", False)),
                            _connector="OR",
                        ),
                        name="exception_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_how", "")),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("closed_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_exception_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "description",
                    models.CharField(blank=True, max_length=200, verbose_name="description"),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "unit_price",
                    models.DecimalField(decimal_places=4, max_digits=14, verbose_name="unit price"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="credited amount"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("applied", "Taken off the order"),
                            ("waiting", "Waiting for a person"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.return",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_lines",
                        to="orders.orderline",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "return line",
                "verbose_name_plural": "return lines",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="return_line_quantity_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "waiting"), ("order_line__isnull", False), _connector="OR"
                        ),
                        name="applied_return_line_is_linked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportDraftRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_no", models.PositiveIntegerField()),
                ("raw", models.TextField()),
                ("corrected", models.TextField(db_default="")),
                ("document", models.TextField(db_default="")),
                ("group_no", models.PositiveIntegerField(db_default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked yet"),
                            ("good", "Can be imported"),
                            ("bad", "With a problem"),
                            ("held", "Belongs to one with a problem"),
                            ("here", "Already here"),
                            ("differs", "Already here, with other content"),
                            ("taken_in", "Imported"),
                        ],
                        db_default="unchecked",
                        max_length=9,
                    ),
                ),
                ("problems", models.JSONField(db_default=[])),
                (
                    "draft",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="orders.importdraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import being prepared",
                "verbose_name_plural": "rows of imports being prepared",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draft", "row_no"), name="import_draft_row_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("off", "Off"),
                            ("shadow", "Shadow: only recorded"),
                            ("on", "On"),
                            ("paused", "Paused by the system"),
                            ("retired", "Retired"),
                        ],
                        db_default="off",
                        max_length=8,
                        verbose_name="mode",
                    ),
                ),
                ("position", models.PositiveIntegerField(db_default=100, verbose_name="order")),
            ],
            options={
                "verbose_name": "review rule",
                "verbose_name_plural": "review rules",
                "ordering": ("position", "pk"),
                "permissions": [("publish_reviewrule", "Can publish review rules")],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("kept", models.JSONField()),
                ("author_name", models.CharField(db_default="", max_length=80)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("tried_at", models.DateTimeField(null=True)),
                ("trial", models.JSONField(null=True)),
                ("wants_second", models.BooleanField(db_default=False)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="orders.reviewrule",
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a rule",
                "verbose_name_plural": "versions of rules",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "number"), name="rule_version_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seconded_by__isnull", True),
                            models.Q(("seconded_by", models.F("published_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="rule_version_seconded_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("saved", "Saved"),
                            ("published", "Published"),
                            ("asked", "Publishing asked for, waits for a second person"),
                            ("shadowed", "Put in the shadow"),
                            ("stopped", "Switched off"),
                            ("paused", "Paused"),
                            ("retired", "Retired"),
                            ("moved", "Moved to another place"),
                            ("signals", "Signals of risk changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor_name", models.CharField(db_default="", max_length=80)),
                ("note", models.CharField(db_default="", max_length=300)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="orders.reviewrule",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.ruleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a rule",
                "verbose_name_plural": "changes of rules",
            },
        ),
        migrations.CreateModel(
            name="RuleHit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("decided", "decided"),
                            ("overruled", "overruled by a stronger rule"),
                            ("shadow", "only recorded"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "judged_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hits",
                        to="orders.ruleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "hit of a rule",
                "verbose_name_plural": "hits of rules",
                "indexes": [models.Index(fields=["version", "-id"], name="rule_hit_newest")],
            },
        ),
        migrations.CreateModel(
            name="SecondReview",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_review",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("passed_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.ruleversion",
                        verbose_name="rule",
                    ),
                ),
                ("passed_over_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "second review",
                "verbose_name_plural": "second reviews",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("passed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_review_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            ("passed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="second_review_follows_the_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            ("passed_over_at__isnull", True),
                            _connector="OR",
                        ),
                        name="second_review_decided_or_passed_over",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reviewrule",
            name="live",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.ruleversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live__isnull", False), ("mode__in", ["off", "retired"]), _connector="OR"
                ),
                name="review_rule_in_force_has_a_version",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_transition",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('draft', 'pending_review'), ('draft', 'cancelled'), ('pending_review', 'approved'), ('pending_review', 'on_hold'), ('pending_review', 'cancelled'), ('on_hold', 'pending_review'), ('on_hold', 'approved'), ('on_hold', 'cancelled'), ('approved', 'allocated'), ('approved', 'backordered'), ('approved', 'in_fulfilment'), ('approved', 'completed'), ('approved', 'on_hold'), ('approved', 'cancelled'), ('backordered', 'allocated'), ('backordered', 'in_fulfilment'), ('backordered', 'on_hold'), ('backordered', 'cancelled'), ('allocated', 'in_fulfilment'), ('allocated', 'on_hold'), ('allocated', 'cancelled'), ('in_fulfilment', 'partially_shipped'), ('in_fulfilment', 'shipped'), ('in_fulfilment', 'allocated'), ('in_fulfilment', 'backordered'), ('in_fulfilment', 'on_hold'), ('in_fulfilment', 'cancelled'), ('partially_shipped', 'shipped'), ('partially_shipped', 'delivered'), ('shipped', 'delivered'), ('delivered', 'completed')))",
                    func="RAISE EXCEPTION 'illegal transition of % from % to %', NEW.number, OLD.status, NEW.status USING ERRCODE = 'check_violation';",
                    hash="b2b3dde43c27591f789ea109452e413c91f9af99",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_legal_transition_c13dd",
                    table="orders_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Cannot delete rows from % or number them anew', TG_TABLE_NAME;",
                    hash="d9227cfc6d6783b5b6494195e01078fa95a3358f",
                    operation='DELETE OR UPDATE OF "id"',
                    pgid="pgtrigger_never_deleted_4fa22",
                    table="orders_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7d910be96f697ed8c0d24b8d8a9b6e268d3d09ae",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_39cdb",
                    table="orders_orderevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Cannot delete rows from % or number them anew', TG_TABLE_NAME;",
                    hash="0cdf82c592d3de076113eb29476915ed7c2759ea",
                    operation='DELETE OR UPDATE OF "id"',
                    pgid="pgtrigger_never_deleted_7635d",
                    table="orders_orderline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shipment",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_transition",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (('ready', 'picking'), ('ready', 'cancelled'), ('picking', 'packed'), ('picking', 'cancelled'), ('packed', 'shipped'), ('packed', 'cancelled'), ('shipped', 'delivered')))",
                    func="RAISE EXCEPTION 'illegal transition of % from % to %', NEW.number, OLD.status, NEW.status USING ERRCODE = 'check_violation';",
                    hash="bc5fe67f42a9d049641d86420a85780483ac5aec",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_legal_transition_87e47",
                    table="orders_shipment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shipment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Cannot delete rows from % or number them anew', TG_TABLE_NAME;",
                    hash="7a0aa5976d6c81dc9a4c64507efc22e2aa96207a",
                    operation='DELETE OR UPDATE OF "id"',
                    pgid="pgtrigger_never_deleted_21057",
                    table="orders_shipment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="text_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='RAISE EXCEPTION \'pgtrigger: Cannot update of "kept", "number", "rule_id" rows from % table\', TG_TABLE_NAME;',
                    hash="700d1a294d68610b9579655b640d0316b33c1378",
                    operation='UPDATE OF "kept", "number", "rule_id"',
                    pgid="pgtrigger_text_is_kept_8283c",
                    table="orders_ruleversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="47dc9bfb8033ad1b75725cdab7e1540a163ac448",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_54c3d",
                    table="orders_ruleversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rulechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="65793bc135398f89692291bf6e56aef6c993ee61",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5c07c",
                    table="orders_rulechange",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RUNNING_NUMBER),
        migrations.RunSQL(ROOM_TO_CHANGE),
    ]
