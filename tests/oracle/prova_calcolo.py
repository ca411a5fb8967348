"""Hand-calculated expectations for the independent calculation.

    python3 tests/oracle/prova_calcolo.py
"""

import sys
import tempfile
import unittest
from datetime import date
from fractions import Fraction as F
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import openpyxl  # noqa: E402

from attesi import esito as esito_campione  # noqa: E402
from calcolo import NA, calcola, decimale, gradi  # noqa: E402
from campioni import leggi_campione  # noqa: E402
from cartelle import INTESTAZIONE, Modello  # noqa: E402
from piano import INDICATORI, SCHEDE, UFFICI  # noqa: E402


def mesi(ufficio, chiave, *valori):
    """Monthly entries from January; None is a blank."""
    return {(ufficio, chiave, m): v for m, v in enumerate(valori, 1)}


def uno(ufficio, chiave, valore):
    return {(ufficio, chiave, None): valore}


def bandi(*righe, chiave="S01.bandi"):
    voci = {}
    for n, (titolo, scadenza, approvazione) in enumerate(righe, 1):
        for c, v in (("titolo", titolo), ("scadenza", scadenza), ("approvazione", approvazione)):
            voci[("promozione", chiave, None, n, c)] = v
    return voci


def ind(codice, mese, *pezzi, **altro):
    voci = {}
    for p in pezzi:
        voci.update(p)
    return calcola(voci, mese, **altro).per_codice[codice]


class Numeri(unittest.TestCase):
    def test_decimale(self):
        self.assertEqual(decimale(F(48, 468)), "0.10256410256410256410")
        self.assertEqual(decimale(F(1, 3)), "0.33333333333333333333")
        self.assertEqual(decimale(F(2, 3)), "0.66666666666666666667")
        self.assertEqual(decimale(F(-200, 3)), "-66.666666666666666667")
        self.assertEqual(decimale(F(1, 300)), "0.0033333333333333333333")
        self.assertEqual(decimale(F(1627, 100)), "16.27")
        self.assertEqual(decimale(F(1, 2 ** 30)), "0.000000000931322574615478515625")
        self.assertEqual(decimale(F(1200)), "1200")
        self.assertEqual(decimale(F(0)), "0")
        self.assertEqual(decimale(date(2019, 6, 1)), "2019-06-01")

    def test_float_a_quindici_cifre(self):
        r = ind("11.1", 1, mesi("protesti", "S11.ore_formazione", 1.1000000000000001),
                mesi("sanzioni_protesti", "S11.ore_formazione", 0.1 + 0.2))
        self.assertEqual(r.valore, F(14, 10))

    def test_gradi(self):
        self.assertEqual(gradi(">=", F(45), F(90)), 50)
        self.assertEqual(gradi(">=", F(95), F(90)), 100)
        self.assertEqual(gradi("<=", F(180), F(90)), 50)
        self.assertEqual(gradi("=", F(0), F(0)), 100)
        self.assertEqual(gradi("=", F(1), F(0)), 0)
        self.assertEqual(gradi(">", F(1), F(1)), 100)  # a strict target exactly hit
        self.assertEqual(gradi("<", F(1), F(1)), 100)


