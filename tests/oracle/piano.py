"""The 2019 plan, typed by hand as plain Python data.

This file belongs to the independent calculation: it shares nothing with the
program and must never be generated from it.
Every formula is a Python function over exact values: `v` gives the total of
each voce by its short name (Fraction, int, date or list of register rows).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction as F
from typing import Callable, Optional

ANNO = 2019
IMPRESE = "Imprese, cittadini ed istituzioni"
PROCESSI = "Processi interni e qualità"
PROSPETTIVE = [IMPRESE, PROCESSI]
SCHEDE = {n: (IMPRESE if n <= 3 else PROCESSI) for n in range(1, 14)}

UFFICI = [
    "promozione", "ri", "pid", "programmazione", "trasparenza", "patrimonio",
    "contabilita", "comunicazione", "sanzioni_protesti", "asl", "metrico",
    "ambiente", "albo_gestori", "unico_ambiente", "certificazioni_estero",
    "sanzioni_ri", "albi_ruoli", "urp", "qualita", "informatico",
    "diritto_annuo", "archivio_protocollo", "risorse_finanziarie", "protesti",
    "proprieta_industriale", "trattamento_economico",
]

VERDE = F(90)  # green at or above, closed year
GIALLO = F(70)  # yellow at or above; also the floor of "parzialmente raggiunto"


@dataclass(frozen=True)
class Voce:
    nome: str
    tipo: str  # conteggio ore giorni giorni_lavorativi data si_no percentuale registro
    tempo: str  # mensile consistenza annuale costante registro
    uffici: str  # somma condivisa ultima conta unione; "" for a constant
    valore: Optional[F] = None  # constants only
    fino_a: int = 12  # cut-off month
    colonne: tuple = ()  # registers: (column, type) pairs
    conta_da: str = ""  # registers: the date column that makes a row count
    chiave_riga: str = ""  # registers: the key column
    in_formula: bool = True  # False: informative voce or baseline


@dataclass(frozen=True)
class Indicatore:
    codice: str
    operatore: str
    soglia: object  # Fraction, date, or None when the target is a baseline
    unita: str
    natura: str
    formula: Callable
    uffici: tuple
    voci: tuple
    base: str = ""  # voce holding the 2018 baseline (pace of a level)
    soglia_da: str = ""  # voce holding the target (13.1)
    seconda: Optional[F] = None  # "+30 rispetto al 2018": value - base >= seconda
    quota: tuple = ()  # beside a mean: (part, whole, share wanted), part / whole >= share
    vuoto_nullo: bool = False  # an empty register measures nothing (massimo)

    @property
    def scheda(self):
        return int(self.codice.split(".")[0])

    def chiave(self, nome):
        return "S%02d.%s" % (self.scheda, nome)

    @property
    def prefisso(self):
        """Prefix of the note and evidence cells, for example S01.1."""
        scheda, n = self.codice.split(".")
        return "S%02d.%s" % (int(scheda), n)

    @property
    def taglio(self):
        return min((v.fino_a for v in self.voci), default=12)

    def voce(self, nome):
        return next(v for v in self.voci if v.nome == nome)


def _flusso(nome, tipo="conteggio", **altro):
    return Voce(nome, tipo, "mensile", "somma", **altro)


def _fisso(nome, tipo="conteggio", **altro):
    return Voce(nome, tipo, "annuale", "condivisa", **altro)


def _livello(nome):
    return Voce(nome, "conteggio", "consistenza", "condivisa")


def _bandi():
    return Voce("bandi", "registro", "registro", "unione",
                colonne=(("titolo", "testo"), ("scadenza", "data"), ("approvazione", "data")),
                conta_da="scadenza", chiave_riga="titolo")


def _chiusure(nome):
    return Voce(nome, "registro", "registro", "unione",
                colonne=(("giorno", "data"), ("sede", "testo"), ("motivo", "testo")),
                conta_da="giorno", chiave_riga="giorno")


def _campagne():
    return Voce("campagne", "registro", "registro", "unione",
                colonne=(("titolo", "testo"), ("invio", "data")),
                conta_da="invio", chiave_riga="titolo")


def _massimo_giorni(v):
    """Worst elapsed days of the calls; `approvazione` is already the month's end for an open call."""
    return max(F((r["approvazione"] - r["scadenza"]).days) for r in v["bandi"])


