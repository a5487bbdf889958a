"""Opening stock: warehouses, bins and SKUs appear, each place is opened once."""

import json

import pytest
from django.core.management import CommandError, call_command

from inventory.models import Sku, Stock, StockMovement, Warehouse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

LIST = "warehouse,sku,on_hand,bin\nnorth,abc,5,N1-1\nNORTH,DEF,7,\nSOUTH,abc,3,S1\nSOUTH,GHI,0,S2\n"


def run(path, capsys):
    call_command("import_stock", str(path), "--json")
    return json.loads(capsys.readouterr().out)


def stock() -> list[tuple[object, ...]]:
    rows = Stock.objects.order_by("warehouse__code", "sku__code")
    return list(rows.values_list("warehouse__code", "sku__code", "on_hand", "bin__code"))


def test_a_list_opens_the_stock(write, capsys) -> None:
    done = run(write(LIST), capsys)

    assert stock() == [
        ("NORTH", "ABC", 5, "N1-1"),
        ("NORTH", "DEF", 7, None),
        ("SOUTH", "ABC", 3, "S1"),
    ]
    assert set(StockMovement.objects.values_list("kind", flat=True)) == {"opening"}
    assert (done["rows"], done["opened"], done["units"], done["empty"]) == (4, 3, 15, 1)
    assert (done["warehouses_created"], done["bins_created"], done["skus_created"]) == (
        ["NORTH", "SOUTH"], 2, 2,
    )  # fmt: skip


def test_again_it_opens_nothing_and_another_number_is_refused(write, capsys) -> None:
    run(write(LIST), capsys)

    done = run(write(LIST.replace("DEF,7", "DEF,8")), capsys)

    assert (done["opened"], done["opened_before"]) == (0, 2)
    assert done["rejected"] == {"3": "DEF in NORTH was opened with 7 pieces. Count it instead."}
    assert StockMovement.objects.count() == 3


def test_known_warehouses_and_skus_are_used(write, capsys, warehouse, cup) -> None:
    run(write("仓库,商品编码,数量\nhz,cup-1,4\n", encoding="gb18030"), capsys)

    assert stock() == [("HZ", "CUP-1", 4, None)]
    assert (Warehouse.objects.count(), Sku.objects.count()) == (1, 1)


def test_rows_that_make_no_sense_are_said_and_the_others_taken(write, capsys) -> None:
    rows = [
        "A,X,-1,",
        "A,Y,1.5,",
        ",Z,1,",
        "A,1.38E+10,1,",
        "A,X,2,B",
        "A,X,3,B",
        f"A,{'Q' * 65},1,",
    ]

    done = run(write("warehouse,sku,on_hand,bin\n" + "\n".join(rows)), capsys)

    assert stock() == [("A", "X", 2, "B")]
    assert [int(row) for row in done["rejected"]] == [2, 3, 4, 5, 7, 8]
    assert done["rejected"]["7"] == "X in A stands twice in the list."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("warehouse,sku\nA,B\n", "The column “on_hand” is missing"),
        ("warehouse,sku,on_hand,price\nA,B,1,1\n", "“price” is not one of ours"),
        ("warehouse,sku,on_hand,bin\nA,B,1,X\nA,C,1,234,X\n", "Row 3 has 5 cells, the header 4"),
        ("[]", "JSON"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_written(write, content, words) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_stock", str(write(content)))

    assert not Warehouse.objects.exists()


def test_words_for_a_person(write, capsys) -> None:
    call_command("import_stock", str(write(LIST)))

    assert "opened: 3" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_stock", "no-such-file")
