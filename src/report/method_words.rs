//! The fixed words of *Metodo*.

use crate::aggregate::Reliability;
use crate::model::{Nature, Status};

/// From entries to the ente, a paragraph each.
pub(super) const PROSE: [&str; 8] = [
    "Prima i mesi, poi gli uffici, poi la formula. Ogni voce si raccoglie sui mesi e poi sugli uffici come dice il piano; la formula si applica una volta sola, sui totali: un rapporto è rapporto di somme, mai media di rapporti.",
    "I conti si fanno con frazioni esatte e il confronto con il target precede ogni arrotondamento. I due decimali servono solo a leggere.",
    "Una cella vuota vuol dire «non rilevato» e non è mai zero; «n.a.» vuol dire «non si applica» ed esce dal conto. Zero è un valore e va digitato.",
    "Un dato con un rilievo di gravità «errore» resta fuori dalle somme, e gli indicatori che lo usano sono «non verificabili» finché non è corretto. Ciò che semplicemente manca non rende un indicatore non verificabile.",
    "Scostamento = risultato meno soglia del target. Di una percentuale è in punti percentuali («punti %»): 28 % contro 30 % è −2 punti. Di una scadenza sono i giorni: più di zero, in ritardo.",
    "Grado, cioè grado di raggiungimento, da 0 a 100: target raggiunto = 100. Altrimenti, se più è meglio, 100 × valore ÷ target; se meno è meglio, 100 × target ÷ valore; sempre tra 0 e il massimo. Scadenze e target a zero: tutto o niente.",
    "Grado di una scheda = media pesata dei suoi indicatori; di un obiettivo strategico, di una prospettiva e dell'ente = media pesata delle schede. Pesi uguali, se il piano non ne dà altri.",
    "Nell'anno chiuso un indicatore senza grado conta 0 nel grado della sua scheda: è questo grado che decide il semaforo e la quota delle risorse. Gli sta sempre accanto il «grado senza ciò che manca», che lo lascia fuori. «Non valutabile» esce da tutti e due. In corso d'anno ciò che non ha un grado resta fuori, e i gradi sono di due target: il «grado sul passo», che viene prima, mette al posto del target ciò che serve alla fine del mese (il valore che qui sotto fa «in linea»; dove un passo non c'è, e ad anno chiuso, è lo stesso grado); il «grado su 100» resta sul target dell'anno. Il colore di un indicatore si controlla a occhio: grado sul passo 100 = verde.",
];

/// What stands at the head of every page.
pub(super) const fn issue(definitive: bool) -> &'static str {
    if definitive {
        "«Emissione definitiva» in testa a ogni pagina: è l'ultima parola sull'anno, e si fa solo per dicembre, quando niente resta aperto che una decisione o una deroga non copra."
    } else {
        "«Provvisorio» in testa a ogni pagina: i risultati possono ancora cambiare. «Emissione definitiva», quando ci sarà, è l'ultima parola sull'anno: si fa solo per dicembre, quando niente resta aperto che una decisione o una deroga non copra."
    }
}

/// What a result is of which something due is missing.
pub(super) const fn coverage(definitive: bool) -> &'static str {
    if definitive {
        "Copertura: un'unità per ogni voce, ufficio e periodo dovuto. Se qualcosa manca il risultato è detto incompleto, ed è definitivo lo stesso: una decisione o una deroga copre ciò che manca. Se una voce della formula non ha nessun dato, l'esito è «dato mancante»."
    } else {
        "Copertura: un'unità per ogni voce, ufficio e periodo dovuto. Se manca qualcosa il risultato è provvisorio; se una voce della formula non ha nessun dato, l'esito è «dato mancante»."
    }
}