def _distinti(nome, colonna):
    def conta(v):
        return F(len({chiave_di_riga(r[colonna]) for r in v[nome]}))
    return conta


def chiave_di_riga(valore):
    """Register rows are united by key, trimmed and case-folded."""
    if isinstance(valore, str):
        return valore.strip().casefold()
    return valore


SANZ = ("sanzioni_protesti", "protesti")
SANZ_PI = ("sanzioni_protesti", "protesti", "proprieta_industriale")
TUTTI = tuple(UFFICI)

INDICATORI = [
    Indicatore("1.1", "<=", F(90), "giorni", "durata", _massimo_giorni,
               ("promozione",), (_bandi(),), vuoto_nullo=True),
    Indicatore("1.2", ">=", F(1), "rapporto", "accumulo",
               lambda v: v["ore_sportello"] / v["ore_sportello_2018"], ("ri",),
               (_flusso("ore_sportello", "ore"), _fisso("ore_sportello_2018", "ore"))),
    Indicatore("1.3", ">=", F(250), "numero", "accumulo",
               lambda v: v["aziende_informate"] + v["aziende_formate"], ("ri", "pid"),
               (_flusso("aziende_informate"), _flusso("aziende_formate"))),
    Indicatore("1.4", ">=", F(300), "numero", "accumulo",
               lambda v: v["aziende_coinvolte"], ("promozione", "ri", "pid"),
               (_flusso("aziende_coinvolte"),)),
    Indicatore("2.1", ">=", F(10), "numero", "accumulo", lambda v: v["stage"],
               ("programmazione", "ri", "trasparenza", "patrimonio", "contabilita",
                "comunicazione", "sanzioni_protesti"), (_flusso("stage"),)),
    Indicatore("2.2", "<=", F(90), "giorni", "durata", _massimo_giorni,
               ("promozione",), (_bandi(),), vuoto_nullo=True),
    Indicatore("2.3", ">=", F(40), "numero", "accumulo",
               lambda v: v["convenzioni_mantenute"] + v["convenzioni_attivate"], ("asl",),
               (_fisso("convenzioni_mantenute"), _flusso("convenzioni_attivate"))),
    Indicatore("3.1", ">=", F(20, 100), "rapporto", "accumulo",
               lambda v: v["orafi_ispezionati"] / v["orafi_iscritti"], ("metrico",),
               (_flusso("orafi_ispezionati"), _fisso("orafi_iscritti"))),
    Indicatore("3.2", ">=", F(10), "numero", "accumulo", lambda v: v["supermercati"],
               ("metrico",), (_flusso("supermercati"),)),
    Indicatore("3.3", ">=", F(20), "numero", "accumulo", lambda v: v["prodotti"],
               ("metrico",), (_flusso("prodotti"),)),
    Indicatore("4.1", "entro", date(2019, 6, 1), "data", "scadenza",
               lambda v: v["adozione_delibera"], ("ambiente", "albo_gestori"),
               (Voce("adozione_delibera", "data", "annuale", "ultima"),)),
    Indicatore("4.2", ">=", F(1), "rapporto", "rapporto",
               lambda v: v["prove_stesso_giorno"] / v["prove"], ("unico_ambiente",),
               (_flusso("prove_stesso_giorno"), _flusso("prove"))),
    Indicatore("4.3", ">=", F(1), "rapporto", "rapporto",
               lambda v: v["comunicazioni_24h"] / v["comunicazioni_dovute"],
               ("unico_ambiente",),
               (_flusso("comunicazioni_24h"), _flusso("comunicazioni_dovute"))),
    Indicatore("5.1", ">=", F(40), "numero", "livello", lambda v: v["aziende_aderenti"],
               ("certificazioni_estero",),
               (_livello("aziende_aderenti"), _fisso("aziende_aderenti_2018", in_formula=False)),
               base="aziende_aderenti_2018", seconda=F(30)),
    Indicatore("5.2", "<=", F(1), "giorni_lavorativi", "rapporto",
               lambda v: v["giorni_risposta"] / v["richieste"], ("certificazioni_estero",),
               (_flusso("giorni_risposta", "giorni_lavorativi"), _flusso("richieste"),
                _flusso("richieste_entro_1_gl", in_formula=False)),
               quota=("richieste_entro_1_gl", "richieste", F(1))),
    Indicatore("6.1", ">=", F(40, 100), "rapporto", "accumulo",
               lambda v: v["procedimenti_avviati"] / v["imprese_cessate"], ("ri",),
               (_flusso("procedimenti_avviati"),
                Voce("imprese_cessate", "conteggio", "costante", "", F(2735)))),
    Indicatore("6.2", ">=", F(10, 100), "rapporto", "accumulo",
               lambda v: v["accertamenti"] / v["imprese_contestate"], ("sanzioni_ri",),
               (_flusso("accertamenti"),
                Voce("imprese_contestate", "conteggio", "costante", "", F(468)))),
    Indicatore("6.3", ">=", F(40, 100), "rapporto", "accumulo",
               lambda v: v["mediatori_verificati"] / v["mediatori_da_verificare"],
               ("albi_ruoli",),
               (_flusso("mediatori_verificati"), _fisso("mediatori_da_verificare"))),
    Indicatore("7.1", ">=", F(10), "numero", "accumulo", lambda v: v["coinvolto"], TUTTI,
               (Voce("coinvolto", "si_no", "annuale", "conta"),)),
    Indicatore("7.2", ">=", F(6), "numero", "accumulo", lambda v: v["riunioni"],
               ("urp",), (_flusso("riunioni"),)),
    Indicatore("7.3", ">=", F(10), "numero", "accumulo", lambda v: v["schede_crm"],
               TUTTI, (_flusso("schede_crm"),)),
    Indicatore("7.4", ">=", F(6), "numero", "accumulo", _distinti("campagne", "titolo"),
               ("urp", "comunicazione"), (_campagne(),)),
    Indicatore("7.5", ">=", F(100), "numero", "accumulo", lambda v: v["nuove_aziende"],
               ("urp", "comunicazione"), (_flusso("nuove_aziende"),)),
    Indicatore("8.1", ">=", F(80, 100), "rapporto", "accumulo",
               lambda v: v["audit_interni"] / v["audit_programmati"], ("qualita",),
               (_flusso("audit_interni", fino_a=9), _fisso("audit_programmati"))),
    Indicatore("8.2", ">=", F(1), "rapporto", "rapporto",
               lambda v: v["audit_esterni_superati"] / v["audit_esterni"], ("qualita",),
               (_flusso("audit_esterni_superati"), _flusso("audit_esterni"))),
    Indicatore("8.3", "entro", date(2019, 11, 30), "data", "scadenza",
               lambda v: v["realizzazione_customer"],
               ("qualita", "urp", "comunicazione", "informatico"),
               (Voce("realizzazione_customer", "data", "annuale", "ultima"),)),
    Indicatore("8.4", "entro", date(2019, 11, 30), "data", "scadenza",
               lambda v: v["individuazione_indicatore"], ("diritto_annuo", "qualita"),
               (Voce("individuazione_indicatore", "data", "annuale", "ultima"),)),
    Indicatore("9.1", ">=", F(4), "numero", "accumulo", lambda v: v["attivazione"],
               ("ambiente", "ri", "informatico", "archivio_protocollo"),
               (Voce("attivazione", "data", "annuale", "conta"),)),
    Indicatore("9.2", "<=", F(1627, 100), "giorni", "rapporto",
               lambda v: v["giorni_pagamento"] / v["fatture_pagate"],
               ("risorse_finanziarie", "patrimonio"),
               (_flusso("giorni_pagamento", "giorni"), _flusso("fatture_pagate"))),
    Indicatore("10.1", ">=", F(90, 100), "rapporto", "livello",
               lambda v: v["fascicoli_inventariati"] / v["fascicoli_totali"],
               ("archivio_protocollo",),
               (_livello("fascicoli_inventariati"), _fisso("fascicoli_totali"))),
    Indicatore("10.2", "<=", F(2), "giorni_lavorativi", "rapporto",
               lambda v: v["giorni_ricerca"] / v["ricerche"], ("archivio_protocollo",),
               (_flusso("giorni_ricerca", "giorni_lavorativi"), _flusso("ricerche"))),
    Indicatore("11.1", ">=", F(4), "ore", "accumulo", lambda v: v["ore_formazione"], SANZ,
               (_flusso("ore_formazione", "ore"),)),
    Indicatore("11.2", ">", F(4682, 10000), "rapporto", "misto",
               lambda v: v["verbali_istruiti"] / (v["verbali_ricevuti"] + v["verbali_pendenti"]),
               SANZ,
               (_flusso("verbali_istruiti"), _flusso("verbali_ricevuti"),
                _fisso("verbali_pendenti"))),
    Indicatore("11.3", "<", F(836, 100), "giorni", "rapporto",
               lambda v: v["giorni_lavorazione"] / v["istanze_evase"], SANZ_PI,
               (_flusso("giorni_lavorazione", "giorni"), _flusso("istanze_evase"))),
    Indicatore("11.4", "<=", F(3), "giorni", "accumulo",
               _distinti("chiusure_protesti", "giorno"), SANZ_PI + ("ri",),
               (_chiusure("chiusure_protesti"),)),
    Indicatore("11.5", "=", F(0), "giorni", "accumulo",
               _distinti("chiusure_brevetti", "giorno"),
               ("protesti", "proprieta_industriale", "urp"), (_chiusure("chiusure_brevetti"),)),
    Indicatore("12.1", ">=", F(30, 100), "rapporto", "livello",
               lambda v: v["modelli_rieditati"] / v["modelli_da_rieditare"], ("informatico",),
               (_livello("modelli_rieditati"), _livello("modelli_da_rieditare"),
                _fisso("quota_2018", "percentuale", in_formula=False)),
               base="quota_2018", seconda=F(15, 100)),
    Indicatore("13.1", ">=", None, "rapporto", "rapporto",
               lambda v: v["rilevazioni_in_tempo"] / v["rilevazioni_totali"],
               ("programmazione", "risorse_finanziarie", "trattamento_economico"),
               (_flusso("rilevazioni_in_tempo"), _flusso("rilevazioni_totali"),
                _fisso("quota_2018", "percentuale", in_formula=False)),
               soglia_da="quota_2018"),
    Indicatore("13.2", ">=", F(30, 100), "rapporto", "livello",
               lambda v: v["prodotti_associati"] / v["prodotti_totali"], ("programmazione",),
               (_livello("prodotti_associati"), _fisso("prodotti_totali"))),
    Indicatore("13.3", ">=", F(1), "rapporto", "accumulo",
               lambda v: (v["inserimento_pdp"] + v["monitoraggio_giugno"]) / 2,
               ("programmazione",),
               (Voce("inserimento_pdp", "si_no", "annuale", "condivisa"),
                Voce("monitoraggio_giugno", "si_no", "annuale", "condivisa"))),
]

