import pytest

from oms.env import BadSetting, env_bool, env_choice, env_int, env_list, env_secret, env_url

GOOD_SECRET = "q7Jx0vTn2LrYw9KdZ4mBs6HcPf1GaEu3RiXo8NtVyWkDhMjC5bQ"


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), ("off", False), ("", True), ("  ", True)]
)
def test_a_switch_reads_yes_and_no(monkeypatch, text, value):
    monkeypatch.setenv("OMS_X", text)

    assert env_bool("OMS_X", True) is value


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (lambda: env_bool("OMS_X", True), "maybe", "OMS_X='maybe' is not a yes or no"),
        (lambda: env_int("OMS_X", 1), "1.5", "OMS_X='1.5' is not a whole number"),
        (lambda: env_int("OMS_X", 1, low=1, high=9), "10", "Set it between 1 and 9"),
        (lambda: env_choice("OMS_X", ("a", "b"), "a"), "c", "Set it to one of: a, b"),
        (lambda: env_url("OMS_X", ("redis",)), "http://h", "OMS_X must start with redis://"),
        (lambda: env_url("OMS_X", ("redis",)), "redis:///0", "OMS_X names no host"),
        (lambda: env_url("OMS_X", ("redis",)), "redis://h:x/0", "a port that is no number"),
        (lambda: env_url("OMS_X", ("redis",)), "", "OMS_X is not set"),
        (lambda: env_secret("OMS_X", None), "short", "OMS_X is too short or too simple"),
        (lambda: env_secret("OMS_X", None), "a" * 60, "OMS_X is too short or too simple"),
    ],
)
def test_a_bad_value_is_refused_with_what_to_set(monkeypatch, read, text, message):
    monkeypatch.setenv("OMS_X", text)

    with pytest.raises(BadSetting, match=message.replace("(", r"\(")):
        read()


def test_a_list_is_split_and_stripped(monkeypatch):
    monkeypatch.setenv("OMS_X", " a.example.com, b.example.com ,")

    assert env_list("OMS_X", []) == ["a.example.com", "b.example.com"]


def test_a_refused_secret_is_not_repeated(monkeypatch):
    monkeypatch.setenv("OMS_X", "hunter2")

    with pytest.raises(BadSetting) as refusal:
        env_secret("OMS_X", None)

    assert "hunter2" not in str(refusal.value)


def test_a_long_random_secret_is_taken(monkeypatch):
    monkeypatch.setenv("OMS_X", GOOD_SECRET)

    assert env_secret("OMS_X", None) == GOOD_SECRET
