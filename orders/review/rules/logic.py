"""Logic of three values, in which None is "nobody can say": the twin of SQL's. Pure."""

from collections.abc import Iterable

from orders.review.rules.text import Needs

Truth = bool | None


def all_true(truths: Iterable[Truth]) -> Truth:
    known = list(truths)
    if False in known:
        return False
    return None if None in known else True


def any_true(truths: Iterable[Truth]) -> Truth:
    known = list(truths)
    if True in known:
        return True
    return None if None in known else False


def joined_truth(truths: Iterable[Truth], needs: str) -> Truth:
    return any_true(truths) if needs == Needs.ANY else all_true(truths)
