"""Random campaigns: the program against the independent calculation.

    python3 tests/oracle/campagna.py --schede target/release/schede --semi 1-20 --mesi 1,6,9,12

The blank workbooks are made once by the program. Every seed and month gives a set of
entries; the workbooks are filled through their manifest, consolidated by the program,
and its JSON is compared with what `calcolo` gives for the same entries.
Two runs of one seed and month are the same campaign.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from fractions import Fraction as F
from pathlib import Path

import ricalcolo
from calcolo import NA, calcola, fine_mese
from cartelle import Modello, per_ufficio
from piano import ANNO, INDICATORI, PARTE_DI, UFFICI, DI_CHI, PER_CODICE

MODI = ["intera", "buchi", "soglie", "na", "assenti", "disaccordo", "tardivi", "oltre",
        "na_tutti", "misto"]

# Monthly voci that are typed, left blank or n.a. together.
GRUPPI = [
    ("S04.prove_stesso_giorno", "S04.prove"),
    ("S04.comunicazioni_24h", "S04.comunicazioni_dovute"),
    ("S05.giorni_risposta", "S05.richieste", "S05.richieste_entro_1_gl"),
    ("S08.audit_esterni_superati", "S08.audit_esterni"),
    ("S09.giorni_pagamento", "S09.fatture_pagate"),
    ("S10.giorni_ricerca", "S10.ricerche"),
    ("S11.verbali_istruiti", "S11.verbali_ricevuti"),
    ("S11.giorni_lavorazione", "S11.istanze_evase"),
    ("S12.modelli_rieditati", "S12.modelli_da_rieditare"),
    ("S13.rilevazioni_in_tempo", "S13.rilevazioni_totali"),
]
DI_GRUPPO = {k: g for g in GRUPPI for k in g}


def gruppo(chiave):
    return DI_GRUPPO.get(chiave, (chiave,))


class Campagna:
    """The entries of one seed and month."""

    def __init__(self, seme, mese):
        self.rng = random.Random("%d/%d" % (seme, mese))
        self.seme, self.mese = seme, mese
        self.modo = MODI[(seme - 1) % len(MODI)]
        self.fino = mese  # last month filled
        if self.modo == "oltre":
            self.fino = min(12, mese + self.rng.randint(1, 3))
        elif self.modo == "tardivi":
            self.fino = max(mese, min(12, mese + 2))
        elif self.modo == "misto" and self.rng.random() < 0.5:
            self.fino = min(12, mese + 1)
        self.esatta = self.modo == "soglie" or (self.modo == "misto" and self.fino == mese)
        self.voci, self.inviati = {}, set(UFFICI)
        self._intera()
        if self.modo in ("buchi", "misto"):
            self._buchi()
        if self.modo in ("na", "misto"):
            self._na(quanti=8)
        if self.modo == "na_tutti":
            self._na_tutti()
        if self.modo == "assenti" or (self.modo == "misto" and self.rng.random() < 0.5):
            self.inviati -= set(self.rng.sample(UFFICI, self.rng.randint(1, 5)))
        if self.modo == "disaccordo":
            self._disaccordo()
        self._note_e_firma()
        self.voci = {c: v for c, v in self.voci.items() if v is not None and c[0] in self.inviati}

    # ------------------------------------------------------------ building blocks

    def metti(self, ufficio, chiave, mese, valore):
        self.voci[(ufficio, chiave, mese)] = valore

    def spezza(self, totale, parti):
        """Random non-negative integers that add up to the total."""
        if parti == 0:
            return []
        tagli = sorted(self.rng.randint(0, totale) for _ in range(parti - 1))
        return [b - a for a, b in zip([0] + tagli, tagli + [totale])]

    def caselle(self, uffici, fine=None):
        return [(u, m) for u in uffici for m in range(1, (fine or self.fino) + 1)]

    def flusso(self, chiave, totale, scala=1):
        """Spreads a total over the offices and months of a voce."""
        ind, voce = DI_CHI[chiave]
        caselle = self.caselle(ind.uffici, min(self.fino, voce.fino_a))
        for (u, m), n in zip(caselle, self.spezza(int(totale * scala), len(caselle))):
            self.metti(u, chiave, m, F(n, scala))

    def condivisa(self, chiave, valore):
        for u in DI_CHI[chiave][0].uffici:
            self.metti(u, chiave, None, valore)

    def quanto(self, obiettivo, taglio=12):
        """A total for an accumulating count: around, or exactly on, target or pace."""
        m = min(self.mese, taglio)
        passo = F(obiettivo) * m / taglio
        su = -(-passo.numerator // passo.denominator)
        if self.esatta:
            return max(0, self.rng.choice([obiettivo, obiettivo - 1, su, su - 1, su]))
        k = self.rng.choice([0, 0.3, 0.6, 0.8, 0.95, 1, 1.1, 1.6])
        base = obiettivo if self.rng.random() < 0.5 else passo
        return int(float(base) * k)

    def giorno(self, dal=None, al=None):
        dal, al = dal or date(ANNO, 1, 1), al or fine_mese(self.fino)
        return dal + timedelta(self.rng.randint(0, max(0, (al - dal).days)))

    # ------------------------------------------------------------ a whole year

    def _intera(self):
        r = self.rng
        for k, t in (("S01.aziende_coinvolte", 300), ("S02.stage", 10), ("S03.supermercati", 10),
                     ("S03.prodotti", 20), ("S07.riunioni", 6), ("S07.schede_crm", 10),
                     ("S07.nuove_aziende", 100)):
            self.flusso(k, self.quanto(t))
        tot = self.quanto(250)
        a = r.randint(0, tot)
        self.flusso("S01.aziende_informate", a)
        self.flusso("S01.aziende_formate", tot - a)
        # 1.2: hours against the hours of 2018
        ore = r.choice([480, 412, 360]) if self.esatta else r.randint(100, 900)
        self.condivisa("S01.ore_sportello_2018", F(ore))
        meta = F(ore * self.mese, 12)
        if self.esatta:
            tot = r.choice([F(ore), ore - F(1, 10), meta, meta - F(1, 10)])
        else:
            tot = meta * r.choice([0, F(1, 2), F(9, 10), F(11, 10), 2])
        self.flusso("S01.ore_sportello", F(round(tot * 10), 10), scala=10)
        mantenute = r.randint(0, 45) if not self.esatta else r.randint(0, 20)
        self.condivisa("S02.convenzioni_mantenute", F(mantenute))
        self.flusso("S02.convenzioni_attivate", max(0, self.quanto(40) - mantenute))
        # shares of a fixed whole
        self._quota("S03.orafi_ispezionati", "S03.orafi_iscritti", F(20, 100), [60, 300, 120])
        self._quota("S06.mediatori_verificati", "S06.mediatori_da_verificare", F(40, 100),
                    [30, 600, 90])
        self._quota("S06.procedimenti_avviati", None, F(40, 100), [2735])
        self._quota("S06.accertamenti", None, F(10, 100), [468])
        self._audit()
        # shares of flows that must be whole
        for parte, intero in (("S04.prove_stesso_giorno", "S04.prove"),
                              ("S04.comunicazioni_24h", "S04.comunicazioni_dovute"),
                              ("S08.audit_esterni_superati", "S08.audit_esterni")):
            ind = DI_CHI[parte][0]
            vuoto = r.random() < 0.25
            buono = r.random() < 0.5
            for u, m in self.caselle(ind.uffici):
                n = 0 if vuoto else r.choice([0, 0, 1, 5, 12, 30])
                self.metti(u, intero, m, F(n))
                self.metti(u, parte, m, F(n if buono else r.randint(0, n)))
        # means
        self._media("S05.giorni_risposta", "S05.richieste", F(1))
        self._media("S09.giorni_pagamento", "S09.fatture_pagate", F(1627, 100))
        self._media("S10.giorni_ricerca", "S10.ricerche", F(2))
        self._media("S11.giorni_lavorazione", "S11.istanze_evase", F(836, 100))
        for m in range(1, self.fino + 1):
            n = int(self.voci[("certificazioni_estero", "S05.richieste", m)])
            self.metti("certificazioni_estero", "S05.richieste_entro_1_gl", m, F(r.randint(0, n)))
        self._livelli()
        tot = r.choice([F(4), F(399, 100), F(4 * self.mese, 12)]) if self.esatta else \
            F(r.randint(0, 1200), 100)
        self.flusso("S11.ore_formazione", F(int(tot * 100), 100), scala=100)
        self._verbali()
        self._kronos()
        self._si_no_e_date()
        self._registri()

    def _quota(self, parte, intero, soglia, interi):
        r = self.rng
        n = r.choice(interi)
        if intero and not self.esatta:
            n = 0 if r.random() < 0.06 else r.randint(5, 400)
        meta = soglia * n
        su = -(-meta.numerator // meta.denominator)
        if self.esatta:
            passo = meta * self.mese / 12
            ps = -(-passo.numerator // passo.denominator)
            tot = r.choice([su, su - 1, ps, ps - 1])
        else:
            tot = int(n * r.choice([0, F(1, 10), soglia, soglia * self.mese / 12, F(1, 2), 1]))
        if intero:
            self.condivisa(intero, F(n))
        self.flusso(parte, min(n, max(0, tot)))

    def _audit(self):
        r = self.rng
        n = 45 if self.esatta else r.randint(3, 40)
        self.condivisa("S08.audit_programmati", F(n))
        m = min(self.mese, 9)
        if self.esatta:
            tot = r.choice([36, 35, 4 * m, 4 * m - 1])
        else:
            tot = int(n * r.choice([0, F(1, 2), F(7, 10), F(8, 10), 1]))
        tardi = 0
        if self.modo == "tardivi" and self.fino >= 10:
            tardi = r.randint(1, 3)
            tot = max(0, min(tot, n - tardi))
        self.flusso("S08.audit_interni", tot)
        for mese, k in zip(range(10, self.fino + 1), self.spezza(tardi, self.fino - 9)):
            if tardi:
                self.metti("qualita", "S08.audit_interni", mese, F(k))

    def _media(self, num, den, limite):
        """Days over cases: on the limit, a hundredth above or below it, or anywhere."""
        r = self.rng
        caselle = self.caselle(DI_CHI[num][0].uffici)
        if self.esatta:
            casi = limite.denominator * r.randint(1, 5)
            giorni = limite * casi + r.choice([0, 0, F(1, 100), F(-1, 100)])
        else:
            casi = 0 if r.random() < 0.08 else r.randint(1, 30 * len(caselle))
            giorni = F(int(casi * limite * r.choice([F(1, 2), F(9, 10), 1, F(11, 10), 2])))
        quanti = self.spezza(casi, len(caselle))
        piene = [c for c, n in zip(caselle, quanti) if n]
        parti = dict(zip(piene, self.spezza(int(giorni * 100), len(piene))))
        for c, n in zip(caselle, quanti):
            self.metti(c[0], den, c[1], F(n))
            self.metti(c[0], num, c[1], F(parti.get(c, 0), 100))

    def _crescente(self, ultimo):
        """A level for each month, never falling, that ends at `ultimo` in the reporting month."""
        prima = sorted(self.rng.randint(0, ultimo) for _ in range(self.mese - 1)) + [ultimo]
        return prima + [ultimo] * (self.fino - self.mese)

    def _serie(self, chiave, valori):
        for m, v in enumerate(valori, 1):
            self.metti(DI_CHI[chiave][0].uffici[0], chiave, m, F(v))

    def _livelli(self):
        r, m = self.rng, self.mese
        # 5.1
        base = 16 if self.esatta else r.choice([10, 10, 4, 22, 45])
        ultimo = r.choice([16 + 2 * m, 15 + 2 * m, 40, 39, 46, 45]) if self.esatta else \
            r.randint(0, 60)
        self.condivisa("S05.aziende_aderenti_2018", F(base))
        self._serie("S05.aziende_aderenti", self._crescente(ultimo))
        # 10.1, 13.2: stock over a fixed whole
        for parte, intero, soglia in (
                ("S10.fascicoli_inventariati", "S10.fascicoli_totali", F(90, 100)),
                ("S13.prodotti_associati", "S13.prodotti_totali", F(30, 100))):
            n = 40 if self.esatta else r.randint(1, 500)
            passo = int(soglia * n * m / 12)
            meta = -(-(soglia * n).numerator // (soglia * n).denominator)
            ultimo = r.choice([passo, passo - 1, meta, meta - 1]) if self.esatta else r.randint(0, n)
            self.condivisa(intero, F(n))
            self._serie(parte, self._crescente(max(0, ultimo)))
        # 12.1: stock over stock, from a base
        n = 80 if self.esatta else r.randint(20, 300)
        ultimo = r.choice([12 + m, 11 + m, 24, 23]) if self.esatta else r.randint(0, n)
        self.condivisa("S12.quota_2018", F(15 if self.esatta else r.randint(0, 25), 100))
        serie = self._crescente(ultimo)
        self._serie("S12.modelli_rieditati", serie)
        mossi = [n] * len(serie)
        if not self.esatta:
            mossi = [n + r.randint(0, 3) for _ in serie]
        self._serie("S12.modelli_da_rieditare", mossi)

    def _verbali(self):
        """11.2: treated over received plus pending; within the received ones month by month."""
        r = self.rng
        caselle = self.caselle(DI_CHI["S11.verbali_istruiti"][0].uffici)
        if self.esatta:
            totale, istruiti = r.choice([(5000, 2341), (5000, 2342), (60000, 2341 * self.mese),
                                         (60000, 2341 * self.mese - 1)])
            pendenti = totale // 5
            ricevuti = self.spezza(totale - pendenti, len(caselle))
        else:
            pendenti = r.choice([0, 40, 318])
            ricevuti = [r.choice([0, r.randint(0, 60)]) for _ in caselle]
            istruiti = int(sum(ricevuti) * r.choice([0, F(3, 10), F(6, 10), 1]))
        self.condivisa("S11.verbali_pendenti", F(pendenti))
        fatti = [min(n, istruiti * n // max(1, sum(ricevuti))) for n in ricevuti]
        for i, n in enumerate(ricevuti):
            aggiunti = min(n - fatti[i], istruiti - sum(fatti))
            fatti[i] += aggiunti
        for (u, m), n, f in zip(caselle, ricevuti, fatti):
            self.metti(u, "S11.verbali_ricevuti", m, F(n))
            self.metti(u, "S11.verbali_istruiti", m, F(f))

    def _kronos(self):
        r = self.rng
        quota = F(85 if self.esatta else r.randint(60, 100), 100)
        self.condivisa("S13.quota_2018", quota)
        caselle = self.caselle(DI_CHI["S13.rilevazioni_totali"][0].uffici)
        totali = [20 * r.randint(0, 2) if self.esatta else r.randint(0, 40) for _ in caselle]
        manca = r.choice([0, 0, 1]) if self.esatta else 0
        for (u, m), n in zip(caselle, totali):
            n = F(n)
            bene = n * quota if self.esatta else F(int(n * r.uniform(0.6, 1.0)))
            if manca and bene:
                bene, manca = bene - 1, 0
            self.metti(u, "S13.rilevazioni_totali", m, n)
            self.metti(u, "S13.rilevazioni_in_tempo", m, bene)

    def _si_no_e_date(self):
        r = self.rng
        quanti = r.choice([9, 10, 14, 26]) if self.esatta else r.randint(0, 26)
        si = set(r.sample(UFFICI, quanti))
        for u in UFFICI:
            self.metti(u, "S07.coinvolto", None,
                       True if u in si else (None if r.random() < 0.3 else False))
        for k in ("S13.inserimento_pdp", "S13.monitoraggio_giugno"):
            vuota = r.random() < 0.15
            self.metti("programmazione", k, None, None if vuota else r.random() < 0.7)
        ultimo = fine_mese(self.fino)
        for codice in ("4.1", "8.3", "8.4", "9.1"):
            ind = PER_CODICE[codice]
            modo = r.choice(["tutte", "tutte", "qualcuna", "nessuna"])
            for u in ind.uffici:
                d = self.giorno()
                if codice != "9.1" and r.random() < 0.6:
                    d = ind.soglia + timedelta(r.choice([0, 0, 1, -1, -30]))
                if modo == "nessuna" or (modo == "qualcuna" and r.random() < 0.5) or d > ultimo:
                    d = None
                self.metti(u, ind.chiave(ind.voci[0].nome), None, d)

    def riga(self, ufficio, chiave, n, **colonne):
        for c, v in colonne.items():
            if v is not None:
                self.voci[(ufficio, chiave, None, n, c)] = v

    def _registri(self):
        r, ultimo = self.rng, fine_mese(self.fino)
        for k in ("S01.bandi", "S02.bandi"):
            for n in range(1, r.choice([0, 1, 2, 3]) + 1):
                durata = r.choice([90, 91, 89]) if self.esatta else r.choice([5, 30, 60, 90, 91, 140])
                scadenza = self.giorno()
                if self.esatta and r.random() < 0.6:
                    scadenza = max(date(ANNO, 1, 1), fine_mese(self.mese) - timedelta(durata))
                    durata = 999
                fatta = scadenza + timedelta(durata)
                self.riga("promozione", k, n, titolo="Bando %s numero %d" % (k[:3], n),
                          scadenza=scadenza, approvazione=fatta if fatta <= ultimo else None)
        titoli = {}
        for n in range(r.choice([5, 6, 7]) if self.esatta else r.randint(0, 8)):
            titoli["Campagna %s" % "abcdefghi"[n]] = self.giorno()
        for u in ("urp", "comunicazione"):
            n = 0
            for titolo, giorno in titoli.items():
                if u == "urp" or r.random() < 0.4:
                    n += 1
                    scritto = r.choice([titolo, titolo.upper(), titolo.lower()])
                    self.riga(u, "S07.campagne", n, titolo=scritto, invio=giorno)
        for codice, quanti in (("11.4", [0, 2, 3, 4, 3]), ("11.5", [0, 0, 1])):
            ind = PER_CODICE[codice]
            k = ind.chiave(ind.voci[0].nome)
            giorni = sorted({self.giorno() for _ in range(r.choice(quanti))})
            for u in ind.uffici:
                suoi = [g for g in giorni if u == ind.uffici[0] or r.random() < 0.5]
                for n, g in enumerate(suoi, 1):
                    self.riga(u, k, n, giorno=g, sede="Venezia", motivo="guasto")
        for ind in INDICATORI:
            for v in ind.voci:
                if v.tempo == "registro":
                    for u in ind.uffici:
                        self.metti(u, ind.chiave(v.nome) + ".completo", None, self.fino)

    # ------------------------------------------------------------ disturbances

    def _chiavi_mensili(self, ufficio):
        visti = []
        for ind in INDICATORI:
            if ufficio in ind.uffici:
                for v in ind.voci:
                    k = ind.chiave(v.nome)
                    if v.tempo in ("mensile", "consistenza") and gruppo(k) not in visti:
                        visti.append(gruppo(k))
        return visti

    def _togli_intero(self, ufficio, chiave, con=None):
        """Blanks (or n.a.) a fixed whole together with its part."""
        for parte, intero in PARTE_DI.items():
            if intero == chiave:
                for c in list(self.voci):
                    if c[:2] == (ufficio, parte):
                        self.voci[c] = con
        self.voci[(ufficio, chiave, None)] = con

    def _buchi(self):
        r = self.rng
        for u in UFFICI:
            if r.random() < 0.3:
                continue
            for g in self._chiavi_mensili(u):
                caso = r.random()
                for m in range(1, self.fino + 1):
                    if g == ("S07.schede_crm",) and m == self.fino:
                        continue  # the file reports its last month
                    if caso < 0.1 or r.random() < 0.15:
                        for k in g:
                            self.voci[(u, k, m)] = None
            for ind in INDICATORI:
                if u not in ind.uffici:
                    continue
                for v in ind.voci:
                    k = ind.chiave(v.nome)
                    if v.tempo == "annuale" and r.random() < 0.2:
                        self._togli_intero(u, k)
                    if v.tempo == "registro":
                        c = (u, k + ".completo", None)
                        self.voci[c] = r.choice([None, max(1, self.mese - 2), self.fino, self.fino])
                        if r.random() < 0.3:
                            for d in [d for d in self.voci if d[:2] == (u, k)]:
                                del self.voci[d]
        for m in range(1, self.fino + 1):  # informative voce alone
            if r.random() < 0.3:
                self.voci[("certificazioni_estero", "S05.richieste_entro_1_gl", m)] = None

    def _na_di(self, ufficio, chiave, mesi):
        """n.a. on a voce (with those that go with it) in some months."""
        voce = DI_CHI[chiave][1]
        if voce.tempo in ("costante", "registro"):
            return
        if voce.tempo == "annuale":
            return self._togli_intero(ufficio, chiave, NA)
        intero = PARTE_DI.get(chiave)
        for k in gruppo(chiave):
            for m in mesi:
                if k == "S07.schede_crm" and m == self.fino:
                    continue
                if m <= DI_CHI[k][1].fino_a:
                    self.voci[(ufficio, k, m)] = NA
        if intero and DI_CHI[intero][1].tempo == "annuale" and len(mesi) == self.fino:
            self.voci[(ufficio, intero, None)] = NA

    def _na(self, quanti):
        r = self.rng
        chiavi = [k for k, (_, v) in DI_CHI.items() if v.tempo not in ("costante", "registro")]
        for _ in range(quanti):
            k = r.choice(chiavi)
            u = r.choice(DI_CHI[k][0].uffici)
            mesi = list(range(1, self.fino + 1))
            if r.random() < 0.5:
                mesi = r.sample(mesi, r.randint(1, len(mesi)))
            self._na_di(u, k, mesi)

    def _na_tutti(self):
        chiavi = [k for k, (_, v) in DI_CHI.items()
                  if v.tempo not in ("costante", "registro") and k != "S07.schede_crm"]
        for k in self.rng.sample(chiavi, 6):
            for u in DI_CHI[k][0].uffici:
                self._na_di(u, k, list(range(1, self.fino + 1)))

    def _disaccordo(self):
        quali = self.rng.choice([("S11.verbali_pendenti",), ("S13.quota_2018",),
                                 ("S11.verbali_pendenti", "S13.quota_2018")])
        for k in quali:
            u = self.rng.choice(DI_CHI[k][0].uffici)
            self.voci[(u, k, None)] += 7 if k.startswith("S11") else F(-1, 100)
        if self.rng.random() < 0.4:  # a third office that says nothing
            self.voci[("trattamento_economico", "S13.quota_2018", None)] = None

    def _note_e_firma(self):
        for c in [c for c, v in self.voci.items() if v == NA]:
            self.metti(c[0], DI_CHI[c[1]][0].prefisso + ".nota", None,
                       "L'ufficio non svolge questa attività.")
        for u in UFFICI:
            self.metti(u, "firma.nome", self.fino, "Responsabile dell'ufficio")
            self.metti(u, "firma.ruolo", self.fino, "Responsabile di servizio")
            self.metti(u, "firma.data", self.fino, fine_mese(self.fino))

    def esito(self):
        return calcola(self.voci, self.mese, inviati=self.inviati)


# ---------------------------------------------------------------- comparison

class Confronto:
    def __init__(self, dove):
        self.dove, self.passati, self.diversi = dove, 0, []

    def uguale(self, che, atteso, trovato):
        if atteso == trovato and type(atteso) is type(trovato):
            self.passati += 1
        else:
            self.diversi.append("%s %s: atteso %s, trovato %s" % (
                self.dove, che, json.dumps(atteso, ensure_ascii=False),
                json.dumps(trovato, ensure_ascii=False)))


CAMPI = ["valore", "stato", "grado", "provvisorio", "copertura", "scostamento",
         "valore_indicativo", "unita", "operatore", "soglia", "natura"]


def confronta(dove, esito, trovato):
    """Compares an Esito with the JSON of the program; gives a Confronto."""
    c = Confronto(dove)
    atteso = esito.json()
    c.uguale("mese", atteso["mese"], trovato.get("mese"))
    c.uguale("anno_chiuso", atteso["anno_chiuso"], trovato.get("anno_chiuso"))
    suoi = {i["codice"]: i for i in trovato.get("indicatori", [])}
    c.uguale("indicatori", [i["codice"] for i in atteso["indicatori"]], list(suoi))
    for i in atteso["indicatori"]:
        suo = suoi.get(i["codice"])
        if suo is None:
            continue
        prima = len(c.diversi)
        for campo in CAMPI:
            c.uguale("%s %s" % (i["codice"], campo), i[campo], suo.get(campo))
        offerti = {u["ufficio"]: u["valore"] for u in suo.get("per_ufficio", [])}
        voluti = {u["ufficio"]: u["valore"] for u in i["per_ufficio"]}
        for u in sorted(set(offerti) | set(voluti)):
            c.uguale("%s per_ufficio %s" % (i["codice"], u), voluti.get(u), offerti.get(u))
        # the second condition: none where the plan has none, else each of its figures
        voluta, sua = i["seconda_condizione"], suo.get("seconda_condizione")
        c.uguale("%s seconda_condizione" % i["codice"], voluta is not None, sua is not None)
        for campo in voluta or {}:
            c.uguale("%s seconda_condizione %s" % (i["codice"], campo), voluta[campo],
                     (sua or {}).get(campo))
        if len(c.diversi) > prima:
            errori = sorted({"%s %s" % (f["codice"], f.get("ufficio")) for f in
                             trovato.get("rilievi", [])
                             if f.get("indicatore") == i["codice"] and
                             f["gravita"] in ("errore", "bloccante")})
            if errori:
                c.diversi[-1] += "  [rilievi: %s]" % ", ".join(errori[:6])
    schede = {s["numero"]: s for s in trovato.get("schede", [])}
    for s in atteso["schede"]:
        suo = schede.get(s["numero"], {})
        for campo in ("grado", "grado_senza_mancanti", "semaforo"):
            c.uguale("scheda %d %s" % (s["numero"], campo), s[campo], suo.get(campo))
    prospettive = {p["nome"]: p for p in trovato.get("prospettive", [])}
    for p in atteso["prospettive"]:
        suo = prospettive.get(p["nome"], {})
        for campo in ("grado", "grado_senza_mancanti", "semaforo"):
            c.uguale("prospettiva %s %s" % (p["nome"], campo), p[campo], suo.get(campo))
    for campo in ("ente_grado", "ente_grado_senza_mancanti", "ente_semaforo"):
        c.uguale(campo, atteso[campo], trovato.get(campo))
    return c


# ---------------------------------------------------------------- running

_modelli, _scelte = {}, None


def fine_prevista(chi):
    """Addresses that a manifest may lack: months beyond a cut-off."""
    chiave, mese = chi[:2]
    return chiave in DI_CHI and mese is not None and mese > DI_CHI[chiave][1].fino_a


def prova(compito):
    seme, mese = compito
    c = Campagna(seme, mese)
    dove = "[seme %d, mese %d, %s]" % (seme, mese, c.modo)
    cartella = Path(_scelte.dir) / ("s%d-m%02d" % (seme, mese))
    shutil.rmtree(cartella, ignore_errors=True)
    file = cartella / "file"
    file.mkdir(parents=True)
    esito = Confronto(dove)
    divise = per_ufficio(c.voci)
    for u in sorted(c.inviati):
        ignote = _modelli[u].riempi(divise.get(u, {}), file / _modelli[u].percorso.name)
        for chi in ignote:
            if not fine_prevista(chi):
                esito.diversi.append("%s %s: il manifesto non ha %s" % (dove, u, chi))
    uscita = cartella / "esito.json"
    p = subprocess.run(
        [_scelte.schede, "consolida", str(file), "--mese", "%d-%02d" % (ANNO, mese),
         "--json", str(uscita), "-o", str(cartella / "consolidato.xlsx"), "--quieto"],
        capture_output=True, text=True, encoding="utf-8", errors="replace")
    if p.returncode != 0:
        esito.diversi.append("%s uscita %d: %s" % (dove, p.returncode, p.stderr.strip()[:500]))
    else:
        with open(uscita, encoding="utf-8") as f:
            confronto = confronta(dove, c.esito(), json.load(f))
        esito.passati += confronto.passati
        esito.diversi += confronto.diversi
        if _scelte.ricalcola:
            quante, lista = ricalcolo.prova(cartella / "consolidato.xlsx", controprova=False)
            esito.passati += quante - len(lista)
            esito.diversi += ["%s %s" % (dove, voce) for voce in lista]
    if not _scelte.tieni and not esito.diversi:
        shutil.rmtree(cartella, ignore_errors=True)
    return esito.passati, esito.diversi


def intervallo(testo):
    """`1-20`, `3`, `1,6,9` as a list of numbers."""
    numeri = []
    for pezzo in testo.split(","):
        a, _, b = pezzo.partition("-")
        numeri += range(int(a), int(b or a) + 1)
    return numeri


def main():
    global _scelte
    a = argparse.ArgumentParser(description="random campaigns against the program")
    a.add_argument("--schede", required=True, help="the program")
    a.add_argument("--semi", default="1-20", type=intervallo)
    a.add_argument("--mesi", default="1,6,9,12", type=intervallo)
    a.add_argument("--dir", help="work folder (default: a temporary one)")
    a.add_argument("--ricalcola", action="store_true",
                   help="recalculate each consolidated workbook in LibreOffice too")
    a.add_argument("--tieni", action="store_true", help="keep the files of every campaign")
    a.add_argument("--processi", type=int, default=os.cpu_count() or 1)
    _scelte = a.parse_args()
    _scelte.schede = str(Path(_scelte.schede).resolve())
    provvisoria = None
    if not _scelte.dir:
        provvisoria = _scelte.dir = tempfile.mkdtemp(prefix="campagna-")
    modelli = Path(_scelte.dir) / "modelli"
    shutil.rmtree(modelli, ignore_errors=True)
    modelli.mkdir(parents=True)
    subprocess.run([_scelte.schede, "modelli", "-o", str(modelli), "--quieto"], check=True,
                   stdout=subprocess.DEVNULL)
    for percorso in sorted(modelli.glob("*.xlsx")):
        m = Modello(percorso)
        _modelli[m.ufficio] = m
    if set(_modelli) != set(UFFICI):
        print("blank workbooks: %s" % sorted(set(_modelli) ^ set(UFFICI)))
        print("0 passed, 1 failed")
        return 1
    passati = falliti = 0
    compiti = [(s, m) for s in _scelte.semi for m in _scelte.mesi]
    # the loaded workbooks are inherited by the children
    with multiprocessing.get_context("fork").Pool(_scelte.processi) as pool:
        for p, diversi in pool.imap(prova, compiti):
            passati += p
            falliti += len(diversi)
            for d in diversi:
                print(d)
            sys.stdout.flush()
    if provvisoria and not falliti and not _scelte.tieni:
        shutil.rmtree(provvisoria, ignore_errors=True)
    elif falliti:
        print("files kept in %s" % _scelte.dir)
    print("%d passed, %d failed" % (passati, falliti))
    return 1 if falliti else 0


if __name__ == "__main__":
    sys.exit(main())
