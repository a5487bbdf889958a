from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from orders.desk.query.suggest import suggestions


@require_GET
@allowed("orders.view_order")
def suggest(request: SignedInRequest) -> HttpResponse:
    """What the word that is being typed may become."""
    options = suggestions(request.user, request.GET.get("word", ""))
    return JsonResponse({"options": [asdict(one) for one in options]})
