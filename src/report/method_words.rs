//! The fixed words of *Metodo*.

use crate::model::{Nature, Status};

/// From entries to the ente, a paragraph each.
pub(super) const PROSE: [&str; 8] = [
    "Prima i mesi, poi gli uffici, poi la formula. Ogni voce si raccoglie sui mesi e poi sugli uffici come dice il piano; la formula si applica una volta sola, sui totali: un rapporto è rapporto di somme, mai media di rapporti.",
    "I conti si fanno con frazioni esatte e il confronto con il target precede ogni arrotondamento. I due decimali servono solo a leggere.",
    "Una cella vuota vuol dire «non rilevato» e non è mai zero; «n.a.» vuol dire «non si applica» ed esce dal conto. Zero è un valore e va digitato.",
    "Copertura: un'unità per ogni voce, ufficio e periodo dovuto. Se manca qualcosa il risultato è provvisorio; se una voce della formula non ha nessun dato, l'esito è «dato mancante».",
    "Un dato con un rilievo di gravità «errore» resta fuori dalle somme, e gli indicatori che lo usano sono «non verificabili» finché non è corretto. Ciò che semplicemente manca non rende un indicatore non verificabile.",
    "Grado: target raggiunto = 100. Altrimenti, se più è meglio, 100 × valore ÷ target; se meno è meglio, 100 × target ÷ valore; sempre tra 0 e il massimo. Scadenze e target a zero: tutto o niente.",
    "Grado di una scheda = media pesata dei suoi indicatori; di una prospettiva e dell'ente = media pesata delle schede. Pesi uguali, se il piano non ne dà altri.",
    "Nell'anno chiuso un indicatore senza grado conta 0 nel grado ufficiale ed è lasciato fuori dal secondo grado; «non valutabile» esce da entrambi. In corso d'anno entrambi lo lasciano fuori.",
];

/// How the workbook itself is to be read, a paragraph each.
pub(super) const NOTES: [&str; 5] = [
    "«PROVVISORIO» in testa a ogni pagina: i risultati possono ancora cambiare. «EMISSIONE DEFINITIVA»: è l'ultima parola sull'anno, e si fa solo per dicembre, quando niente resta aperto.",
    "I numeri si leggono con due decimali, ma ogni cella tiene il valore intero, fino a 15 cifre: lo mostra la barra della formula. Nessun conto parte da un numero arrotondato.",
    "Una cella vuota di una tabella di questo documento vuol dire che lì non c'è niente da dire: il dato non è stato rilevato, il valore non si può calcolare, oppure la colonna non riguarda quella riga. Non è mai zero.",
    "Il colore non è mai solo: ogni esito e ogni gravità ha il suo simbolo e la sua parola. «–» vuol dire che il caso non può darsi.",
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
