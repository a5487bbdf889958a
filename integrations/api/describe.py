"""What the OpenAPI description says beyond what ninja finds out by itself."""

from collections.abc import Mapping
from typing import Any

from integrations.api.caller import Needs
from integrations.api.schema.problem import ProblemDetails

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
_EVERYWHERE = {
    "400": "Wrong input; `errors` names each field",
    "401": "No valid token",
    "403": "The token's scope or the user's role does not include this",
    "404": "Not there, or not visible to this user",
    "409": "Not possible as things stand",
    "411": "Body sent in chunks, without Content-Length",
    "413": "Body over the limit",
    "415": "Not application/json",
    "422": "Idempotency-Key used before for another request",
    "429": "Too many wrong tokens from this address",
    "503": "The database is away; try again",
}
_WITH_BODY = {"411", "413", "415"}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key and body again gives the first answer and changes nothing.",
}


def complete(schema: Any, needs: Mapping[str, Needs]) -> Any:
    """Add what ninja does not know; `needs` are the operations' by operation id.

    Every operation gets its refusals, scope and right, every POST the Idempotency-Key.
    """
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    components.update(_problem_schemas())
    orders = components["BatchIn"]["properties"]["orders"]
    orders["items"] = {"$ref": "#/components/schemas/OrderIn"}
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            _refusals(method, operation)
            _who_may(operation, needs[operation["operationId"]])
            if method == "post":
                operation.setdefault("parameters", []).append(_KEY)
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return schema


def _problem_schemas() -> dict[str, Any]:
    found = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**found.pop("$defs", {}), "ProblemDetails": found}


def _who_may(operation: dict[str, Any], needs: Needs) -> None:
    operation["security"] = [{"token": [needs.scope]}]
    rights = " and ".join(f"`{one}`" for one in needs.permissions)
    if needs.or_permission:
        rights += f" or `{needs.or_permission}`"
    operation["description"] = (
        f"{operation.get('description', '')}\n\n"
        f"Scope `{needs.scope}`; the user needs the right {rights}."
    )


def _refusals(method: str, operation: dict[str, Any]) -> None:
    for status, meaning in _EVERYWHERE.items():
        if status in _WITH_BODY and method not in ("post", "patch"):
            continue
        if status == "422" and method != "post":
            continue
        operation["responses"].setdefault(status, {"description": meaning, "content": _PROBLEM})
