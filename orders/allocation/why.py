"""Why an order is served as it is: compact, hashable, the same for orders that fare alike."""

from typing import NamedTuple


class Other(NamedTuple):
    """A warehouse that gives nothing, and why not. The codes, with their figures:

    `covers` a of b pieces · `dearer` by a · `later`: further down the list · `excluded` by the policy ·
    `kept`: a pieces are kept for channel b · `safety`: a pieces are its safety stock.
    """

    warehouse_id: int
    code: str
    a: int | str = 0
    b: int = 0


class Note(NamedTuple):
    """What else decided. The codes, with their figures:

    `forbidden`: the policy allows no warehouse · `below_amount`: not split below a · `over_cap`: a parcels allowed ·
    `not_before`: SKU b may be reserved from date a on · `complete`: a of b pieces
    are there, it waits for all · `batch`: planned together with others.
    """

    code: str
    a: int | str = 0
    b: int = 0


class Why(NamedTuple):
    """`policy_id` is 0 without a policy; `by` is what its warehouses are put in order by."""

    policy_id: int
    by: str
    chosen: tuple[int, ...] = ()
    others: tuple[Other, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_forbidden(self) -> bool:
        return any(note.code == "forbidden" for note in self.notes)