class Soglie(unittest.TestCase):
    def test_6_2_quarantasei_e_quarantasette(self):
        per = [4] * 11
        r = ind("6.2", 12, mesi("sanzioni_ri", "S06.accertamenti", *per, 2))  # 46
        self.assertEqual((r.stato, decimale(r.grado)), ("parzialmente raggiunto", decimale(F(4600, 468) * 10)))
        self.assertLess(r.grado, 100)
        r = ind("6.2", 12, mesi("sanzioni_ri", "S06.accertamenti", *per, 3))
        self.assertEqual((r.stato, r.grado), ("raggiunto", 100))

    def test_6_1_millenovantaquattro(self):
        for n, stato in ((1093, "in linea"), (1094, "già raggiunto")):
            r = ind("6.1", 9, mesi("ri", "S06.procedimenti_avviati", *[0] * 8, n))
            self.assertEqual(r.stato, stato)
        # pace in June is exactly 547
        for n, stato in ((546, "in ritardo"), (547, "in linea")):
            r = ind("6.1", 6, mesi("ri", "S06.procedimenti_avviati", *[0] * 5, n))
            self.assertEqual(r.stato, stato)

    def test_11_2_stretto(self):
        def r(istruiti, mese):
            return ind("11.2", mese, mesi("protesti", "S11.verbali_istruiti", *[0] * (mese - 1), istruiti),
                       mesi("protesti", "S11.verbali_ricevuti", *[0] * (mese - 1), 4000),
                       uno("protesti", "S11.verbali_pendenti", 1000))
        self.assertEqual((r(2341, 12).stato, r(2341, 12).grado), ("parzialmente raggiunto", 100))
        self.assertEqual(r(2341, 12).scostamento, 0)
        self.assertEqual(r(2342, 12).stato, "raggiunto")
        self.assertEqual(r(2342, 11).stato, "in linea")  # never "già raggiunto"
        self.assertEqual(r(1170, 6).stato, "in ritardo")  # pace 1170,5 of 5000
        self.assertEqual(r(1171, 6).stato, "in linea")

    def test_11_2_pendenti_una_volta(self):
        r = ind("11.2", 2, *[mesi(u, "S11.verbali_istruiti", 5, 5) for u in ("protesti", "sanzioni_protesti")],
                *[mesi(u, "S11.verbali_ricevuti", 10, 10) for u in ("protesti", "sanzioni_protesti")],
                *[uno(u, "S11.verbali_pendenti", 60) for u in ("protesti", "sanzioni_protesti")])
        self.assertEqual(r.valore, F(20, 100))
        self.assertEqual(dict(r.per_ufficio)["protesti"], F(10, 80))
        self.assertEqual((r.attesi, r.presenti, r.provvisorio), (10, 10, False))

    def test_medie(self):
        def r(giorni, codice="9.2", u="patrimonio", n="S09.giorni_pagamento", d="S09.fatture_pagate"):
            return ind(codice, 6, mesi(u, n, giorni), mesi(u, d, 100))
        self.assertEqual(r(1627).stato, "in linea")
        self.assertEqual(r(1627.01).stato, "in ritardo")
        altro = ("11.3", "protesti", "S11.giorni_lavorazione", "S11.istanze_evase")
        self.assertEqual(r(836, *altro).stato, "in ritardo")  # strict
        self.assertEqual(r(835.99, *altro).stato, "in linea")
        self.assertEqual(r(1672, *altro).grado, 50)

    def test_rapporto_di_somme_e_non_media(self):
        r = ind("9.2", 1, mesi("patrimonio", "S09.giorni_pagamento", 10), mesi("patrimonio", "S09.fatture_pagate", 1),
                mesi("risorse_finanziarie", "S09.giorni_pagamento", 90), mesi("risorse_finanziarie", "S09.fatture_pagate", 9))
        self.assertEqual(r.valore, 10)

    def test_passo_esatto_70_su_300(self):
        # 40 % at month 7 is 7/30 = 70/300: a real tie
        for n, stato in ((70, "in linea"), (69, "in ritardo")):
            r = ind("6.3", 7, mesi("albi_ruoli", "S06.mediatori_verificati", n),
                    uno("albi_ruoli", "S06.mediatori_da_verificare", 300))
            self.assertEqual(r.stato, stato)


