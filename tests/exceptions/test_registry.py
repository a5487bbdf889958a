"""What a kind and a cause must bring along."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from orders.exceptions.causes import CAUSES
from orders.exceptions.models import ExceptionKind


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES)
def test_a_cause_has_fixes_with_keys_of_their_own(cause):
    assert cause.fixes
    keys = [fix.key for fix in cause.fixes]
    assert len(set(keys)) == len(keys)
    # j k x * t move, tick and take; c, g, /, ? and [ ] are the shell's.
    assert not set(keys) & set("jkxtcg/?[]*")
    for fix in cause.fixes:
        assert not fix.url or reverse(fix.url)


def test_every_kind_has_a_cause_and_a_panel():
    assert {cause.kind for cause in CAUSES.values()} == set(ExceptionKind)
    for kind in ExceptionKind:
        get_template(f"exceptions/_fix_{kind}.html")
