"""An honest minimum of the job with python-calamine: in each workbook of a folder the hidden list of entries is read,
the entries are taken from their cells, and every voce is summed. No check, no second reading, no workbook written."""

import pathlib
import re
import sys

from python_calamine import CalamineWorkbook

CELL = re.compile(r"([A-Z]+)([0-9]+)")


def place(address):
    letters, row = CELL.fullmatch(address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


totals = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    book = CalamineWorkbook.from_path(str(path))
    places = {}
    for row in book.get_sheet_by_name("_manifest").to_python(skip_empty_area=False):
        if len(row) >= 7 and isinstance(row[6], str) and CELL.fullmatch(row[6]):
            places.setdefault(row[5], []).append((place(row[6]), row[0]))
    for sheet, wanted in places.items():
        if sheet not in book.sheet_names:
            continue
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for (row, column), key in wanted:
            value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                totals[key] = totals.get(key, 0) + value
print(len(totals), sum(totals.values()))
