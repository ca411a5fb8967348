"""An honest minimum of the job with openpyxl: in each workbook of a folder the hidden list of entries is read, the
entries are taken from their cells, and every voce is summed. No check, no second reading, no workbook written."""

import pathlib
import sys

from openpyxl import load_workbook

totals = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    book = load_workbook(path, data_only=True, read_only=True)
    places = {}
    for row in book["_manifest"].iter_rows(values_only=True):
        if len(row) >= 7 and isinstance(row[5], str) and isinstance(row[6], str):
            places.setdefault(row[5], {})[row[6]] = row[0]
    for sheet, wanted in places.items():
        if sheet not in book.sheetnames:
            continue
        for row in book[sheet].iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, (int, float)) and cell.coordinate in wanted:
                    key = wanted[cell.coordinate]
                    totals[key] = totals.get(key, 0) + value
print(len(totals), sum(totals.values()))
