import pytest

from integrations.bench.goals import Report


def report_with(ratio):
    report = Report("one")
    report.at_least("speed", ratio, 0.35)
    report.at_most("memory", 100.0, 180.0, "MB")
    return report


def test_all_goals_met_is_met():
    assert report_with(0.35).verdict == "met"


def test_one_goal_missed_is_missed():
    assert report_with(0.349).verdict == "missed"


def test_a_wrong_result_voids_the_fastest_run():
    report = report_with(99)
    report.check("every order is there", False, "3 of 4")
    assert report.verdict == "void"


def test_nothing_measured_is_void():
    assert Report("one").verdict == "void"


def test_a_right_check_tells_no_detail():
    report = report_with(1)
    report.check("every order is there", True, "4 of 4")
    assert [check.detail for check in report.checks] == [""]


@pytest.mark.parametrize(("ratio", "is_right"), [(0.5, True), (0.1, False)])
def test_a_report_survives_its_way_as_json(ratio, is_right):
    report = report_with(ratio)
    report.check("counts agree", is_right, "why")
    report.figures["H"] = "2,700/s"
    assert Report.from_json(report.as_json()) == report
