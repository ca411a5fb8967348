"""The results expected from the sample year at a month, mistakes taken into account.

    python3 tests/oracle/attesi.py 6 > attesi.csv
    python3 tests/oracle/attesi.py 6 --tutto      everything, as JSON
    python3 tests/oracle/attesi.py 6 --senza-errori
"""

import argparse
import csv
import json
import sys

from calcolo import calcola
from campioni import leggi_campione


def esito(mese, errori=True):
    c = leggi_campione(mese, errori)
    return calcola(c.voci, mese, inviati=c.inviati, esclusi=c.esclusi)


def main():
    a = argparse.ArgumentParser(description="expected results of the sample year")
    a.add_argument("mese", type=int, choices=range(1, 13))
    a.add_argument("--tutto", action="store_true", help="JSON with schede and totals")
    a.add_argument("--senza-errori", action="store_true", help="without the planted mistakes")
    scelte = a.parse_args()
    e = esito(scelte.mese, not scelte.senza_errori)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if scelte.tutto:
        json.dump(e.json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    uscita = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    uscita.writerow(["codice", "valore", "stato", "grado", "provvisorio", "attesi", "presenti"])
    for r in e.indicatori:
        j = r.json()
        uscita.writerow([j["codice"], j["valore"] or "", j["stato"], j["grado"] or "",
                         "sì" if j["provvisorio"] else "no", r.attesi, r.presenti])


if __name__ == "__main__":
    main()
