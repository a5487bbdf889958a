"""What a list that stays open asks for every half minute."""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, allowed
from oms.ids import id_in
from oms.templatetags.shell import status_tag
from orders.desk.asked import asked_in
from orders.desk.fresh import MOST_NEW, MOST_ROWS, fresh_of

NOTHING_NEW = 204


@require_POST
@allowed("orders.view_order")
def fresh(request: SignedInRequest) -> HttpResponse:
    """By POST, for the ids of 200 rows are longer than an address; changes nothing.

    `list` is the list's address, `newest` the id above which orders are new (0 on a further page), `row` an id and the
    state it was drawn in: `812:approved.1`. 204 while there is nothing to tell.
    """
    asked = asked_in(QueryDict(request.POST.get("list", "")[:5000]))
    told = fresh_of(
        request.user,
        asked,
        id_in(request.POST.get("newest", "")),
        _states(request.POST.getlist("row")),
    )
    if not told.new and not told.changed:
        return HttpResponse(status=NOTHING_NEW)
    return JsonResponse(
        {
            "new": _new_words(told.new) if told.new else "",
            "changed": {
                pk: {"state": one.state, "status": status_tag(one.status)}
                for pk, one in told.changed.items()
            },
        }
    )


def _new_words(count: int) -> str:
    shown = f"{MOST_NEW}+" if count > MOST_NEW else str(count)
    return ngettext("%s new order – show", "%s new orders – show", count) % shown


def _states(rows: list[str]) -> dict[int, str]:
    split = (row.partition(":") for row in rows[:MOST_ROWS])
    return {id_in(pk): state for pk, _colon, state in split if id_in(pk)}
