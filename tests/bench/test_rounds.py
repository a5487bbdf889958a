from itertools import count

import pytest

from integrations.bench.rounds import interleave, percentile, ratio, short


def test_every_round_begins_with_the_next_cell():
    clock = count()
    cells = {name: lambda: next(clock) for name in "abc"}

    assert interleave(2, cells) == {"a": [0, 5], "b": [1, 3], "c": [2, 4]}


def test_the_ratio_is_the_median_of_the_rounds_own_ratios():
    # One disturbed round, in which everything was slow alike, changes nothing.
    assert ratio({"ours": [10, 1, 30], "twin": [20, 2, 20]}, "ours", "twin") == 0.5


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100)])
def test_a_percentile_is_a_value_that_was_measured(share, value):
    assert percentile(range(100, 0, -1), share) == value


@pytest.mark.parametrize(
    ("value", "text"), [(13840.4, "13,840"), (27.36, "27.4"), (1.0, "1.00"), (0.2313, "0.231")]
)
def test_figures_show_three_digits_that_matter(value, text):
    assert short(value) == text
