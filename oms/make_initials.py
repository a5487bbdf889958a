"""Writes `initials.txt`: the first letter of the pinyin of every Chinese character.

Source: the character table of pypinyin (MIT). The table is needed only here; pypinyin itself would cost
every process 50 MB. To make the file anew:

    pip install pypinyin==0.55.0 && python -m oms.make_initials
"""

from pypinyin import Style, lazy_pinyin

from oms.initials import FILE

FIRST, LAST = 0x4E00, 0x9FFF


def main() -> None:
    by_letter: dict[str, str] = {}
    for char in map(chr, range(FIRST, LAST + 1)):
        letter = lazy_pinyin(char, style=Style.FIRST_LETTER)[0]
        if letter.isascii() and letter.isalpha():
            by_letter[letter] = by_letter.get(letter, "") + char
    FILE.write_text("".join(f"{one}{by_letter[one]}\n" for one in sorted(by_letter)), "utf-8")


if __name__ == "__main__":
    main()