/// How the effect of a finding is found, a paragraph each.
pub(super) const EFFECTS: [&str; 7] = [
    "Per ogni rilievo gli indicatori che usano i dati nominati si calcolano di nuovo, con lo stesso calcolo dei risultati. «◆ può cambiare l'esito»: gli esiti così trovati non sono tutti uguali. «◇ può cambiare il grado»: cambia solo il grado. «– nessun effetto»: non cambia niente, o il rilievo non tocca un dato. Un rilievo che tiene fuori un dato, e così rende un indicatore «non verificabile», può sempre cambiarne l'esito: la frase dice quale sarebbe.",
    "Un dato tenuto fuori si prende com'è scritto e poi si toglie; se non si può usare (un testo, un numero negativo, una cella persa) si prendono gli estremi dell'intervallo plausibile. Un dato che conta, con un rilievo o una deroga, si lascia e poi si toglie. Un dato che manca, o il file di un ufficio che manca, si prende agli estremi. Un rilievo sul risultato intero lo ricalcola senza il dato più grande di ciascuna voce.",
    "Intervallo plausibile: prima vale ciò che il piano dice plausibile. Un incremento va da 0 al mese più alto dello stesso ufficio per la stessa voce (degli altri uffici, se non ne ha; o dell'anno prima, se il piano lo dà). Una consistenza, o un valore comune a più uffici, va dal più basso al più alto tra quelli che gli altri mesi e gli altri uffici riportano.",
    "Una parte non supera mai il suo tutto e un tutto non è mai sotto le sue parti; una quota va da 0 a 1, un sì/no da no a sì, una data dal primo giorno ammesso all'ultimo del mese di riferimento. In un registro possono mancare, per ogni mese non dichiarato, tante righe quante ne ha il suo mese più pieno, almeno una. Dove nessun fatto dà un massimo si prende un numero oltre ogni target.",
    "Si guarda un rilievo alla volta. Gli altri dati tenuti fuori restano fuori; poi, se così l'esito non cambia, si prendono anch'essi come scritti; se il risultato aspetta anche altre voci che nessuno ha rilevato, si suppone che arrivino. La frase lo dice.",
    "Un rilievo su ciò che il piano lascia in dubbio (un target senza operatore, due condizioni insieme, una scadenza in un giorno non lavorativo) non tocca un dato: il suo indicatore si calcola di nuovo con le altre letture, e la frase dice che cosa darebbe ciascuna. Dove nessun file dà ciò che servirebbe, la frase dice «non calcolabile», e il rilievo sta fra quelli che possono cambiare un esito, o un grado.",
    "Nel foglio «Rilievi» vengono prima i rilievi che possono cambiare un esito, poi quelli che possono cambiare un grado, poi gli altri; a parità, i più gravi.",
];

/// How the workbook itself is to be read, a paragraph each.
pub(super) const NOTES: [&str; 5] = [
    "I numeri si leggono con due decimali, ma ogni cella tiene il valore intero, fino a 15 cifre: lo mostra la barra della formula. Nessun conto parte da un numero arrotondato.",
    "Una cella vuota di una tabella di questo documento vuol dire che lì non c'è niente da dire: il dato non è stato rilevato, il valore non si può calcolare, oppure la colonna non riguarda quella riga. Non è mai zero.",
    "Il colore non è mai solo: ogni esito e ogni gravità ha il suo simbolo e la sua parola. «–» vuol dire che il caso non può darsi.",
    "Le figure dei fogli «S01», «S02», …, di «Risultati» e di «Sintesi» ci sono due volte: il valore del programma e una formula di Excel sulle righe di «Dati»; la differenza deve essere 0. È 0 quando valore e formula coincidono fino alla nona cifra decimale; di un valore più grande di 1 si guarda quale parte ne è, perché un foglio di Excel tiene 15 cifre. Dove una riga ha più figure, la «Differenza» è la somma delle loro, senza segno. I confronti che decidono sono scritti senza dividere, come ARROTONDA(numeratore − soglia × denominatore), e così decidono come il calcolo esatto; anche un valore provato in «Dati» decide come deciderebbe il programma, fino a sei cifre decimali. Dove la formula conta giorni lavorativi, un confronto è più fine delle quindici cifre di Excel, o la formula sarebbe più lunga di quanto Excel ammette, la cella dice «senza formula»: vale il programma.",
    "Le parole sottolineate portano alla cella di cui parlano; «← Copertina» riporta all'elenco dei fogli. Ogni tabella ha un nome, una riga di intestazione sola e i filtri.",
];

const CLOSED: &str = "anno chiuso";
const RUNNING: &str = "in corso";
const ALWAYS: &str = "sempre";

