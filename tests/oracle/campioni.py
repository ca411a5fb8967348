"""Reads the sample year of tests/campioni as it stands at the end of a month."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from piano import DI_CHI, PARTE_DI, UFFICI

CARTELLA = Path(__file__).resolve().parent.parent / "campioni"
NA = "n.a."


@dataclass
class Campione:
    celle: dict  # what is typed in the cells, mistakes included
    voci: dict  # what counts
    esclusi: set  # entries that an errore keeps out
    inviati: set  # offices whose file arrived


def _righe(nome):
    percorso = CARTELLA / nome
    if not percorso.exists():
        return []
    with open(percorso, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter=";"))


def indirizzo(riga):
    """(office, key, month) or, for a register cell, (office, key, None, row, column)."""
    mese = int(riga["mese"]) if riga["mese"] else None
    if riga["riga"]:
        return (riga["ufficio"], riga["chiave"], mese, int(riga["riga"]), riga["colonna"])
    return (riga["ufficio"], riga["chiave"], mese)


def tipo_di(chi):
    chiave = chi[1]
    if chiave.endswith(".completo"):
        return "conteggio"
    if chiave == "firma.data":
        return "data"
    if chiave not in DI_CHI:
        return "testo"
    voce = DI_CHI[chiave][1]
    return dict(voce.colonne)[chi[4]] if len(chi) == 5 else voce.tipo


def leggi_valore(testo, tipo):
    """A CSV value as typed in Excel; a leading apostrophe makes it a text, as in Excel."""
    if testo == "":
        return None
    if testo.startswith("'"):
        return testo[1:]
    if testo == NA or tipo in ("testo", "si_no"):
        return testo
    if tipo == "data":
        return date.fromisoformat(testo)
    numero = Fraction(Decimal(testo))
    return int(numero) if numero.denominator == 1 else numero


def leggi_campione(mese, errori=True):
    celle, vale_da = {}, {}
    for riga in _righe("anno-2019.csv"):
        chi, da = indirizzo(riga), int(riga["da_mese"])
        if da > mese or da < vale_da.get(chi, 0):
            continue
        vale_da[chi] = da
        celle[chi] = leggi_valore(riga["valore"], tipo_di(chi))
    voci, esclusi, inviati = dict(celle), set(), set(UFFICI)
    for riga in _righe("errori-2019-%02d.csv" % mese) if errori else []:
        if riga["effetto"] == "assente":
            inviati.discard(riga["ufficio"])
            continue
        chi = indirizzo(riga)
        if chi not in celle:
            raise ValueError("mistake on an entry that nobody typed: %s" % (chi,))
        celle[chi] = leggi_valore(riga["valore"], tipo_di(chi))
        if riga["effetto"] == "normalizzato":
            voci[chi] = leggi_valore(riga["vale"], tipo_di(chi))
        elif riga["effetto"] == "vuoto":
            voci.pop(chi)
        elif riga["effetto"] == "escluso":
            colpiti = _colpiti(riga["codice"], chi, celle)
            esclusi |= colpiti
            for c in colpiti:
                voci.pop(c, None)
        else:
            raise ValueError(riga["effetto"])
    celle = {c: v for c, v in celle.items() if c[0] in inviati}
    voci = {c: v for c, v in voci.items() if c[0] in inviati}
    return Campione(celle, voci, esclusi, inviati)


def _colpiti(codice, chi, celle):
    """Every entry that the errore names, the other side of the contradiction included."""
    ufficio, chiave, mese = chi[:3]
    if codice == "A04":
        return {c for c in celle if c[1:3] == (chiave, mese) and celle[c] not in (None, NA)}
    if codice != "R03":
        return {chi}
    parte = chiave if chiave in PARTE_DI else next(p for p, t in PARTE_DI.items() if t == chiave)
    intero = PARTE_DI[parte]
    if DI_CHI[intero][1].tempo == "annuale":
        mesi = {None} | {c[2] for c in celle if c[:2] == (ufficio, parte)}
    else:
        mesi = {mese}
    return {c for c in celle if c[0] == ufficio and c[1] in (parte, intero) and c[2] in mesi}
