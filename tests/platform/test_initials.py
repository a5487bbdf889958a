import pytest

from oms.initials import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("保鲜盒", "bxh"),
        ("不锈钢保温杯 500ML", "bxgbwb500ml"),
        ("音乐盒", "ylh yyh"),
        ("锂电池", "ldc"),
        ("长".join("重" * 9), None),
        ("Cup", ""),
        ("", ""),
    ],
)
def test_the_initials_of_a_name(name: str, letters: str | None):
    found = initials(name)

    assert found == letters if letters is not None else len(found.split()) == 4