class Durate(unittest.TestCase):
    def test_novanta_e_novantuno(self):
        pronto = {("promozione", "S01.bandi"): 6}
        r = ind("1.1", 6, bandi(("A", date(2019, 1, 31), date(2019, 5, 1))), completi=pronto)
        self.assertEqual((r.valore, r.stato, r.grado, r.provvisorio), (90, "in linea", 100, False))
        r = ind("1.1", 6, bandi(("A", date(2019, 1, 31), date(2019, 5, 2))), completi=pronto)
        self.assertEqual((r.valore, r.stato), (91, "non più raggiungibile"))
        self.assertEqual(r.grado, F(9000, 91))

    def test_aperto_e_futuro(self):
        r = ind("1.1", 6, bandi(("A", date(2019, 6, 10), None)))
        self.assertEqual((r.valore, r.stato, r.provvisorio), (20, "in linea", True))
        # approved after the month: still open at its end; a call after the month does not count
        r = ind("1.1", 6, bandi(("A", date(2019, 6, 10), date(2019, 7, 20)), ("B", date(2019, 7, 2), None)))
        self.assertEqual(r.valore, 20)

    def test_vuoto(self):
        self.assertEqual(ind("1.1", 6).stato, "dato mancante")
        pronto = {("promozione", "S01.bandi"): 6}
        self.assertEqual(ind("1.1", 6, completi=pronto).stato, "non ancora misurabile")
        pronto = {("promozione", "S01.bandi"): 12}
        self.assertEqual(ind("1.1", 12, completi=pronto).stato, "non calcolabile")

    def test_il_peggiore(self):
        r = ind("2.2", 12, bandi(("A", date(2019, 1, 1), date(2019, 1, 31)), ("B", date(2019, 3, 1), date(2019, 6, 9)),
                                 chiave="S02.bandi"))
        self.assertEqual((r.valore, r.grado, r.stato), (100, 90, "parzialmente raggiunto"))


class Registri(unittest.TestCase):
    def chiusura(self, ufficio, n, giorno, chiave="S11.chiusure_protesti"):
        return {(ufficio, chiave, None, n, "giorno"): giorno, (ufficio, chiave, None, n, "sede"): "Venezia"}

    def test_un_giorno_conta_una_volta(self):
        g = date(2019, 11, 13)
        uff = ("protesti", "ri", "sanzioni_protesti", "proprieta_industriale")
        r = ind("11.4", 12, *[self.chiusura(u, 1, g) for u in uff],
                completi={(u, "S11.chiusure_protesti"): 12 for u in uff})
        self.assertEqual((r.valore, r.stato, r.provvisorio), (1, "raggiunto", False))
        self.assertEqual((r.attesi, r.presenti), (48, 48))

    def test_limite_e_oltre(self):
        giorni = [self.chiusura("ri", n, date(2019, 2, n)) for n in (4, 5, 6, 7)]
        self.assertEqual(ind("11.4", 6, *giorni[:3]).stato, "in linea")
        self.assertEqual(ind("11.4", 6, *giorni).stato, "non più raggiungibile")
        self.assertEqual(ind("11.4", 12, *giorni).grado, 75)
        self.assertEqual(ind("11.4", 12, *giorni).stato, "parzialmente raggiunto")
        self.assertEqual(ind("11.4", 1, *giorni).stato, "dato mancante")  # all after the month

    def test_zero_dichiarato(self):
        r = ind("11.5", 6, completi={("urp", "S11.chiusure_brevetti"): 4})
        self.assertEqual((r.valore, r.grado, r.stato, r.provvisorio), (0, 100, "in linea", True))
        self.assertEqual((r.attesi, r.presenti), (18, 4))
        r = ind("11.5", 12, self.chiusura("urp", 1, date(2019, 5, 6), "S11.chiusure_brevetti"))
        self.assertEqual((r.valore, r.grado, r.stato), (1, 0, "non raggiunto"))

    def test_campagne_unite_per_titolo(self):
        voci = {}
        for u, t in (("urp", "Voucher "), ("comunicazione", "voucher"), ("comunicazione", "Altra")):
            n = len(voci) + 1
            voci[(u, "S07.campagne", None, n, "titolo")] = t
            voci[(u, "S07.campagne", None, n, "invio")] = date(2019, 3, 5)
        r = ind("7.4", 3, voci)
        self.assertEqual((r.valore, r.stato), (2, "in linea"))
        self.assertEqual(dict(r.per_ufficio), {"urp": 1, "comunicazione": 2})


