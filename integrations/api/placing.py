"""Placing orders: one (three round trips in all), or up to a thousand with a result for each."""

from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import TypeAdapter, ValidationError

from integrations.api import once
from integrations.api.answers import answer
from integrations.api.caller import Answered, Caller, Needs, caller_of
from integrations.api.field_errors import field_errors
from integrations.api.problems import Problem, invalid_input, problem_body
from integrations.api.refusals import problem_of
from integrations.api.schema.orders import BatchAnswer, BatchIn, OrderIn, OrderPlaced
from integrations.api.shown import note_problems
from orders.intake.draft import OrderDraft
from orders.intake.place import Placed, Rejected, Taken, conflict, place_order, place_orders
from orders.intake.write import AnswerKey
from orders.models import Order
from orders.states import OrderStatus

router = Router(tags=["orders"])
DOOR = "api"
_MAY_PLACE = Needs("orders:write", "orders.place_order")
_MANY = TypeAdapter(list[OrderIn])
_CENTS = Decimal("0.01")


@router.post("/orders", auth=_MAY_PLACE, response={201: OrderPlaced, 200: OrderPlaced})
def place(request: HttpRequest, payload: OrderIn) -> HttpResponse:
    """Place an order. 201 when it is new; 200 with the first one when the same was placed before."""
    caller = caller_of(request)
    if caller.answered:
        return _replay(caller.answered, request)
    key = None
    if caller.key:
        key = AnswerKey(caller.user.pk, caller.key, once.request_hash(request))
    try:
        placed = place_order(payload.draft(), actor=caller.user, door=DOOR, answer_key=key)
    except IntegrityError:
        # The same request is being answered at this moment: its answer is there by now.
        first = once.answered(caller) if key else None
        if first is None:
            raise
        return _replay(first, request)
    response = _answer(placed)
    if key and not placed.is_new and not _remember(request, caller, response):
        first = once.answered(caller)
        return _replay(first, request) if first else response
    return response


def _answer(placed: Placed, headers: dict[str, str] | None = None) -> HttpResponse:
    status = 201 if placed.is_new else 200
    where = {"Location": f"/api/v1/orders/{placed.number}"}
    return answer(show_placed(placed), status=status, headers=where | (headers or {}))


def show_placed(placed: Placed) -> dict[str, Any]:
    """The answer's fields."""
    return {
        "id": placed.id,
        "number": placed.number,
        "status": placed.status,
        "total_amount": placed.total_amount.quantize(_CENTS),
        "currency": placed.currency,
        "is_new": placed.is_new,
    }


def _remember(request: HttpRequest, caller: Caller, response: HttpResponse) -> bool:
    """Keep the answer to a repeat under its new key; a new order's was kept when it was written."""
    return once.claim(request, caller, response.status_code, response.content.decode())


def _replay(first: Answered, request: HttpRequest) -> HttpResponse:
    """The first answer. That to a new order was stored as its id and number; the rest never changes."""
    if not isinstance(first.body, list):
        return once.replay(first, request)
    once.check_same(first, request)
    order = Order.objects.only("number", "total_amount", "currency").get(pk=first.body[0]["id"])
    status = OrderStatus.PENDING_REVIEW.value
    placed = Placed(order.pk, order.number, True, status, order.total_amount, order.currency)
    return _answer(placed, once.REPLAYED)


@router.post("/orders/batch", auth=_MAY_PLACE, response=BatchAnswer)
@once.once
def place_batch(request: HttpRequest, payload: BatchIn) -> HttpResponse:
    """Place up to 1,000 orders. Each has a result of its own; the good ones stand, whatever the others."""
    drafts, problems = _drafts(payload.orders)
    outcomes = place_orders(list(drafts.values()), actor=caller_of(request).user, door=DOOR)
    results: dict[int, dict[str, Any]] = {}
    for index, draft, outcome in zip(drafts, drafts.values(), outcomes, strict=True):
        if isinstance(outcome, Placed):
            status = 201 if outcome.is_new else 200
            results[index] = {"index": index, "status": status, "order": show_placed(outcome)}
        else:
            problems[index] = _problem(outcome, draft)
    note_problems(request, problems.values())
    for index, problem in problems.items():
        told = problem_body(problem)
        results[index] = {"index": index, "status": problem.status, "problem": told}
    statuses = [result["status"] for result in results.values()]
    placed, already = statuses.count(201), statuses.count(200)
    return answer(
        {
            "placed": placed,
            "already_placed": already,
            "refused": len(statuses) - placed - already,
            "results": [results[index] for index in sorted(results)],
        }
    )


def _drafts(bodies: list[Any]) -> tuple[dict[int, OrderDraft], dict[int, Problem]]:
    """The drafts by their place in the batch, and what is wrong with the others."""
    try:
        return dict(enumerate(one.draft() for one in _MANY.validate_python(bodies))), {}
    except ValidationError:
        pass
    drafts, problems = {}, {}
    for index, body in enumerate(bodies):
        try:
            drafts[index] = OrderIn.model_validate(body).draft()
        except ValidationError as error:
            problems[index] = invalid_input(field_errors(error.errors(include_url=False)))
    return drafts, problems


def _problem(outcome: Rejected | Taken, draft: OrderDraft) -> Problem:
    if isinstance(outcome, Rejected):
        return invalid_input(outcome.errors)
    return problem_of(conflict(outcome, draft))
