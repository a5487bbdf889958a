"""Two customers who are one: what of them goes over to the survivor, and back again.

The orders lie above; `orders.people` moves them in the same transaction and is the verb to call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.event import record
from customers.models import Address, Customer, CustomerMerge
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.search import grams
from oms.sql import int_array, query

UNDONE_WITHIN = timedelta(days=30)
FIELDS = ("name", "kind", "phone", "email", "level", "tags", "note")
JOINED = ("tags", "note")
"""Fields of which both values can be kept."""
KEEP, TAKE, BOTH = "keep", "take", "both"

_BLOCK = ("level", "level_before", "blocked_reason")
# Everything of a customer's, by the part of `CustomerMerge` that says which rows went over.
_OWN = {
    "contact_ids": "customers_contact",
    "address_ids": "customers_address",
    "identity_ids": "customers_customeridentity",
}
_TAKE = """
WITH moved AS (UPDATE {table} SET customer_id = %s WHERE customer_id = %s RETURNING id)
SELECT coalesce(array_agg(id ORDER BY id), '{{}}') FROM moved
"""
_GIVE_BACK = """
WITH moved AS (
  UPDATE {table} SET customer_id = %s WHERE id = ANY(%s::bigint[]) AND customer_id = %s RETURNING id)
SELECT count(*) FROM moved
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both as they were before, held until the transaction ends: no order of theirs is placed meanwhile."""

    survivor: Customer
    merged: Customer

    def take(self, table: str) -> list[int]:
        """Rows of the merged one become the survivor's; their ids."""
        ids: list[int] = query(_TAKE.format(table=table), [self.survivor.pk, self.merged.pk])[0][0]
        return ids

    def give_back(self, table: str, ids: list[int]) -> int:
        """Those of the rows `ids` that are still the survivor's; how many."""
        params = [self.merged.pk, int_array(ids), self.survivor.pk]
        count: int = query(_GIVE_BACK.format(table=table), params)[0][0]
        return count


def hold(survivor_id: int, merged_id: int) -> Pair:
    """Stronger than the lock of an edit: it also waits for orders being placed, and they for us.

    Raises Customer.DoesNotExist.
    """
    ids = [survivor_id, merged_id]
    rows = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    found = {customer.pk: customer for customer in rows}
    if len(found) < len(set(ids)):
        raise Customer.DoesNotExist
    return Pair(found[survivor_id], found[merged_id])


def require_mergeable(pair: Pair) -> None:
    if pair.survivor.pk == pair.merged.pk:
        raise NotPossible(_("Choose two different customers to merge."))
    for customer in (pair.merged, pair.survivor):
        if customer.merged_into_id:
            words = _("%(name)s was merged into number %(other)d already. Nothing was changed.")
            raise NotPossible(words % {"name": customer.name, "other": customer.merged_into_id})
        if customer.erased_at:
            raise NotPossible(_("The personal data of one of the two was erased."))


def take_over(
    pair: Pair, choice: Mapping[str, str], moved: Mapping[str, list[int]], *, actor: User | None
) -> CustomerMerge:
    """Move what is the customer's own, change the survivor as chosen, and write everything down.

    `choice` maps a field to KEEP (also when left out), TAKE or BOTH; `moved` is what the caller moved.
    """
    fields = _changed_fields(pair, choice)
    default = _step_back(pair)
    moved = {**moved, **{part: pair.take(table) for part, table in _OWN.items()}}
    _write(pair.survivor, {name: new for name, (_old, new) in fields.items()})
    Customer.objects.filter(pk=pair.merged.pk).update(
        merged_into=pair.survivor, version=F("version") + 1
    )
    merge = CustomerMerge.objects.create(
        merged=pair.merged,
        survivor=pair.survivor,
        actor=actor,
        actor_name=actor.display_name[:80] if actor else "",
        fields=fields,
        default_address_id=default,
        **moved,
    )
    _record_both(pair, ("merged_in", "merged_away"), actor, merge, changes=fields)
    return merge


def _changed_fields(pair: Pair, choice: Mapping[str, str]) -> dict[str, list[Any]]:
    """What changes of the survivor, as [old, new]. A block of either one stays."""
    unknown = {name: how for name, how in choice.items() if not _is_choice(name, how)}
    if unknown:
        words = _("Choose which value to keep.")
        raise InvalidInput([FieldError(name, "unknown", words, unknown[name]) for name in unknown])
    new = {name: _chosen(pair, name, choice.get(name, KEEP)) for name in FIELDS}
    if pair.survivor.is_blocked or pair.merged.is_blocked:
        blocked = pair.survivor if pair.survivor.is_blocked else pair.merged
        for name in _BLOCK:
            new[name] = getattr(blocked, name)
    old = {name: getattr(pair.survivor, name) for name in new}
    return {name: [old[name], value] for name, value in new.items() if old[name] != value}