class VuotoNonZero(unittest.TestCase):
    def test_vuoto_e_zero(self):
        r = ind("3.2", 2)
        self.assertEqual((r.valore, r.stato, r.grado), (None, "dato mancante", None))
        r = ind("3.2", 2, mesi("metrico", "S03.supermercati", 0, 0))
        self.assertEqual((r.valore, r.stato, r.grado), (0, "in ritardo", 0))
        self.assertFalse(r.provvisorio)
        r = ind("3.2", 2, mesi("metrico", "S03.supermercati", None, 0))
        self.assertTrue(r.provvisorio)

    def test_una_voce_su_due(self):
        r = ind("1.3", 1, mesi("ri", "S01.aziende_informate", 300))
        self.assertEqual(r.stato, "dato mancante")

    def test_na(self):
        r = ind("3.2", 2, mesi("metrico", "S03.supermercati", NA, 5))
        self.assertEqual((r.valore, r.attesi, r.presenti, r.provvisorio), (5, 1, 1, False))
        r = ind("3.2", 2, mesi("metrico", "S03.supermercati", NA, NA))
        self.assertEqual((r.stato, r.attesi), ("dato mancante", 0))
        r = ind("4.1", 6, uno("ambiente", "S04.adozione_delibera", NA), uno("albo_gestori", "S04.adozione_delibera", NA))
        self.assertEqual(r.stato, "dato mancante")
        r = ind("4.1", 6, uno("ambiente", "S04.adozione_delibera", NA),
                uno("albo_gestori", "S04.adozione_delibera", date(2019, 5, 2)))
        self.assertEqual((r.valore, r.stato), (date(2019, 5, 2), "già raggiunto"))

    def test_mesi_dopo(self):
        r = ind("3.2", 2, mesi("metrico", "S03.supermercati", 1, 1, 50))
        self.assertEqual(r.valore, 2)

    def test_denominatore_zero(self):
        pezzi = [mesi("qualita", "S08.audit_esterni", *[0] * 12), mesi("qualita", "S08.audit_esterni_superati", *[0] * 12)]
        self.assertEqual(ind("8.2", 6, *pezzi).stato, "non ancora misurabile")
        self.assertEqual(ind("8.2", 12, *pezzi).stato, "non calcolabile")

    def test_file_assente(self):
        voci = {("urp", "S07.nuove_aziende", 1): 9, ("comunicazione", "S07.nuove_aziende", 1): 4}
        r = calcola(voci, 1, inviati={"urp"}).per_codice["7.5"]
        self.assertEqual((r.valore, r.provvisorio, r.attesi, r.presenti), (9, True, 2, 1))
        self.assertEqual(dict(r.per_ufficio), {"urp": 9, "comunicazione": None})


class Scadenze(unittest.TestCase):
    def r(self, mese, *date_):
        pezzi = [uno(u, "S04.adozione_delibera", d) for u, d in zip(("ambiente", "albo_gestori"), date_)]
        return ind("4.1", mese, *pezzi)

    def test_aperta(self):
        r = self.r(5, date(2019, 5, 2), None)
        self.assertEqual((r.valore, r.grado, r.stato, r.scostamento), (None, None, "in linea", None))
        self.assertEqual((r.attesi, r.presenti, r.provvisorio), (0, 0, False))

    def test_compiuta(self):
        r = self.r(6, date(2019, 6, 1), date(2019, 5, 31))
        self.assertEqual((r.valore, r.grado, r.stato, r.scostamento), (date(2019, 6, 1), 100, "già raggiunto", 0))
        r = self.r(6, date(2019, 6, 2), date(2019, 5, 31))
        self.assertEqual((r.grado, r.stato, r.scostamento), (0, "non più raggiungibile", 1))
        self.assertEqual(self.r(12, date(2019, 6, 2), date(2019, 5, 31)).stato, "non raggiunto")

    def test_passata(self):
        r = self.r(6, date(2019, 5, 2), None)
        self.assertEqual((r.valore, r.grado, r.stato), (None, 0, "non più raggiungibile"))
        self.assertEqual(self.r(12, None, None).stato, "non raggiunto")

    def test_il_mese_finisce_nel_giorno_della_scadenza(self):
        self.assertEqual(ind("8.4", 11).stato, "in linea")
        self.assertEqual(ind("8.4", 12).stato, "non raggiunto")

    def test_data_dopo_il_mese(self):
        self.assertEqual(self.r(4, date(2019, 4, 2), date(2019, 5, 3)).stato, "in linea")

    def test_conta(self):
        pezzi = [uno(u, "S09.attivazione", d) for u, d in (
            ("ambiente", date(2019, 10, 7)), ("ri", date(2019, 10, 31)), ("informatico", date(2019, 11, 1)))]
        r = ind("9.1", 10, *pezzi)
        self.assertEqual((r.valore, r.stato), (2, "in ritardo"))
        self.assertEqual(dict(r.per_ufficio)["archivio_protocollo"], 0)


