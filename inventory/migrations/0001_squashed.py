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
            ],
            options={
                "verbose_name": "SKU",
                "verbose_name_plural": "SKUs",
                "ordering": ("code",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_grams"], name="sku_search_grams"
                    )
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
                "permissions": [("adjust_stock", "Can receive and adjust stock")],
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
    ]