/// Each status: when it may be, what it means.
pub(super) const STATUSES: [(&str, Status, &str); 13] = [
    (
        CLOSED,
        Status::Raggiunto,
        "Il target è raggiunto; per una scadenza, tutte le date ci sono e sono in tempo.",
    ),
    (
        CLOSED,
        Status::ParzialmenteRaggiunto,
        "Il target non è raggiunto, ma il grado arriva almeno alla soglia del giallo.",
    ),
    (CLOSED, Status::NonRaggiunto, "Il target non è raggiunto e il grado è sotto la soglia del giallo."),
    (RUNNING, Status::GiaRaggiunto, "Il target è raggiunto e non si può più perdere."),
    (RUNNING, Status::InLinea, "Di questo passo il target si raggiunge."),
    (RUNNING, Status::InRitardo, "Di questo passo il target non si raggiunge, ma c'è ancora tempo."),
    (RUNNING, Status::NonPiuRaggiungibile, "Il target è perso e non si può più recuperare."),
    (
        RUNNING,
        Status::NonAncoraMisurabile,
        "Non c'è ancora niente da misurare: nessun evento, o un denominatore ancora a zero.",
    ),
    (ALWAYS, Status::DatoMancante, "Una voce della formula non ha nessun dato."),
    (
        CLOSED,
        Status::NonCalcolabile,
        "L'anno è finito e non c'è niente da misurare, o il denominatore è zero.",
    ),
    (ALWAYS, Status::TargetMancante, "Il target aspetta un dato di partenza che nessuno ha ancora fornito."),
    (ALWAYS, Status::NonVerificabile, "Un dato che serve ha un errore: va corretto prima di giudicare."),
    (ALWAYS, Status::NonValutabile, "Tolto dalla valutazione con una decisione dell'unità."),
];

const NEVER: &str = "–";

/// Each nature: already reached, no longer reachable, on pace, late.
pub(super) const NATURES: [(Nature, [&str; 4]); 6] = [
    (
        Nature::Accumulo,
        [
            "Con un target «almeno»: target raggiunto.",
            "«Almeno»: passato il mese oltre il quale non conta più. «Al massimo»: limite superato.",
            "«Almeno»: valore ≥ T × m ÷ 12 (o m ÷ mese limite). «Al massimo»: altrimenti.",
            "«Almeno»: valore sotto il passo.",
        ],
    ),
    (Nature::Livello, [NEVER, NEVER, "Valore ≥ B + (T − B) × m ÷ 12.", "Valore sotto il passo."]),
    (Nature::Misto, [NEVER, NEVER, "Valore ≥ T × m ÷ 12.", "Valore sotto il passo."]),
    (Nature::Rapporto, [NEVER, NEVER, "Oggi il target è rispettato.", "Oggi il target non è rispettato."]),
    (Nature::Durata, [NEVER, "Un evento oltre il limite, concluso o no.", "Altrimenti.", NEVER]),
    (
        Nature::Scadenza,
        [
            "Tutte le date ci sono e sono in tempo.",
            "Una data oltre la scadenza, o scadenza passata senza tutte le date.",
            "Altrimenti.",
            NEVER,
        ],
    ),
];

/// Each mark of reliability and what it means.
pub(super) const RELIABILITIES: [(Reliability, &str); 3] = [
    (
        Reliability::MisuratoConEvidenza,
        "Non manca niente di dovuto, nemmeno la data di un termine mancato, nessun dato è tenuto fuori e ogni ufficio che ha dato un valore ha scritto la fonte accanto all'indicatore.",
    ),
    (
        Reliability::Parziale,
        "Alcuni uffici hanno scritto la fonte e altri no; oppure l'hanno scritta tutti, ma manca un dato dovuto o un dato è tenuto fuori.",
    ),
    (
        Reliability::DichiaratoSenza,
        "Nessun ufficio ha scritto la fonte: il valore c'è, ma è solo dichiarato.",
    ),
];

/// What is self-declared.
pub(super) const SELF_DECLARED: &str = "Conta la presenza della fonte, non la sua bontà: quella la giudica chi verifica. Dove nessun ufficio ha dato un valore non c'è segno («nessun dato»). Sono detti autodichiarati i dati di partenza, le quote dell'anno precedente, i denominatori e gli altri valori unici dell'anno scritti da un ufficio, quando il piano non li dà con la loro fonte. Il segno lo dice: «base autodichiarata» vuol dire che ciò con cui il risultato si confronta, per cui si divide o da cui comincia è la parola di un ufficio, qualunque sia l'evidenza del resto.";