class SiNo(unittest.TestCase):
    def test_7_1(self):
        dieci = [uno(u, "S07.coinvolto", "Sì") for u in UFFICI[:10]]
        r = ind("7.1", 6, *dieci)
        self.assertEqual((r.valore, r.stato, r.attesi, r.provvisorio), (10, "già raggiunto", 0, False))
        r = ind("7.1", 12, *dieci[:9])
        self.assertEqual((r.valore, r.stato, r.attesi, r.presenti), (9, "parzialmente raggiunto", 26, 9))

    def test_13_3(self):
        pdp = uno("programmazione", "S13.inserimento_pdp", True)
        r = ind("13.3", 6, pdp)
        self.assertEqual((r.valore, r.stato, r.grado), (F(1, 2), "in linea", 50))
        self.assertEqual(ind("13.3", 7, pdp).stato, "in ritardo")
        self.assertEqual(ind("13.3", 12, pdp).stato, "dato mancante")
        r = ind("13.3", 12, pdp, uno("programmazione", "S13.monitoraggio_giugno", False))
        self.assertEqual((r.grado, r.stato), (50, "non raggiunto"))


class Livelli(unittest.TestCase):
    def test_5_1(self):
        base = uno("certificazioni_estero", "S05.aziende_aderenti_2018", 10)

        def r(n, mese=6, con=base):
            return ind("5.1", mese, con, mesi("certificazioni_estero", "S05.aziende_aderenti", *[n] * mese))
        self.assertEqual(r(25).stato, "in linea")  # 10 + 30·6/12
        self.assertEqual(r(24).stato, "in ritardo")
        self.assertEqual(r(24, con={}).stato, "in linea")  # no baseline: pace 20
        self.assertEqual(r(60).stato, "in linea")  # a level is never already reached
        self.assertEqual(r(40, 12).stato, "raggiunto")
        self.assertTrue(r(40, 12).seconda_condizione["soddisfatta"])
        r = r(40, 12, uno("certificazioni_estero", "S05.aziende_aderenti_2018", 12))
        self.assertEqual((r.stato, r.seconda_condizione["soddisfatta"]), ("raggiunto", False))

    def test_5_2_quota(self):
        ufficio = "certificazioni_estero"

        def r(giorni, richieste, entro, mese=2, **altro):
            return ind("5.2", mese, mesi(ufficio, "S05.giorni_risposta", *giorni),
                       mesi(ufficio, "S05.richieste", *richieste),
                       mesi(ufficio, "S05.richieste_entro_1_gl", *entro), **altro)

        def q(*dati, **altro):
            s = r(*dati, **altro).seconda_condizione
            return s["valore"], s["soddisfatta"], s["discorde"]
        # 30 days of 40 + 40 requests, 38 + 38 of them within the day
        self.assertEqual(q([30, 30], [40, 40], [38, 38]), ("0.95", False, True))
        self.assertEqual(r([30, 30], [40, 40], [38, 38]).stato, "in linea")
        self.assertEqual(q([30, 30], [40, 40], [40, 40]), ("1", True, False))
        self.assertEqual(q([50, 50], [40, 40], [30, 30]), ("0.75", False, False))
        # blank is not zero: what was reported of what was reported
        self.assertEqual(q([30, 30], [40, 40], [None, None]), (None, None, False))
        self.assertEqual(q([30, 30], [40, 40], [40, None]), ("0.5", False, True))
        self.assertEqual(q([0, 0], [0, 0], [0, 0]), (None, None, False))
        # kept out of the share; the mean stays where only the part is
        fuori = [(ufficio, "S05.richieste_entro_1_gl", 1)]
        self.assertEqual(q([30, 30], [40, 40], [50, 38], esclusi=fuori), (None, None, False))

    def test_mese_precedente(self):
        r = ind("5.1", 6, mesi("certificazioni_estero", "S05.aziende_aderenti", 10, 20, 30, None, None, None),
                uno("certificazioni_estero", "S05.aziende_aderenti_2018", 10))
        self.assertEqual((r.valore, r.provvisorio, r.attesi, r.presenti), (30, True, 7, 4))

    def test_12_1_stesso_mese(self):
        r = ind("12.1", 3, mesi("informatico", "S12.modelli_rieditati", 10, 20, 30),
                mesi("informatico", "S12.modelli_da_rieditare", 100, 80, None))
        self.assertEqual((r.valore, r.provvisorio), (F(20, 80), True))

    def test_13_1_target_mancante(self):
        pezzi = [mesi("programmazione", "S13.rilevazioni_in_tempo", 17), mesi("programmazione", "S13.rilevazioni_totali", 20)]
        r = ind("13.1", 1, *pezzi)
        self.assertEqual((r.valore, r.grado, r.stato, r.soglia), (F(17, 20), None, "target mancante", None))
        r = ind("13.1", 1, *pezzi, uno("trattamento_economico", "S13.quota_2018", F(85, 100)))
        self.assertEqual((r.stato, r.grado, r.provvisorio), ("in linea", 100, True))

    def test_condivisa_discorde(self):
        pezzi = [mesi("programmazione", "S13.rilevazioni_in_tempo", 17), mesi("programmazione", "S13.rilevazioni_totali", 20),
                 uno("trattamento_economico", "S13.quota_2018", 0.85), uno("programmazione", "S13.quota_2018", 0.86)]
        r = ind("13.1", 1, *pezzi)
        self.assertEqual((r.valore, r.grado, r.stato, r.valore_indicativo),
                         (None, None, "non verificabile", F(17, 20)))


