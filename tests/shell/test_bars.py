import pytest
from django.utils import translation

from oms.bars import About, Column, chart_of, round_numbers, text_width


def days(*values: int, **more: object) -> list[Column]:
    return [
        Column(f"2026-11-{day:02}", (value,), tick=f"11-{day:02}", **more)
        for day, value in enumerate(values, start=1)
    ]


def drawn(columns: list[Column], **more: object):
    return chart_of(About("c", "Orders placed", series=("Orders",)), columns, **more)


def ticks(chart, shown: str) -> list[str]:
    """The words under the bars that show from a width on."""
    foot = chart.base
    return [
        word.text
        for bar in chart.bars
        for word in bar.words
        if word.y > foot and word.shown == shown
    ]


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (10, [0, 5, 10]),
        (11, [0, 5, 10, 15]),
        (63, [0, 20, 40, 60, 80]),
        (1_234, [0, 500, 1000, 1500]),
    ],
)
def test_the_scale_has_few_round_numbers_from_zero(most: int, numbers: list[int]) -> None:
    assert round_numbers(most) == numbers


def test_bars_stand_on_zero_and_are_as_high_as_their_numbers() -> None:
    chart = drawn(days(10, 5, 0), height=100)

    rects = [bar.rects[0] for bar in chart.bars]
    assert [rect.height for rect in rects] == [100, 50, 0]
    assert {rect.y + rect.height for rect in rects} == {chart.base}


def test_with_a_scale_the_highest_bar_ends_where_its_number_stands() -> None:
    chart = drawn(days(60), height=100, has_scale=True)

    assert [line.text for line in chart.lines] == ["0", "20", "40", "60"]
    assert chart.lines[-1].y == chart.bars[0].rects[0].y


def test_one_among_very_many_is_still_seen() -> None:
    assert drawn(days(100_000, 1)).bars[1].rects[0].height == 1


def test_bars_fill_the_width_in_percent() -> None:
    chart = drawn(days(1, 1, 1, 1))

    assert [bar.x for bar in chart.bars] == ["0.000%", "25.000%", "50.000%", "75.000%"]
    assert (chart.bars[0].rects[0].x, chart.bars[0].rects[0].width) == ("2.500%", "20.000%")


def test_two_series_stand_side_by_side_and_say_which_is_which() -> None:
    column = Column("11-01", (4, 2))
    bar = chart_of(About("c", "Both", ("opened", "closed")), [column], height=40).bars[0]

    assert [(one.number, one.x, one.width, one.height) for one in bar.rects] == [
        (1, "10.000%", "40.000%", 40),
        (2, "50.000%", "40.000%", 20),
    ]
    assert bar.title == "11-01: opened 4, closed 2"


def test_few_bars_have_all_their_words() -> None:
    chart = drawn(days(3, 2, 4))

    assert ticks(chart, "") == ["11-01", "11-02", "11-03"]
    assert [bar.words[0].text for bar in chart.bars] == ["3", "2", "4"]


def test_a_narrow_place_shows_some_words_and_a_wide_one_more() -> None:
    chart = drawn(days(*range(100, 130)))

    assert ticks(chart, "") == ["11-06", "11-14", "11-22", "11-30"]
    assert ticks(chart, "from-560") == ["11-02", "11-10", "11-18", "11-26"]
    numbers = [word for bar in chart.bars for word in bar.words if word.y < chart.base]
    assert [word.shown for word in numbers] == ["from-920"] * 29 + [""]


def test_where_numbers_find_no_room_only_the_highest_is_written() -> None:
    chart = drawn(days(*[1_000] * 50, 2_345, *[1_000] * 39))

    numbers = [word.text for bar in chart.bars for word in bar.words if word.y < chart.base]

    assert numbers == ["2,345"]


def test_long_words_are_cut_and_chinese_ones_take_more_room() -> None:
    chart = drawn([Column("A name that never ends", (1,))])

    assert ticks(chart, "") == ["A name th…"]
    assert chart.bars[0].title == "A name that never ends: Orders 1"
    assert text_width("11月") == 2 * 7 + 12


def test_a_day_that_is_not_over_says_so_in_both_languages() -> None:
    assert drawn(days(5, is_open=True)).bars[0].title == "2026-11-01: Orders 5 so far"
    with translation.override("zh-hans"):
        assert drawn(days(5, is_open=True)).bars[0].title == "2026-11-01：Orders 5，尚未结束"


def test_no_figures_make_an_empty_drawing() -> None:
    chart = drawn([], has_scale=True)

    assert (chart.bars, [line.text for line in chart.lines]) == ([], ["0", "1"])
    assert not chart.has_links


def test_the_table_says_the_numbers_unless_it_was_given_better_words() -> None:
    assert Column("a", (1_234,)).cells_shown == ("1,234",)
    assert Column("a", (1,), cells=("1", "¥2.00")).cells_shown == ("1", "¥2.00")