def _is_choice(name: str, how: str) -> bool:
    return name in FIELDS and (how in (KEEP, TAKE) or (how == BOTH and name in JOINED))


def _chosen(pair: Pair, name: str, how: str) -> Any:
    ours, theirs = getattr(pair.survivor, name), getattr(pair.merged, name)
    if how != BOTH:
        return theirs if how == TAKE else ours
    if name == "tags":
        return list(dict.fromkeys([*ours, *theirs]))
    return "\n".join(dict.fromkeys(part for part in (ours, theirs) if part))


def _step_back(pair: Pair) -> int | None:
    """The merged one's default address, which is none any more where the survivor has one."""
    if not Address.objects.filter(customer=pair.survivor, is_default=True).exists():
        return None
    default = Address.objects.filter(customer=pair.merged, is_default=True)
    found: int | None = default.values_list("pk", flat=True).first()
    default.update(is_default=False)
    return found


def _write(customer: Customer, values: dict[str, Any]) -> None:
    if "name" in values:
        values = values | {"search_grams": grams(values["name"])}
    Customer.objects.filter(pk=customer.pk).update(**values, version=F("version") + 1)


def require_undoable(merge: CustomerMerge, pair: Pair) -> None:
    """Raises NotPossible with what stands in the way; later merges of the survivor go first."""
    why = why_not_undone(merge, pair.survivor)
    if why:
        raise NotPossible(why)


def why_not_undone(merge: CustomerMerge, survivor: Customer) -> str:
    """What stands in the way of undoing the merge now; "" when nothing does."""
    if merge.undone_at:
        return _("This merge was undone already. Nothing was changed.")
    if timezone.now() > merge.merged_at + UNDONE_WITHIN:
        return _("A merge can be undone for 30 days; this one is older.")
    if survivor.erased_at:
        return _("The personal data was erased since; there is nothing to give back.")
    if survivor.merged_into_id:
        words = _("%(name)s was itself merged into number %(other)d. Undo that merge first.")
        return words % {"name": survivor.name, "other": survivor.merged_into_id}
    standing = CustomerMerge.objects.filter(survivor=survivor, undone_at=None)
    later = standing.select_related("merged").filter(pk__gt=merge.pk).order_by("-pk")
    newest = later.only("merged__name").first()
    if newest:
        words = _("%(name)s was merged in later. Undo that merge first.")
        return words % {"name": newest.merged.name}
    return ""


def give_back(pair: Pair, merge: CustomerMerge, *, actor: User | None) -> None:
    """Move the customer's own back. What was changed since stays as it is now."""
    for part, table in _OWN.items():
        pair.give_back(table, getattr(merge, part))
    if merge.default_address_id:
        mine = Address.objects.filter(customer=pair.merged)
        if not mine.filter(is_default=True).exists():
            mine.filter(pk=merge.default_address_id).update(is_default=True)
    same = _untouched(pair.survivor, merge.fields)
    _write(pair.survivor, same)
    Customer.objects.filter(pk=pair.merged.pk).update(merged_into=None, version=F("version") + 1)
    CustomerMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now())
    changes = {name: [merge.fields[name][1], old] for name, old in same.items()}
    _record_both(pair, ("unmerged", "unmerged"), actor, merge, changes=changes)


def _untouched(survivor: Customer, fields: dict[str, list[Any]]) -> dict[str, Any]:
    """The old values of those fields that hold what the merge gave them; a block is one thing."""
    changed = {name for name, (_old, new) in fields.items() if getattr(survivor, name) != new}
    kept = changed | (set(_BLOCK) if changed & set(_BLOCK) else set())
    return {name: old for name, (old, _new) in fields.items() if name not in kept}


def _record_both(
    pair: Pair,
    kinds: tuple[str, str],
    actor: User | None,
    merge: CustomerMerge,
    *,
    changes: dict[str, list[Any]],
) -> None:
    """The survivor's event tells what changed of it; each names the other one."""
    values = {"merge": merge.pk, "orders": len(merge.order_ids)}
    ends = ((pair.survivor, pair.merged), (pair.merged, pair.survivor))
    for kind, (customer, other) in zip(kinds, ends, strict=True):
        changed = changes if customer is pair.survivor else {}
        about = f"{other.name} (#{other.pk})"
        told = values | {"other": other.pk}
        record(customer.pk, kind, actor, about=about, changes=changed, values=told)