class Taglio(unittest.TestCase):
    def r(self, mese, *audit):
        return ind("8.1", mese, mesi("qualita", "S08.audit_interni", *audit), uno("qualita", "S08.audit_programmati", 15))

    def test_dopo_settembre_non_conta(self):
        r = self.r(12, *[1] * 12)
        self.assertEqual((r.valore, r.stato, r.attesi, r.presenti), (F(9, 15), "parzialmente raggiunto", 10, 10))
        self.assertEqual(r.grado, 75)

    def test_passo_e_fine(self):
        self.assertEqual(self.r(6, 0, 0, 0, 0, 0, 8).stato, "in linea")  # 8/15 = 80 %·6/9
        self.assertEqual(self.r(6, 0, 0, 0, 0, 0, 7).stato, "in ritardo")
        self.assertEqual(self.r(9, *[0] * 8, 11).stato, "non più raggiungibile")
        self.assertEqual(self.r(9, *[0] * 8, 12).stato, "già raggiunto")


class Totali(unittest.TestCase):
    def test_scheda(self):
        voci = {**mesi("metrico", "S03.supermercati", *[0] * 5, 5), **mesi("metrico", "S03.prodotti", *[0] * 5, 20)}
        e = calcola(voci, 6)
        self.assertEqual(e.schede[2], (3, F(75), F(75), "verde"))  # 50 and 100; 3.1 left out
        voci = {**mesi("metrico", "S03.supermercati", *[0] * 11, 5), **mesi("metrico", "S03.prodotti", *[0] * 11, 20)}
        e = calcola(voci, 12)
        self.assertEqual(e.schede[2], (3, F(50), F(75), "rosso"))

    def test_colore_peggiore(self):
        voci = {**mesi("metrico", "S03.supermercati", *[0] * 5, 4), **mesi("metrico", "S03.prodotti", *[0] * 5, 20)}
        self.assertEqual(calcola(voci, 6).schede[2][3], "giallo")
        self.assertEqual(calcola({}, 6).schede[2][3], "grigio")
        self.assertEqual(calcola({}, 6).schede[3][3], "rosso")  # the deadline of 4.1 is gone
        self.assertEqual(calcola({}, 12).schede[2], (3, F(0), None, "rosso"))

    def test_ente_media_delle_schede(self):
        voci = {**mesi("metrico", "S03.supermercati", 10), **uno("certificazioni_estero", "S05.aziende_aderenti_2018", 10),
                **mesi("certificazioni_estero", "S05.aziende_aderenti", 20)}
        e = calcola(voci, 1)
        gradi_ = {n: g for n, g, _, _ in e.schede if g is not None}
        # 7 and 9 have offices counted zero, 13 half-finished steps not begun: degree 0
        self.assertEqual(gradi_, {3: 100, 5: 50, 7: 0, 9: 0, 13: 0})
        self.assertEqual(e.ente, 30)
        self.assertEqual(e.prospettive[0][1], 100)
        self.assertEqual(e.prospettive[1][1], F(50, 4))

    def test_piano(self):
        self.assertEqual(len(INDICATORI), 40)
        self.assertEqual({i.scheda for i in INDICATORI}, set(SCHEDE))


