"""Consolidated workbooks recalculated by LibreOffice: every formula against the engine's value.

    python3 tests/oracle/ricalcolo.py CONSOLIDATO.xlsx...

The results kept in the file are taken out first, so that LibreOffice cannot believe them; then every cell with a
formula is compared with what the file said. Numbers may differ by the noise of binary arithmetic (1e-9), texts not at
all. A workbook in which an entry is changed must differ: it is tried on each one, lest the comparison see nothing.
"""

import re
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import openpyxl

warnings.filterwarnings("ignore", message="Sparkline Group")

RISULTATO = re.compile(r'(<c [^>]*?)(?: t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>')


def senza_risultati(origine, copia, cambia=None):
    """A copy without the results of formulas; `cambia` may alter the text of a sheet."""
    with zipfile.ZipFile(origine) as da, zipfile.ZipFile(copia, "w", zipfile.ZIP_DEFLATED) as a:
        for parte in da.infolist():
            byte = da.read(parte.filename)
            if parte.filename.startswith("xl/worksheets/sheet"):
                testo = RISULTATO.sub(r"\1>\2", byte.decode())
                byte = (cambia(testo) if cambia else testo).encode()
            a.writestr(parte, byte)


def ricalcolati(copie, cartella):
    """The copies as LibreOffice saves them, calculated."""
    subprocess.run(
        ["soffice", "-env:UserInstallation=file://%s/profilo" % cartella, "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(cartella / "fuori")] + [str(c) for c in copie],
        check=True, capture_output=True)
    return [cartella / "fuori" / c.name for c in copie]


def uguali(a, b):
    a, b = (None if x == "" else x for x in (a, b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
    return a == b


def diversi(originale, ricalcolato):
    """Formulas compared, and the cells that differ."""
    detti = openpyxl.load_workbook(originale, data_only=True)
    formule = openpyxl.load_workbook(originale)
    calcolati = openpyxl.load_workbook(ricalcolato, data_only=True)
    quante, lista = 0, []
    for foglio in formule:
        for riga in foglio.iter_rows():
            for cella in riga:
                if cella.data_type != "f":
                    continue
                quante += 1
                detto = detti[foglio.title][cella.coordinate].value
                calcolato = calcolati[foglio.title][cella.coordinate].value
                if not uguali(detto, calcolato):
                    lista.append("%s!%s: %r, LibreOffice %r, =%s" % (
                        foglio.title, cella.coordinate, detto, calcolato, str(cella.value)[:200]))
    return quante, lista


def prova(file, controprova=True):
    """How many formulas a workbook has, and what is wrong with its recalculation."""
    with tempfile.TemporaryDirectory(prefix="ricalcolo-") as dove:
        cartella = Path(dove)
        intatta, cambiata = cartella / "intatta.xlsx", cartella / "cambiata.xlsx"
        senza_risultati(file, intatta)
        if not controprova:
            return diversi(file, ricalcolati([intatta], cartella)[0])
        # No entry counts any more: nothing can be as it was.
        parole = openpyxl.load_workbook(file)["Dati"]
        colonna = next(c.column_letter for c in parole[4] if c.value == "Conta?")
        conta = re.compile(r'(<c r="%s\d+"[^>]*?) t="s"><v>\d+</v></c>' % colonna)

        def niente_conta(testo):
            return conta.sub(r"\1/>", testo) if "<f>IF($H$" in testo else testo

        senza_risultati(file, cambiata, niente_conta)
        buona, guasta = ricalcolati([intatta, cambiata], cartella)
        quante, lista = diversi(file, buona)
        if quante < 1000:
            lista.append("%s: only %d formulas" % (file, quante))
        if len(diversi(file, guasta)[1]) < 100:
            lista.append("%s: a workbook without entries is not told from a sound one" % file)
        return quante, lista


def main():
    tutte, guasti = 0, []
    for file in sys.argv[1:]:
        quante, lista = prova(Path(file))
        tutte += quante
        guasti += ["%s: %s" % (file, voce) for voce in lista]
    for voce in guasti[:40]:
        print(voce)
    print("%d formulas recalculated, %d different" % (tutte, len(guasti)))
    return 1 if guasti else 0


if __name__ == "__main__":
    sys.exit(main())
