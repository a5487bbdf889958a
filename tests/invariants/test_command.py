import json

import pytest
from django.core.management import call_command

from inventory.models import Stock
from orders.invariants import INVARIANTS
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive

pytestmark = pytest.mark.django_db


def _check(capsys, *arguments):
    """(exit code, what was printed)"""
    code = 0
    try:
        call_command("check_invariants", *arguments)
    except SystemExit as stopped:
        code = stopped.code
    return code, capsys.readouterr().out


def _spoil(warehouse, skus):
    for number in range(skus):
        receive(create_sku(f"SKU-{number:02d}"), warehouse, 1)
    Stock.objects.update(on_hand=2)


def test_a_sound_database_gives_exit_code_0(busy_company, capsys):
    code, out = _check(capsys)

    assert code == 0
    assert out.startswith(f"{len(INVARIANTS)} of {len(INVARIANTS)} invariants hold")


def test_a_damaged_one_gives_exit_code_1_and_names_the_row(warehouse, capsys):
    _spoil(warehouse, 1)

    code, out = _check(capsys)

    assert code == 1
    assert out.splitlines()[:2] == [
        "on_hand_is_sum_of_movements: 1 rows",
        "  sku=SKU-00, warehouse=HZ, on_hand=2, movements=1",
    ]


def test_at_most_twenty_rows_are_shown_and_all_are_counted(warehouse, capsys):
    _spoil(warehouse, 23)

    code, out = _check(capsys, "--json")

    report = json.loads(out)
    assert code == 1
    assert report["ok"] is False
    assert [(v["name"], v["count"], len(v["rows"])) for v in report["violations"]] == [
        ("on_hand_is_sum_of_movements", 23, 20)
    ]


@pytest.mark.django_db(transaction=True)
def test_all_is_asked_in_one_read_only_snapshot(warehouse, django_assert_num_queries):
    with django_assert_num_queries(5 + len(INVARIANTS)) as asked:
        call_command("check_invariants", "--json")

    assert "REPEATABLE READ, READ ONLY" in asked.captured_queries[1]["sql"]
