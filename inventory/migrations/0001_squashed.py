"""All that the migrations named in `replaces` made, in one step: for a new database."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("inventory", "0001_initial"),
        ("inventory", "0002_initial"),
        ("inventory", "0003_place_codes_are_upper_case"),
        ("inventory", "0004_reservation_names_its_shipment"),
        ("inventory", "0005_sku_initials"),
        ("inventory", "0006_cost_and_lowest_price"),
        ("inventory", "0007_ledger"),
        ("inventory", "0008_goods_kept"),
        ("inventory", "0009_warehouse_work"),
        ("inventory", "0010_purchasing"),
        ("inventory", "0011_stock_repair"),
        ("inventory", "0012_lots"),
        ("inventory", "0013_hot_rows"),
    ]

    initial = True

    dependencies = [
        ("oms", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("category", models.CharField(blank=True, max_length=80, verbose_name="category")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("contact", models.CharField(blank=True, max_length=80, verbose_name="contact")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("AED", "AED"),
                            ("AUD", "AUD"),
                            ("BRL", "BRL"),
                            ("CAD", "CAD"),
                            ("CHF", "CHF"),
                            ("CNY", "CNY"),
                            ("CZK", "CZK"),
                            ("DKK", "DKK"),
                            ("EUR", "EUR"),
                            ("GBP", "GBP"),
                            ("HKD", "HKD"),
                            ("IDR", "IDR"),
                            ("ILS", "ILS"),
                            ("INR", "INR"),
                            ("MOP", "MOP"),
                            ("MXN", "MXN"),
                            ("MYR", "MYR"),
                            ("NOK", "NOK"),
                            ("NZD", "NZD"),
                            ("PHP", "PHP"),
                            ("PLN", "PLN"),
                            ("RUB", "RUB"),
                            ("SAR", "SAR"),
                            ("SEK", "SEK"),
                            ("SGD", "SGD"),
                            ("THB", "THB"),
                            ("TRY", "TRY"),
                            ("TWD", "TWD"),
                            ("USD", "USD"),
                            ("ZAR", "ZAR"),
                            ("CLP", "CLP"),
                            ("JPY", "JPY"),
                            ("KRW", "KRW"),
                            ("VND", "VND"),
                        ],
                        default="CNY",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "minimum_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=16, verbose_name="minimum order"
                    ),
                ),
                (
                    "lead_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty when not known",
                        null=True,
                        verbose_name="lead time (days)",
                    ),
                ),
                (
                    "tolerance_percent",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="More than this over the ordered pieces is not taken in",
                        verbose_name="most over the ordered (%)",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")],
                        default="zh-hans",
                        max_length=7,
                        verbose_name="language",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "supplier",
                "verbose_name_plural": "suppliers",
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="supplier_code_is_upper_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_amount__gte", 0)),
                        name="supplier_minimum_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(default=100, verbose_name="priority"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "warehouse",
                "verbose_name_plural": "warehouses",
                "ordering": ("priority", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="warehouse_code_is_upper_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="bin")),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bins",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "bin",
                "verbose_name_plural": "bins",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("warehouse", "code"), name="bin_once_per_warehouse"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="bin_code_is_upper_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Counting"), ("closed", "Closed")],
                        db_default="open",
                        default="open",
                        max_length=6,
                        verbose_name="status",
                    ),
                ),
                ("is_blind", models.BooleanField(default=False, verbose_name="blind")),
                ("chosen_by", models.CharField(max_length=12)),
                ("chosen_from", models.CharField(blank=True, db_default="", max_length=60)),
                ("second_above", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_sheets",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "count sheet",
                "verbose_name_plural": "count sheets",
                "permissions": [("count_stock", "Can count stock")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("status", "open")),
                            models.Q(("closed_at__isnull", False), ("status", "closed")),
                            _connector="OR",
                        ),
                        name="closed_count_sheet_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("second_above__gte", 0)),
                        name="count_limit_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=24, unique=True, verbose_name="purchase order"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=8, max_digits=16, null=True, verbose_name="exchange rate"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Ordered"),
                            ("partly_received", "Partly received"),
                            ("received", "Received"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="draft",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        db_default="", max_length=300, verbose_name="note to the supplier"
                    ),
                ),
                ("reason", models.CharField(db_default="", max_length=200, verbose_name="reason")),
                ("expected_on", models.DateField(null=True, verbose_name="expected on")),
                ("ordered_at", models.DateTimeField(null=True, verbose_name="ordered at")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveIntegerField(db_default=1)),
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
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="inventory.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "purchase order",
                "verbose_name_plural": "purchase orders",
                "permissions": [("buy_goods", "Can order goods from suppliers")],
                "indexes": [
                    models.Index(fields=["status", "-id"], name="purchase_by_status_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "sent",
                                    "partly_received",
                                    "received",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="purchase_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0)), name="purchase_rate_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "cancelled"]),
                            ("ordered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="purchase_sent_at_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sku",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="SKU")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("goods", "Goods"), ("service", "Service"), ("bundle", "Bundle")],
                        default="goods",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(default="pcs", max_length=20, verbose_name="unit")),
                ("weight_grams", models.PositiveIntegerField(default=0, verbose_name="weight (g)")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=4, default=0, max_digits=14, verbose_name="price"
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="CNY", max_length=3, verbose_name="currency"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "search_grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        db_default=[],
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skus",
                        to="inventory.product",
                        verbose_name="product",
                    ),
                ),
                ("initials", models.TextField(blank=True, db_default="", editable=False)),
                (
                    "cost",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="cost"
                    ),
                ),
                (
                    "price_floor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        verbose_name="lowest price",
                    ),
                ),
                (
                    "reserve_from",
                    models.DateField(
                        blank=True,
                        help_text="For pre-orders: the first day on which stock is reserved for orders",
                        null=True,
                        verbose_name="reserved from",
                    ),
                ),
                (
                    "tracking",
                    models.CharField(
                        choices=[
                            ("none", "Pieces alone"),
                            ("lot", "Lots"),
                            ("serial", "Serial numbers"),
                        ],
                        db_default="none",
                        default="none",
                        help_text="Lots may expire; a serial number is one piece. Stays once there was stock",
                        max_length=6,
                        verbose_name="tracked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "SKU",
                "verbose_name_plural": "SKUs",
                "ordering": ("code",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_grams"], name="sku_search_grams"
                    ),
                    models.Index(
                        condition=models.Q(("reserve_from__isnull", False)),
                        fields=["reserve_from"],
                        name="sku_of_pre_orders",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="sku_code_is_upper_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="sku_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost__gte", 0)), name="sku_cost_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_floor__gte", 0)),
                        name="sku_lowest_price_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tracking", "none"), ("kind", "goods"), _connector="OR"
                        ),
                        name="tracked_sku_is_goods",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "On the way"),
                            ("received", "Received"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="note"
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_out",
                        to="inventory.warehouse",
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_in",
                        to="inventory.warehouse",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "permissions": [("move_stock", "Can transfer stock")],
                "indexes": [models.Index(fields=["status", "-id"], name="transfer_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="transfer_between_two_warehouses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("sent_at__isnull", True),
                                ("status", "draft"),
                            ),
                            models.Q(
                                ("closed_at__isnull", True),
                                ("sent_at__isnull", False),
                                ("status", "sent"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("sent_at__isnull", False),
                                ("status", "received"),
                            ),
                            models.Q(("closed_at__isnull", False), ("status", "cancelled")),
                            _connector="OR",
                        ),
                        name="transfer_times_fit_its_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WarehouseStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="warehouse_limits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "warehouse limit",
                "verbose_name_plural": "warehouse limits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "warehouse"), name="warehouse_staff_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BundleComponent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="inventory.sku",
                        verbose_name="bundle",
                    ),
                ),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundles",
                        to="inventory.sku",
                        verbose_name="component",
                    ),
                ),
            ],
            options={
                "verbose_name": "component",
                "verbose_name_plural": "components",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bundle", "component"), name="component_once_per_bundle"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="component_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bundle", models.F("component")), _negated=True),
                        name="bundle_does_not_hold_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=40, verbose_name="lot or serial number"
                    ),
                ),
                ("expires_on", models.DateField(null=True, verbose_name="expires on")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "indexes": [
                    models.Index(fields=["code"], name="lot_by_code"),
                    models.Index(
                        condition=models.Q(("expires_on__isnull", False)),
                        fields=["expires_on"],
                        name="lot_by_expiry",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sku", "code"), name="lot_once_per_sku"),
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="lot_code_is_upper_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="lot_has_a_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "code",
                    models.CharField(db_default="", max_length=64, verbose_name="supplier’s code"),
                ),
                ("ordered", models.PositiveIntegerField(verbose_name="ordered")),
                ("received", models.PositiveIntegerField(db_default=0, verbose_name="received")),
                ("damaged", models.PositiveIntegerField(db_default=0, verbose_name="damaged")),
                (
                    "price",
                    models.DecimalField(decimal_places=4, max_digits=14, verbose_name="price"),
                ),
                ("expected_on", models.DateField(null=True, verbose_name="expected on")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchase_lines",
                        to="inventory.sku",
                    ),
                ),
                (
                    "purchase_order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inventory.purchaseorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a purchase order",
                "verbose_name_plural": "lines of purchase orders",
                "ordering": ("purchase_order", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purchase_order", "sku"), name="purchase_line_once_per_sku"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordered__gt", 0)),
                        name="purchase_line_orders_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="purchase_line_price_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("language", models.CharField(max_length=7)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("tried_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(db_default="", max_length=300)),
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
                    "purchase_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="inventory.purchaseorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to a supplier",
                "verbose_name_plural": "mails to suppliers",
                "indexes": [
                    models.Index(
                        condition=models.Q(("tried_at__isnull", True)),
                        fields=["asked_at"],
                        name="purchase_mail_to_send",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_key", models.CharField(max_length=100, unique=True)),
                (
                    "reference",
                    models.CharField(db_default="", max_length=60, verbose_name="delivery note"),
                ),
                ("reason", models.CharField(db_default="", max_length=200, verbose_name="reason")),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), db_default=[], size=None
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
                (
                    "purchase_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="inventory.purchaseorder",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
            },
        ),
        migrations.CreateModel(
            name="SkuAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64, verbose_name="code in the channel")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sku_aliases",
                        to="oms.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel code",
                "verbose_name_plural": "channel codes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "code"), name="sku_alias_once_per_channel"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", django.db.models.functions.text.Upper("code"))),
                        name="sku_alias_is_upper_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkuBarcode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="barcode")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="barcodes",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "barcode",
                "verbose_name_plural": "barcodes",
            },
        ),
        migrations.CreateModel(
            name="SkuPack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="unit")),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                (
                    "barcode",
                    models.CharField(
                        blank=True, max_length=64, null=True, unique=True, verbose_name="barcode"
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packs",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "pack",
                "verbose_name_plural": "packs",
                "constraints": [
                    models.UniqueConstraint(fields=("sku", "name"), name="pack_name_once_per_sku"),
                    models.UniqueConstraint(
                        fields=("sku", "pieces"), name="pack_size_once_per_sku"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pieces__gt", 1)), name="pack_holds_several_pieces"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_hand", models.IntegerField(db_default=0, verbose_name="on hand")),
                ("reserved", models.IntegerField(db_default=0, verbose_name="reserved")),
                (
                    "bin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stock",
                        to="inventory.bin",
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="inventory.sku",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
                ("blocked", models.IntegerField(db_default=0, verbose_name="blocked")),
                (
                    "safety_stock",
                    models.PositiveIntegerField(db_default=0, verbose_name="safety stock"),
                ),
                (
                    "available",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("on_hand"), "-", models.F("reserved")
                            ),
                            "-",
                            models.F("blocked"),
                        ),
                        output_field=models.IntegerField(verbose_name="available"),
                    ),
                ),
            ],
            options={
                "verbose_name": "stock",
                "verbose_name_plural": "stock",
                "permissions": [
                    ("adjust_stock", "Can receive and adjust stock"),
                    ("repair_stock", "Can set drifted stock counters right"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sku", "warehouse"), name="stock_once_per_sku_and_warehouse"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserved__gte", 0),
                            ("blocked__gte", 0),
                            (
                                "on_hand__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("reserved"), "+", models.F("blocked")
                                ),
                            ),
                        ),
                        name="stock_reserved_within_on_hand",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionSnooze",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
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
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snoozes",
                        to="inventory.sku",
                    ),
                ),
            ],
            options={
                "verbose_name": "snoozed suggestion",
                "verbose_name_plural": "snoozed suggestions",
                "constraints": [
                    models.UniqueConstraint(fields=("sku",), name="snooze_once_per_sku")
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplierItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, max_length=64, verbose_name="supplier’s code"),
                ),
                (
                    "price",
                    models.DecimalField(decimal_places=4, max_digits=14, verbose_name="price"),
                ),
                ("pack_size", models.PositiveIntegerField(default=1, verbose_name="pack size")),
                (
                    "minimum_quantity",
                    models.PositiveIntegerField(default=1, verbose_name="minimum quantity"),
                ),
                (
                    "lead_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: the supplier’s",
                        null=True,
                        verbose_name="lead time (days)",
                    ),
                ),
                ("is_preferred", models.BooleanField(default=False, verbose_name="preferred")),
                (
                    "sku",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supplier_items",
                        to="inventory.sku",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inventory.supplier",
                        verbose_name="supplier",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a supplier",
                "verbose_name_plural": "items of suppliers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("supplier", "sku"), name="supplier_item_once_per_supplier"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_preferred", True)),
                        fields=("sku",),
                        name="supplier_preferred_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="supplier_item_price_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_quantity__gte", 1), ("pack_size__gte", 1)),
                        name="supplier_item_packs_hold_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "received",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="received"),
                ),
                (
                    "lost",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="missing"),
                ),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="reason"
                    ),
                ),
                (
                    "sku",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfer_lines",
                        to="inventory.sku",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inventory.transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer line",
                "verbose_name_plural": "transfer lines",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "quantity__gt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("received"), "+", models.F("lost")
                                ),
                            )
                        ),
                        fields=["sku"],
                        name="transfer_line_open_by_sku",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("transfer", "sku"), name="transfer_line_once_per_sku"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="transfer_line_moves_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "quantity__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("received"), "+", models.F("lost")
                                ),
                            )
                        ),
                        name="transfer_line_arrives_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BinChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="before")),
                ("after", models.CharField(blank=True, max_length=20, verbose_name="after")),
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
                    "stock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bin_changes",
                        to="inventory.stock",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of bin",
                "verbose_name_plural": "changes of bin",
            },
        ),
        migrations.CreateModel(
            name="ChannelKept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_stock",
                        to="oms.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept",
                        to="inventory.stock",
                        verbose_name="stock",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel-kept quantity",
                "verbose_name_plural": "channel-kept quantities",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stock", "channel"), name="kept_once_per_stock_and_channel"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="kept_is_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotStock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_hand", models.IntegerField(db_default=0, verbose_name="on hand")),
                ("is_serial", models.BooleanField(db_default=False)),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="inventory.lot",
                    ),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="inventory.stock",
                    ),
                ),
            ],
            options={
                "verbose_name": "pieces of a lot",
                "verbose_name_plural": "pieces of lots",
                "indexes": [
                    models.Index(
                        condition=models.Q(("on_hand__gt", 0)),
                        fields=["stock", "lot"],
                        name="lot_stock_present",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("stock", "lot"), name="lot_once_per_stock"),
                    models.CheckConstraint(
                        condition=models.Q(("on_hand__gte", 0)), name="lot_pieces_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_serial", False), ("on_hand__lte", 1), _connector="OR"
                        ),
                        name="serial_is_one_piece",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_serial", True), ("on_hand__gt", 0)),
                        fields=("lot",),
                        name="serial_lies_in_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order_line_id", models.BigIntegerField(db_index=True)),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Reserved"),
                            ("shipped", "Shipped"),
                            ("released", "Released"),
                        ],
                        db_default="open",
                        max_length=8,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="inventory.stock",
                    ),
                ),
                ("shipment_id", models.BigIntegerField(db_index=True, null=True)),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["stock"],
                        name="reservation_open_by_stock",
                    ),
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False), ("status", "open")),
                        fields=["expires_at"],
                        name="reservation_soft_by_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="reservation_holds_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shipment_id__isnull", True),
                            ("expires_at__isnull", True),
                            _connector="OR",
                        ),
                        name="reservation_in_a_parcel_does_not_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("damaged", "Damaged"),
                            ("expired", "Expired"),
                            ("inspection", "In inspection"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="reference"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("released_at", models.DateTimeField(null=True)),
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
                    "stock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="inventory.stock",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="inventory.lot",
                    ),
                ),
            ],
            options={
                "verbose_name": "blocked pieces",
                "verbose_name_plural": "blocked pieces",
                "indexes": [
                    models.Index(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=["stock"],
                        name="block_open_by_stock",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="block_holds_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StockPace",
            fields=[
                (
                    "stock",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pace",
                        serialize=False,
                        to="inventory.stock",
                    ),
                ),
                (
                    "sold",
                    models.PositiveIntegerField(default=0, verbose_name="pieces sold in 30 days"),
                ),
                ("last_sold_at", models.DateTimeField(null=True)),
                ("first_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "sales pace",
                "verbose_name_plural": "sales paces",
            },
        ),
        migrations.CreateModel(
            name="StockRepair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_hand_before", models.IntegerField()),
                ("reserved_before", models.IntegerField()),
                ("blocked_before", models.IntegerField()),
                ("on_hand", models.IntegerField(verbose_name="on hand")),
                ("reserved", models.IntegerField(verbose_name="reserved")),
                ("blocked", models.IntegerField(verbose_name="blocked")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
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
                    "stock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repairs",
                        to="inventory.stock",
                        verbose_name="stock",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock repair",
                "verbose_name_plural": "stock repairs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="repair_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("on_hand", models.F("on_hand_before")), _negated=True),
                            models.Q(("reserved", models.F("reserved_before")), _negated=True),
                            models.Q(("blocked", models.F("blocked_before")), _negated=True),
                            _connector="OR",
                        ),
                        name="repair_changes_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockMovement",
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
                            ("opening", "Opening stock"),
                            ("receipt", "Received"),
                            ("adjustment", "Adjusted"),
                            ("shipment", "Shipped"),
                            ("return", "Returned"),
                            ("transfer", "Transferred"),
                            ("count", "Counted"),
                            ("write_off", "Written off"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="quantity")),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="reason"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, db_default="", max_length=80, verbose_name="reference"
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
                (
                    "reservation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movement",
                        to="inventory.reservation",
                    ),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="inventory.stock",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="inventory.stockmovement",
                        verbose_name="takes back",
                    ),
                ),
                ("event_key", models.CharField(db_collation="C", max_length=80, null=True)),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=4, max_digits=14, null=True, verbose_name="unit cost"
                    ),
                ),
            ],
            options={
                "verbose_name": "stock movement",
                "verbose_name_plural": "stock movements",
                "indexes": [
                    models.Index(fields=["stock", "id"], name="movement_by_stock"),
                    models.Index(
                        condition=models.Q(("kind", "shipment")),
                        fields=["stock", "created_at"],
                        include=("quantity",),
                        name="movement_shipped_by_stock",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True,
                        fields=["created_at"],
                        name="stock_movement_by_time",
                        pages_per_range=32,
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity", 0), _negated=True),
                        name="movement_moves_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "shipment"),
                                ("quantity__lt", 0),
                                ("reservation__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "shipment"), _negated=True),
                                ("reservation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="shipped_movement_takes_a_reservation_out",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("event_key__isnull", False)),
                        fields=("event_key",),
                        name="movement_event_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="movement_taken_back_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_cost__gte", 0)), name="movement_cost_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", True),
                            (
                                "kind__in",
                                ["receipt", "adjustment", "transfer", "count", "write_off"],
                            ),
                            _connector="OR",
                        ),
                        name="movement_that_can_be_taken_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bin_code", models.CharField(blank=True, max_length=20, verbose_name="bin")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To count"),
                            ("counted", "Counted"),
                            ("posted", "Posted"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=7,
                    ),
                ),
                ("book", models.IntegerField(verbose_name="book")),
                ("seen_id", models.BigIntegerField(db_default=0, default=0)),
                (
                    "handed_out_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("counted", models.PositiveIntegerField(null=True, verbose_name="counted")),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_default="", max_length=120, verbose_name="reason"
                    ),
                ),
                ("posted_at", models.DateTimeField(null=True)),
                (
                    "counted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "movement",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_line",
                        to="inventory.stockmovement",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stock",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_lines",
                        to="inventory.stock",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inventory.countsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "count line",
                "verbose_name_plural": "count lines",
                "indexes": [
                    models.Index(fields=["stock", "posted_at"], name="count_line_by_stock")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "stock"), name="count_line_once_per_stock"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("counted__isnull", True),
                                ("posted_at__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("counted__isnull", False),
                                ("posted_at__isnull", True),
                                ("state", "counted"),
                            ),
                            models.Q(
                                ("counted__isnull", False),
                                ("posted_at__isnull", False),
                                ("state", "posted"),
                            ),
                            _connector="OR",
                        ),
                        name="count_line_state_fits_what_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotMovement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="quantity")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="inventory.lot",
                    ),
                ),
                (
                    "movement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="inventory.stockmovement",
                    ),
                ),
            ],
            options={
                "verbose_name": "movement of a lot",
                "verbose_name_plural": "movements of lots",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("movement", "lot"), name="lot_once_per_movement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity", 0), _negated=True),
                        name="lot_movement_moves_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("good", models.PositiveIntegerField(verbose_name="good")),
                ("damaged", models.PositiveIntegerField(db_default=0, verbose_name="damaged")),
                (
                    "over",
                    models.PositiveIntegerField(db_default=0, verbose_name="more than ordered"),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="inventory.purchaseline",
                    ),
                ),
                (
                    "movement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_line",
                        to="inventory.stockmovement",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inventory.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a receipt",
                "verbose_name_plural": "lines of receipts",
                "constraints": [
                    models.UniqueConstraint(fields=("receipt", "line"), name="receipt_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("good__gt", 0), ("damaged__gt", 0), _connector="OR"),
                        name="receipt_line_brings_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "over__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("good"), "+", models.F("damaged")
                                ),
                            )
                        ),
                        name="receipt_line_over_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockAdjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64, verbose_name="SKU as written")),
                ("quantity", models.IntegerField(verbose_name="quantity")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("reference", models.CharField(max_length=80, verbose_name="reference")),
                (
                    "status",
                    models.CharField(
                        choices=[("applied", "Applied"), ("waiting", "Waiting for a person")],
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                (
                    "sku",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="inventory.sku",
                    ),
                ),
                (
                    "movement",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustment",
                        to="inventory.stockmovement",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock adjustment",
                "verbose_name_plural": "stock adjustments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference",), name="stock_adjustment_reference_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stock",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Cannot delete rows from % or number them anew', TG_TABLE_NAME;",
                    hash="79e9124a1d867ad699f25073103da02149bacaf0",
                    operation='DELETE OR UPDATE OF "id"',
                    pgid="pgtrigger_never_deleted_8ef51",
                    table="inventory_stock",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockrepair",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f48be33ee93c7be4a47c5b35597b45542dc5a008",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_121a6",
                    table="inventory_stockrepair",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockmovement",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0d157d8e171eaeca0471e6cb948f16b6c55d78eb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_353f0",
                    table="inventory_stockmovement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lotmovement",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0a704f9cc2eda40574fe046c2a20c17d428904be",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2ed57",
                    table="inventory_lotmovement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