class Campioni(unittest.TestCase):
    def test_giugno(self):
        c = leggi_campione(6)
        self.assertEqual(len(c.inviati), 25)
        e = esito_campione(6)
        fuori = [r.codice for r in e.indicatori if r.stato == "non verificabile"]
        self.assertEqual(fuori, ["1.4", "4.2", "9.2", "11.2"])
        self.assertEqual(e.per_codice["10.1"].stato, "dato mancante")
        self.assertEqual(e.per_codice["1.3"].valore, 169)  # 178 without the April of pid

    def test_dicembre(self):
        e = esito_campione(12)
        fuori = [r.codice for r in e.indicatori if r.stato == "non verificabile"]
        self.assertEqual(fuori, ["3.2", "7.5"])
        self.assertEqual(e.per_codice["6.2"].valore, F(47, 468))


class Cartelle(unittest.TestCase):
    def test_riempie_e_ripulisce(self):
        with tempfile.TemporaryDirectory() as d:
            vuota, piena = Path(d) / "a.xlsx", Path(d) / "b.xlsx"
            libro = openpyxl.Workbook()
            libro.active.title = "Scheda 3"
            m = libro.create_sheet("_manifest")
            for riga in (("formato", "1"), ("ufficio", "metrico"), INTESTAZIONE,
                         ("S03.prodotti", 2, None, None, "conteggio", "Scheda 3", "E7"),
                         ("S01.bandi", None, 1, "scadenza", "data", "Scheda 3", "B9")):
                m.append(riga)
            libro.save(vuota)
            modello = Modello(vuota)
            ignote = modello.riempi({("S03.prodotti", 2, None, None): F(5, 2), ("S99.x", 1, None, None): 1,
                                     ("S01.bandi", None, 1, "scadenza"): date(2019, 3, 4)}, piena)
            self.assertEqual(ignote, [("S99.x", 1, None, None)])
            foglio = openpyxl.load_workbook(piena)["Scheda 3"]
            self.assertEqual((foglio["E7"].value, foglio["B9"].value.date()), (2.5, date(2019, 3, 4)))
            self.assertIsNone(modello.libro["Scheda 3"]["E7"].value)
            self.assertEqual(modello.ufficio, "metrico")


if __name__ == "__main__":
    unittest.main()
