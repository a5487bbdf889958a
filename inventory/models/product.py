from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from oms.models import Channel


class Product(models.Model):
    """What we sell, as customers think of it; each size or colour of it is a SKU."""

    name = models.CharField(_("name"), max_length=200)
    category = models.CharField(_("category"), max_length=80, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.name


class Sku(models.Model):
    """The unit that is stocked, priced and picked. Codes are the same in upper and lower case: stored in upper case."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("Service")
        BUNDLE = "bundle", _("Bundle")

    class Tracking(models.TextChoices):
        NONE = "none", _("Pieces alone")
        LOT = "lot", _("Lots")
        SERIAL = "serial", _("Serial numbers")

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="skus", verbose_name=_("product")
    )
    code = models.CharField(_("SKU"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.GOODS)
    # What is told of its pieces beside their number; stays once the SKU has lain in a warehouse.
    tracking = models.CharField(
        _("tracked by"),
        max_length=6,
        choices=Tracking,
        default=Tracking.NONE,
        db_default=Tracking.NONE,
        help_text=_("Lots may expire; a serial number is one piece. Stays once there was stock"),
    )
    unit = models.CharField(_("unit"), max_length=20, default="pcs")
    weight_grams = models.PositiveIntegerField(_("weight (g)"), default=0)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    # Both in the same currency; empty when not known.
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=4, null=True, blank=True)
    price_floor = models.DecimalField(
        _("lowest price"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    # Pre-orders: before this day nothing of it is reserved, whatever lies in stock.
    reserve_from = models.DateField(
        _("reserved from"),
        null=True,
        blank=True,
        help_text=_("For pre-orders: the first day on which stock is reserved for orders"),
    )
    is_active = models.BooleanField(_("active"), default=True)
    # First letters of the pinyin of the name; see `oms.initials`.
    initials = models.TextField(editable=False, blank=True, db_default="")
    search_grams = ArrayField(models.CharField(max_length=2), editable=False, db_default=[])

    class Meta:
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        ordering = ("code",)
        indexes = [
            GinIndex(fields=["search_grams"], name="sku_search_grams"),
            models.Index(
                fields=["reserve_from"],
                condition=models.Q(reserve_from__isnull=False),
                name="sku_of_pre_orders",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code=Upper("code")), name="sku_code_is_upper_case"
            ),
            models.CheckConstraint(
                condition=models.Q(tracking="none") | models.Q(kind="goods"),
                name="tracked_sku_is_goods",
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="sku_price_not_negative"),
            models.CheckConstraint(condition=models.Q(cost__gte=0), name="sku_cost_not_negative"),
            models.CheckConstraint(
                condition=models.Q(price_floor__gte=0), name="sku_lowest_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BundleComponent(models.Model):
    """So many pieces of a SKU in one piece of a bundle. A bundle has no stock; its components are goods."""

    bundle = models.ForeignKey(
        Sku, models.CASCADE, related_name="components", verbose_name=_("bundle")
    )
    component = models.ForeignKey(
        Sku, models.PROTECT, related_name="bundles", verbose_name=_("component")
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "component"], name="component_once_per_bundle"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="component_quantity_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(bundle=models.F("component")),
                name="bundle_does_not_hold_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.component}"


class SkuPack(models.Model):
    """A unit that goods come or are counted in: a box of so many pieces, with a barcode of its own if it has one."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="packs", db_index=False)
    name = models.CharField(_("unit"), max_length=20)
    pieces = models.PositiveIntegerField(_("pieces"))
    # NULL, not "": most have none, and a barcode is unique.
    barcode = models.CharField(  # noqa: DJ001
        _("barcode"), max_length=64, unique=True, null=True, blank=True
    )

    class Meta:
        verbose_name = _("pack")
        verbose_name_plural = _("packs")
        constraints = [
            models.UniqueConstraint(fields=["sku", "name"], name="pack_name_once_per_sku"),
            models.UniqueConstraint(fields=["sku", "pieces"], name="pack_size_once_per_sku"),
            models.CheckConstraint(
                condition=models.Q(pieces__gt=1), name="pack_holds_several_pieces"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pieces})"


class SkuBarcode(models.Model):
    """A code that a scanner reads off the goods."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="barcodes")
    code = models.CharField(_("barcode"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("barcode")
        verbose_name_plural = _("barcodes")

    def __str__(self) -> str:
        return self.code


class SkuAlias(models.Model):
    """What a channel calls one of our SKUs (in upper case, as SKU codes are)."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="aliases")
    channel = models.ForeignKey(
        Channel, models.CASCADE, related_name="sku_aliases", verbose_name=_("channel")
    )
    code = models.CharField(_("code in the channel"), max_length=64)

    class Meta:
        verbose_name = _("channel code")
        verbose_name_plural = _("channel codes")
        constraints = [
            models.UniqueConstraint(fields=["channel", "code"], name="sku_alias_once_per_channel"),
            models.CheckConstraint(
                condition=models.Q(code=Upper("code")), name="sku_alias_is_upper_case"
            ),
        ]

    def __str__(self) -> str:
        return self.code
