"""Fills blank office workbooks through their `_manifest` sheet, as an outside tool would.

The manifest says where every entry lives: pairs name/value in columns A-B, then a
row whose A cell is `chiave` heading the columns
chiave; mese; riga; colonna; tipo; foglio; cella.

From the command line it fills the sample year up to a month:
    python3 tests/oracle/cartelle.py --modelli DIR --mese 6 [--senza-errori] -o DIR
"""

import argparse
import re
import sys
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl

NA = "n.a."
INTESTAZIONE = ["chiave", "mese", "riga", "colonna", "tipo", "foglio", "cella"]


class ManifestoRotto(Exception):
    pass


def _intero(x):
    if x is None or x == "":
        return None
    return int(x)


def da_excel(valore):
    """A Python value as it is written in a cell."""
    if isinstance(valore, bool):
        return "Sì" if valore else "No"
    if isinstance(valore, Fraction):
        return int(valore) if valore.denominator == 1 else float(valore)
    if isinstance(valore, date) and not isinstance(valore, datetime):
        return datetime(valore.year, valore.month, valore.day)
    return valore


class Modello:
    """One blank workbook, loaded once and filled as often as wanted."""

    def __init__(self, percorso):
        self.percorso = Path(percorso)
        self.libro = openpyxl.load_workbook(self.percorso, keep_vba=self.percorso.suffix == ".xlsm")
        if "_manifest" not in self.libro.sheetnames:
            raise ManifestoRotto("%s: no _manifest sheet" % self.percorso.name)
        self.testata, self.celle, self.tipi = {}, {}, {}
        righe = self.libro["_manifest"].iter_rows(values_only=True)
        for riga in righe:
            if riga[0] == "chiave":
                intestazione = [str(x) for x in riga if x is not None]
                break
            if riga[0] is not None:
                self.testata[str(riga[0])] = riga[1]
        else:
            raise ManifestoRotto("%s: no row headed `chiave`" % self.percorso.name)
        if intestazione[:len(INTESTAZIONE)] != INTESTAZIONE:
            raise ManifestoRotto("%s: columns %s" % (self.percorso.name, intestazione))
        for riga in righe:
            if riga[0] in (None, ""):
                continue
            chiave, mese, ordinale, colonna, tipo, foglio, cella = riga[:7]
            chi = (chiave, _intero(mese), _intero(ordinale), colonna or None)
            if chi in self.celle:
                raise ManifestoRotto("%s: %s listed twice" % (self.percorso.name, chi))
            if foglio not in self.libro.sheetnames:
                raise ManifestoRotto("%s: no sheet %s" % (self.percorso.name, foglio))
            self.celle[chi] = (foglio, str(cella).replace("$", ""))
            self.tipi[chi] = tipo
        self.ufficio = self.testata.get("ufficio")

    def riempi(self, valori, destinazione, quando=None):
        """Writes {(key, month, row, column): value}; gives the addresses that the manifest lacks.

        With `quando` (a date) the file carries that date everywhere: same entries, same bytes.
        """
        ignote, toccate = [], []
        for chi, valore in valori.items():
            if valore is None:
                continue
            if chi not in self.celle:
                ignote.append(chi)
                continue
            foglio, cella = self.celle[chi]
            c = self.libro[foglio][cella]
            toccate.append((c, c.value, c.number_format))
            formato = c.number_format
            c.value = da_excel(valore)
            c.number_format = formato if formato != "General" else c.number_format
        self.libro.save(destinazione)
        if quando is not None:
            fissa_data(destinazione, quando)
        for c, prima, formato in toccate:
            c.value = prima
            c.number_format = formato
        return ignote


def fissa_data(percorso, quando):
    """Replaces the clock's date inside a saved workbook."""
    with zipfile.ZipFile(percorso) as z:
        parti = [(i.filename, z.read(i)) for i in z.infolist()]
    testo = ("%sT10:00:00Z" % quando.isoformat()).encode()
    with zipfile.ZipFile(percorso, "w", zipfile.ZIP_DEFLATED) as z:
        for nome, dati in parti:
            if nome == "docProps/core.xml":
                dati = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + testo, dati)
            info = zipfile.ZipInfo(nome, (quando.year, quando.month, quando.day, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, dati)


def carica_modelli(cartella):
    """{office: Modello} of every workbook of a folder."""
    modelli = {}
    for percorso in sorted(Path(cartella).glob("*.xlsx")):
        m = Modello(percorso)
        modelli[m.ufficio] = m
    return modelli


def per_ufficio(voci):
    """Entries {(office, key, month[, row, column]): value} split by office for `riempi`."""
    divise = {}
    for chi, valore in voci.items():
        ufficio, chiave, mese = chi[:3]
        riga, colonna = chi[3:5] if len(chi) == 5 else (None, None)
        divise.setdefault(ufficio, {})[(chiave, mese, riga, colonna)] = valore
    return divise


def main():
    from campioni import leggi_campione

    a = argparse.ArgumentParser(description="fills the sample workbooks of a month")
    a.add_argument("--modelli", required=True, help="folder of the blank workbooks")
    a.add_argument("--mese", type=int, required=True)
    a.add_argument("--senza-errori", action="store_true", help="leave the planted mistakes out")
    a.add_argument("-o", required=True, dest="uscita")
    scelte = a.parse_args()
    modelli = carica_modelli(scelte.modelli)
    campione = leggi_campione(scelte.mese, errori=not scelte.senza_errori)
    Path(scelte.uscita).mkdir(parents=True, exist_ok=True)
    ignote = 0
    for ufficio, valori in sorted(per_ufficio(campione.celle).items()):
        if ufficio not in modelli:
            print("no blank workbook for %s" % ufficio, file=sys.stderr)
            ignote += 1
            continue
        m = modelli[ufficio]
        quando = valori.get(("firma.data", scelte.mese, None, None), date(2019, scelte.mese, 28))
        for chi in m.riempi(valori, Path(scelte.uscita) / m.percorso.name, quando):
            print("%s: the manifest lacks %s" % (ufficio, chi), file=sys.stderr)
            ignote += 1
    print("%d workbooks written" % len(per_ufficio(campione.celle)))
    return 1 if ignote else 0


if __name__ == "__main__":
    sys.exit(main())
