from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from integrations.bench.registry import BENCHMARKS, select


def test_no_name_selects_all_in_their_order():
    assert [one.name for one in select([])] == list(BENCHMARKS)


def test_names_select_in_the_order_of_the_registry():
    assert [one.name for one in select(["search", "lists"])] == ["lists", "search"]


def test_the_import_goes_by_its_plain_name():
    assert [one.module for one in select(["import"])] == ["integrations.bench.import_file"]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_can_be_loaded(name):
    assert callable(BENCHMARKS[name].load())


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(CommandError, match="no benchmark 'typo'; there are place_http, place_cpu"):
        call_command("bench", "typo", stdout=StringIO())


def test_sizes_must_be_two_numbers():
    with pytest.raises(CommandError, match="two whole numbers"):
        call_command("bench", "lists", "--sizes", "many", stdout=StringIO())
