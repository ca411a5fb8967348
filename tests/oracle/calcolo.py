"""Independent calculation of the 40 indicators, 13 schede and totals.

Input: entries typed by the offices; output: what the consolidated result must
say. Exact fractions decide; a decimal string is made only at the end.

An entry is addressed by (office, key, month or None) or, for a register cell,
(office, key, None, row, column). Values: number, date, True/False or
"Sì"/"No", text, NA ("n.a."), None (blank).
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction as F

from piano import (ANNO, GIALLO, INDICATORI, PROSPETTIVE, SCHEDE, UFFICI, VERDE, DI_CHI,
                   chiave_di_riga)

NA = "n.a."
VERDI = ("già raggiunto", "in linea")
# A value kept out by an errore is not a present one (coverage counts what entered the sums).
ESCLUSI_PRESENTI = False


# ---------------------------------------------------------------- numbers

def frazione(x):
    """Exact value of a number as Excel shows it: floats to 15 significant digits."""
    if isinstance(x, bool):
        return F(int(x))
    if isinstance(x, float):
        return F(Decimal("%.15g" % x))
    return F(x)


def decimale(x):
    """Plain notation: exact when it terminates, else 20 significant digits, half up."""
    if x is None:
        return None
    if isinstance(x, date):
        return x.isoformat()
    x = F(x)
    segno, x = ("-", -x) if x < 0 else ("", x)
    d, due, cinque = x.denominator, 0, 0
    while d % 2 == 0:
        d, due = d // 2, due + 1
    while d % 5 == 0:
        d, cinque = d // 5, cinque + 1
    if d == 1:
        cifre = max(due, cinque)
        return segno + _punto(x.numerator * 10 ** cifre // x.denominator, cifre)
    esponente = 0  # 10^esponente <= x < 10^(esponente+1)
    while x >= F(10) ** (esponente + 1):
        esponente += 1
    while x < F(10) ** esponente:
        esponente -= 1
    cifre = 19 - esponente
    intero = (x * F(10) ** cifre + F(1, 2)).__floor__()
    if intero == 10 ** 20:
        intero, cifre = 10 ** 19, cifre - 1
    return segno + _punto(intero, cifre)


def _punto(intero, cifre):
    if cifre <= 0:
        return str(intero * 10 ** -cifre)
    testo = str(intero).rjust(cifre + 1, "0")
    return testo[:-cifre] + "." + testo[-cifre:]


def fine_mese(mese):
    return date(ANNO, mese, calendar.monthrange(ANNO, mese)[1])


def normalizza(valore, tipo):
    """A typed value as the calculation wants it."""
    if valore is None or (isinstance(valore, str) and valore.strip() == ""):
        return None
    if isinstance(valore, str) and valore.strip().casefold() == NA:
        return NA
    if tipo == "data":
        if isinstance(valore, datetime):
            return valore.date()
        if isinstance(valore, str):
            return date.fromisoformat(valore)
        return valore
    if tipo == "si_no":
        if isinstance(valore, str):
            return {"sì": True, "si": True, "no": False}[valore.strip().casefold()]
        return bool(valore)
    if tipo == "testo":
        return str(valore)
    return frazione(valore)


# ---------------------------------------------------------------- results

@dataclass
class Risultato:
    codice: str
    valore: object
    soglia: object
    grado: object
    stato: str
    provvisorio: bool
    attesi: int
    presenti: int
    scostamento: object
    per_ufficio: list
    valore_indicativo: object
    seconda_condizione: object
    indicatore: object

    def json(self):
        i = self.indicatore
        return {
            "codice": self.codice, "scheda": i.scheda, "valore": decimale(self.valore),
            "unita": i.unita, "operatore": i.operatore, "soglia": decimale(self.soglia),
            "scostamento": decimale(self.scostamento), "grado": decimale(self.grado),
            "stato": self.stato, "provvisorio": self.provvisorio,
            "copertura": {"attesi": self.attesi, "presenti": self.presenti},
            "valore_indicativo": decimale(self.valore_indicativo),
            "seconda_condizione": self.seconda_condizione,
            "per_ufficio": [{"ufficio": u, "valore": decimale(v)} for u, v in self.per_ufficio],
            "natura": i.natura,
        }


class Manca(Exception):
    """A formula input has no value at all: dato mancante."""


class Niente(Exception):
    """There is nothing to measure (no row, denominator 0)."""


class Anno:
    """One set of entries read at one reporting month."""

    def __init__(self, voci, mese, inviati=None, completi=None, esclusi=()):
        self.mese = mese
        self.fine = fine_mese(mese)
        self.chiuso = mese == 12
        self.inviati = set(UFFICI if inviati is None else inviati)
        self.completi = dict(completi or {})
        self.esclusi = set()
        self.dati = {}  # (office, key, month) -> value
        self.righe = {}  # (office, key) -> {row: {column: value}}
        for chi, valore in voci.items():
            self._accogli(chi, valore)
        # entries named by an errore of another kind (given from outside)
        for chi in esclusi:
            chi = tuple(chi)
            if chi[0] not in self.inviati or (chi[2] or 0) > mese:
                continue
            self.esclusi.add(chi)
            if len(chi) == 5:
                self.righe.get(chi[:2], {}).pop(chi[3], None)
            else:
                self.dati.pop(chi, None)
        self._condivise_discordi()

    def _accogli(self, chi, valore):
        ufficio, chiave = chi[0], chi[1]
        if ufficio not in self.inviati:
            return
        if chiave.endswith(".completo"):
            if valore is not None:
                self.completi[(ufficio, chiave[:-len(".completo")])] = int(valore)
            return
        if chiave not in DI_CHI:
            return  # notes, evidence, sign-off
        voce = DI_CHI[chiave][1]
        if voce.tempo == "registro":
            riga, colonna = chi[3], chi[4]
            valore = normalizza(valore, dict(voce.colonne)[colonna])
            if valore is not None:
                self.righe.setdefault((ufficio, chiave), {}).setdefault(riga, {})[colonna] = valore
            return
        valore = normalizza(valore, voce.tipo)
        mese = chi[2]
        if valore is None or (mese is not None and mese > min(self.mese, voce.fino_a)):
            return
        self.dati[(ufficio, chiave, mese)] = valore

    def _condivise_discordi(self):
        """Different values of one shared voce are an errore on all of them."""
        for chiave, (ind, voce) in DI_CHI.items():
            if voce.uffici != "condivisa":
                continue
            mesi = range(1, self.mese + 1) if voce.tempo == "consistenza" else [None]
            for mese in mesi:
                chi = [c for u in ind.uffici if (c := (u, chiave, mese)) in self.dati
                       and self.dati[c] != NA]
                if len({self.dati[c] for c in chi}) > 1:
                    for c in chi:
                        self.esclusi.add(c)
                        del self.dati[c]

    # ------------------------------------------------------------ one voce

    def _tutti_na(self, chiave, voce, uffici):
        """n.a. of every office of the indicator, in every due period."""
        if voce.tempo in ("mensile", "consistenza"):
            mesi = range(1, min(self.mese, voce.fino_a) + 1)
        else:
            mesi = [None]
        return all(self.dati.get((u, chiave, m)) == NA for u in uffici for m in mesi)

    def _numeri(self, chiave, uffici, mesi):
        return [v for u in uffici for m in mesi
                if (v := self.dati.get((u, chiave, m))) is not None and v != NA]

    def totale(self, ind, voce, uffici, mese_livello=None):
        """The total of a voce over some offices; shared values are of everybody."""
        chiave = ind.chiave(voce.nome)
        if voce.tempo == "costante":
            return voce.valore
        if voce.tempo == "registro":
            return self._registro(ind, voce, uffici)
        if voce.tempo == "consistenza":
            if mese_livello is None:
                raise Manca(chiave)
            return self._numeri(chiave, ind.uffici, [mese_livello])[0]
        if voce.tempo == "mensile":
            numeri = self._numeri(chiave, uffici, range(1, min(self.mese, voce.fino_a) + 1))
            if not numeri:
                raise Manca(chiave)
            return sum(numeri, F(0))
        if voce.tipo == "si_no":
            return self._si_no(ind, voce, uffici)
        if voce.tipo == "data":
            return self._date(ind, voce, uffici)
        numeri = self._numeri(chiave, ind.uffici, [None])  # annuale, condivisa
        if not numeri:
            raise Manca(chiave)
        return numeri[0]

    def _si_no(self, ind, voce, uffici):
        chiave = ind.chiave(voce.nome)
        if self._tutti_na(chiave, voce, uffici):
            raise Manca(chiave)
        if voce.uffici == "conta":
            return F(sum(self.dati.get((u, chiave, None)) is True for u in uffici))
        detti = [v for u in ind.uffici
                 if (v := self.dati.get((u, chiave, None))) is not None and v != NA]
        if not detti:
            if self.chiuso:
                raise Manca(chiave)
            return F(0)
        return F(int(detti[0]))

    def _date(self, ind, voce, uffici):
        chiave = ind.chiave(voce.nome)
        if self._tutti_na(chiave, voce, uffici):
            raise Manca(chiave)
        valori = {u: self.dati.get((u, chiave, None)) for u in uffici}
        arrivate = [d for d in valori.values()
                    if d is not None and d != NA and d <= self.fine]
        if voce.uffici == "conta":
            return F(len(arrivate))
        attese = sum(d != NA for d in valori.values())
        return (max(arrivate, default=None), len(arrivate) == attese)

    def _registro(self, ind, voce, uffici):
        chiave = ind.chiave(voce.nome)
        unite = {}
        for u in uffici:
            for _, riga in sorted(self.righe.get((u, chiave), {}).items()):
                quando = riga.get(voce.conta_da)
                k = chiave_di_riga(riga.get(voce.chiave_riga))
                if quando is None or k is None or quando > self.fine:
                    continue
                riga = dict(riga)
                if "approvazione" in dict(voce.colonne):
                    fatta = riga.get("approvazione")
                    if fatta is None or fatta > self.fine:
                        riga["approvazione"] = self.fine
                unite.setdefault(k, riga)
        if not unite:
            if not any((u, chiave) in self.completi for u in uffici if u in self.inviati):
                raise Manca(chiave)
            if ind.vuoto_nullo:
                raise Niente(chiave)
        return list(unite.values())

    # ------------------------------------------------------------ one indicator

    def _mese_livello(self, ind):
        """Last month in which all the stocks of the formula are reported."""
        livelli = [ind.chiave(v.nome) for v in ind.voci
                   if v.tempo == "consistenza" and v.in_formula]
        for m in range(self.mese, 0, -1):
            if livelli and all(self._numeri(k, ind.uffici, [m]) for k in livelli):
                return m
        return None

    def valore(self, ind, uffici):
        """Value of the formula over some offices; raises Manca or Niente."""
        livello = self._mese_livello(ind)
        v, niente = {}, None
        for voce in ind.voci:
            if voce.in_formula:
                try:
                    v[voce.nome] = self.totale(ind, voce, uffici, livello)
                except Niente as e:  # a missing voce says more than an empty one
                    niente = e
        if niente:
            raise niente
        try:
            return ind.formula(v)
        except ZeroDivisionError:
            raise Niente(ind.codice) from None

    def _valore_o_nulla(self, ind, uffici):
        try:
            x = self.valore(ind, uffici)
        except (Manca, Niente):
            return None
        if ind.natura == "scadenza":
            return x[0] if x[1] else None
        return x

    def _fisso(self, ind, nome):
        if not nome:
            return None
        numeri = self._numeri(ind.chiave(nome), ind.uffici, [None])
        return numeri[0] if numeri else None

    def copertura(self, ind):
        attesi = presenti = 0
        for voce in ind.voci:
            chiave = ind.chiave(voce.nome)
            if voce.tempo == "costante" or voce.tipo == "data":
                continue
            if voce.tempo == "registro":
                for u in ind.uffici:
                    attesi += self.mese
                    if u in self.inviati:
                        presenti += min(self.completi.get((u, chiave), 0), self.mese)
                continue
            if voce.tipo == "si_no":
                mesi = [None] if self.chiuso else []
            elif voce.tempo == "annuale":
                mesi = [None]
            else:
                mesi = range(1, min(self.mese, voce.fino_a) + 1)
            for u in ind.uffici:
                for m in mesi:
                    v = self.dati.get((u, chiave, m))
                    if v == NA:
                        continue
                    attesi += 1
                    presenti += v is not None or (
                        ESCLUSI_PRESENTI and (u, chiave, m) in self.esclusi)
        return attesi, presenti

    def _provvisorio(self, ind, attesi, presenti):
        if presenti < attesi or any(u not in self.inviati for u in ind.uffici):
            return True
        if any(v.tempo == "consistenza" for v in ind.voci):
            livello = self._mese_livello(ind)
            return livello is not None and livello < self.mese
        return False

    def indicatore(self, ind):
        attesi, presenti = self.copertura(ind)
        soglia = self._fisso(ind, ind.soglia_da) if ind.soglia_da else ind.soglia
        valore = grado = stato = None
        try:
            valore = self.valore(ind, ind.uffici)
        except Manca:
            stato = "dato mancante"
        except Niente:
            stato = "non calcolabile" if self.chiuso else "non ancora misurabile"
        if stato is None:
            if ind.natura == "scadenza":
                valore, grado, stato = self._scadenza(ind, *valore)
            elif soglia is None:
                stato = "target mancante"
            else:
                grado = gradi(ind.operatore, valore, soglia)
                stato = self._stato(ind, valore, soglia, grado)
        indicativo = None
        if any(c[1] in {ind.chiave(v.nome) for v in ind.voci} for c in self.esclusi):
            stato, indicativo, valore, grado = "non verificabile", valore, None, None
        scostamento = None
        if valore is not None and soglia is not None:
            scostamento = valore - soglia
            if ind.natura == "scadenza":
                scostamento = F(scostamento.days)
        seconda = self._seconda(ind, valore, soglia)
        return Risultato(
            ind.codice, valore, soglia, grado, stato, self._provvisorio(ind, attesi, presenti),
            attesi, presenti, scostamento,
            [(u, self._valore_o_nulla(ind, [u]) if u in self.inviati else None)
             for u in ind.uffici],
            indicativo, seconda, ind)

    def _seconda(self, ind, valore, soglia):
        """The second condition, which never decides; None without one."""
        if ind.seconda is None and not ind.quota:
            return None
        if ind.quota:
            tipo, voluto, base = "quota", ind.quota[2], None
            trovato = self._quota(ind)
        else:
            tipo, voluto, base = "incremento", ind.seconda, self._fisso(ind, ind.base)
            trovato = None if valore is None or base is None else valore - base
        soddisfatta = None if trovato is None else trovato >= voluto
        raggiunto = None
        if valore is not None and soglia is not None:
            raggiunto = {">=": valore >= soglia, "<=": valore <= soglia}[ind.operatore]
        return {"tipo": tipo, "soglia": decimale(voluto), "base": decimale(base),
                "valore": decimale(trovato), "soddisfatta": soddisfatta,
                "discorde": None not in (soddisfatta, raggiunto) and soddisfatta != raggiunto}

    def _quota(self, ind):
        """The share of the cases within the term: None where a term is missing, kept out, or the whole is 0."""
        parte, tutto = (ind.chiave(nome) for nome in ind.quota[:2])
        if any(c[1] in (parte, tutto) for c in self.esclusi):
            return None
        mesi = range(1, self.mese + 1)
        parti, tutti = (self._numeri(chiave, ind.uffici, mesi) for chiave in (parte, tutto))
        if not parti or not tutti or sum(tutti) == 0:
            return None
        return sum(parti, F(0)) / sum(tutti, F(0))

    def _scadenza(self, ind, ultima, tutte):
        """(value, degree, status) of a deadline."""
        if tutte:
            bene = ultima <= ind.soglia
            if self.chiuso:
                stato = "raggiunto" if bene else "non raggiunto"
            else:
                stato = "già raggiunto" if bene else "non più raggiungibile"
            return ultima, F(100 if bene else 0), stato
        if self.fine <= ind.soglia:
            return None, None, "in linea"
        return None, F(0), "non raggiunto" if self.chiuso else "non più raggiungibile"

    def _stato(self, ind, valore, soglia, grado):
        bene = raggiunto(ind.operatore, valore, soglia)
        if self.chiuso:
            if bene:
                return "raggiunto"
            return "parzialmente raggiunto" if grado >= GIALLO else "non raggiunto"
        m = self.mese
        if ind.natura == "accumulo":
            if ind.operatore in ("<=", "="):
                return "in linea" if bene else "non più raggiungibile"
            if bene:
                return "già raggiunto"
            if ind.taglio < 12 and m >= ind.taglio:
                return "non più raggiungibile"
            passo = soglia * m / ind.taglio
        elif ind.natura == "livello":
            base = self._fisso(ind, ind.base) or F(0)
            passo = base + (soglia - base) * m / 12
        elif ind.natura == "misto":
            passo = soglia * m / 12
        elif ind.natura == "durata":
            return "in linea" if bene else "non più raggiungibile"
        else:  # rapporto
            return "in linea" if bene else "in ritardo"
        return "in linea" if valore >= passo else "in ritardo"

    # ------------------------------------------------------------ everything

    def tutto(self):
        return Esito(self.mese, [self.indicatore(i) for i in INDICATORI])


def raggiunto(operatore, valore, soglia):
    return {">=": valore >= soglia, "<=": valore <= soglia, ">": valore > soglia,
            "<": valore < soglia, "=": valore == soglia}[operatore]


def gradi(operatore, valore, soglia):
    """Degree of achievement, 0-100 (deadlines apart)."""
    if raggiunto(operatore, valore, soglia):
        return F(100)
    if soglia == 0:
        return F(0)
    grado = 100 * valore / soglia if operatore in (">=", ">") else 100 * soglia / valore
    return min(F(100), max(F(0), grado))


def media(numeri):
    numeri = [n for n in numeri if n is not None]
    return sum(numeri, F(0)) / len(numeri) if numeri else None


class Esito:
    """The 40 results and what follows from them, all weights equal."""

    def __init__(self, mese, indicatori):
        self.mese, self.chiuso = mese, mese == 12
        self.indicatori = indicatori
        self.per_codice = {r.codice: r for r in indicatori}
        self.schede = [self._scheda(n) for n in SCHEDE]
        self.prospettive = [
            (p, media(g for n, g, _, _ in self.schede if SCHEDE[n] == p),
             media(s for n, _, s, _ in self.schede if SCHEDE[n] == p)) for p in PROSPETTIVE]
        self.ente = media(g for _, g, _, _ in self.schede)
        self.ente_senza = media(s for _, _, s, _ in self.schede)

    def _scheda(self, numero):
        suoi = [r for r in self.indicatori if r.indicatore.scheda == numero]
        senza = media(r.grado for r in suoi)
        colori = {colore(r.stato) for r in suoi}
        if self.chiuso:
            grado = media(r.grado if r.grado is not None else F(0) for r in suoi)
            return numero, grado, senza, self._semaforo(grado, colori)
        return numero, senza, senza, self._semaforo(senza, colori)

    def _colori(self, prospettiva):
        """Colours of the indicators of a perspective, or of all."""
        return {colore(r.stato) for r in self.indicatori
                if prospettiva in (None, SCHEDE[r.indicatore.scheda])}

    def _semaforo(self, grado, colori):
        """By degree in the closed year, else the worst of the indicators."""
        if self.chiuso:
            return ("grigio" if grado is None else "verde" if grado >= VERDE
                    else "giallo" if grado >= GIALLO else "rosso")
        return next(c for c in ("rosso", "giallo", "verde", "grigio") if c in colori)

    def json(self):
        return {
            "mese": "%d-%02d" % (ANNO, self.mese), "anno_chiuso": self.chiuso,
            "indicatori": [r.json() for r in self.indicatori],
            "schede": [{"numero": n, "grado": decimale(g), "grado_senza_mancanti": decimale(s),
                        "semaforo": c} for n, g, s, c in self.schede],
            "prospettive": [{"nome": p, "grado": decimale(g),
                             "grado_senza_mancanti": decimale(s),
                             "semaforo": self._semaforo(g, self._colori(p))}
                            for p, g, s in self.prospettive],
            "ente_grado": decimale(self.ente),
            "ente_grado_senza_mancanti": decimale(self.ente_senza),
            "ente_semaforo": self._semaforo(self.ente, self._colori(None)),
        }


def colore(stato):
    """Traffic light of a status while the year runs."""
    if stato in VERDI:
        return "verde"
    return {"in ritardo": "giallo", "non più raggiungibile": "rosso"}.get(stato, "grigio")


def calcola(voci, mese, inviati=None, completi=None, esclusi=()):
    """Everything in one call: the Esito of a set of entries at a reporting month."""
    return Anno(voci, mese, inviati, completi, esclusi).tutto()
