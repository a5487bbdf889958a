"""Our own template with two orders of the house's own goods as examples: it can be imported as it is."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from inventory.models import Sku
from oms.access import SignedInRequest, allowed
from oms.models import Channel
from oms.tables.writing import CSV_TYPE, XLSX_TYPE, csv_lines, workbook
from orders.intake.files.presets.own import COLUMNS

_SKUS = 3
_SKUS_LISTED = 1_000


@require_GET
@allowed("orders.import_orders")
def as_csv(request: SignedInRequest) -> HttpResponse:
    """Headings in the reader's language, and the examples."""
    response = HttpResponse("".join(csv_lines(_orders(request))), content_type=CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="orders-template.csv"'
    return response


@require_GET
@allowed("orders.import_orders")
def as_xlsx(request: SignedInRequest) -> HttpResponse:
    """The same as a workbook, with sheets of the codes that can be used."""
    channels = Channel.objects.filter(is_active=True).order_by("code").values_list("code", "name")
    skus = Sku.objects.filter(is_active=True).order_by("code").values_list("code", "name", "price")
    content = workbook(
        {
            _("Orders"): _orders(request),
            _("SKUs"): [
                [_("SKU"), _("Name"), _("Unit price")],
                *([code, name, str(price)] for code, name, price in skus[:_SKUS_LISTED]),
            ],
            _("Channels"): [[_("Channel"), _("Name")], *map(list, channels)],
        }
    )
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="orders-template.xlsx"'
    return response


def _orders(request: SignedInRequest) -> list[list[str]]:
    """The headings and, when there are goods, an order of one line and one of two."""
    is_chinese = request.LANGUAGE_CODE.startswith("zh")
    skus = Sku.objects.filter(is_active=True).order_by("code").values_list("code", "price")[:_SKUS]
    rows = [
        _example(f"EXAMPLE-{1 if index == 0 else 2}", code, str(price))
        for index, (code, price) in enumerate(skus)
    ]
    headings = [names[1 if is_chinese else 0] for names in COLUMNS.values()]
    return [headings, *([row.get(word, "") for word in COLUMNS] for row in rows)]


def _example(order_no: str, sku: str, price: str) -> dict[str, str]:
    return {
        "order_no": order_no,
        "placed_at": f"{timezone.localtime():%Y-%m-%d %H:%M}",
        "customer_name": _("Example customer"),
        "ship_name": _("Example recipient"),
        "ship_phone": "13800000000",
        "ship_country": "CN",
        "ship_province": "浙江省",
        "ship_city": "杭州市",
        "ship_district": "西湖区",
        "ship_street": "文三路 1 号",
        "ship_postcode": "310000",
        "sku": sku,
        "quantity": "1",
        "unit_price": price,
        "note": _("Example: delete this row"),
    }