PER_CODICE = {i.codice: i for i in INDICATORI}

# Every voce of the plan belongs to exactly one indicator.
DI_CHI = {}
for _i in INDICATORI:
    for _v in _i.voci:
        _k = _i.chiave(_v.nome)
        assert _k not in DI_CHI, _k
        DI_CHI[_k] = (_i, _v)
assert len(INDICATORI) == 40 and len(UFFICI) == 26

# Part and whole (short keys): the part can never be more than the whole.
PARTE_DI = {
    "S03.orafi_ispezionati": "S03.orafi_iscritti",
    "S04.prove_stesso_giorno": "S04.prove",
    "S04.comunicazioni_24h": "S04.comunicazioni_dovute",
    "S05.richieste_entro_1_gl": "S05.richieste",
    "S06.mediatori_verificati": "S06.mediatori_da_verificare",
    "S08.audit_interni": "S08.audit_programmati",
    "S08.audit_esterni_superati": "S08.audit_esterni",
    "S10.fascicoli_inventariati": "S10.fascicoli_totali",
    "S12.modelli_rieditati": "S12.modelli_da_rieditare",
    "S13.rilevazioni_in_tempo": "S13.rilevazioni_totali",
    "S13.prodotti_associati": "S13.prodotti_totali",
}


def voci_di(ufficio):
    """(key, indicator, voce) of everything that an office fills in, constants left out."""
    for i in INDICATORI:
        if ufficio in i.uffici:
            for v in i.voci:
                if v.tempo != "costante":
                    yield i.chiave(v.nome), i, v
