//! Codes of the catalogue that no check has, and why: never reused for something else.

/// Code and reason, by code.
pub const UNUSED: &[(&str, &str)] = &[
    ("D05", "Gli uffici non scrivono uno stato («concluso») accanto alla data: la data basta."),
    ("D06", "Gli uffici non scrivono i giorni fra due date: li conta il programma."),
    ("D09", "Ogni scadenza ha la sua data e i traguardi non si compilano: non c'è un ordine da rispettare."),
    ("F11", "Il file dell'ufficio vale per tutto l'anno: sulla copertina non c'è un mese."),
    ("M01", "Gli uffici scrivono il valore del mese, non il cumulato: lo somma il programma."),
    ("M02", "Gli uffici scrivono il valore del mese, non il cumulato: non c'è una somma da confrontare."),
    (
        "O02",
        "Il consolidato non ha formule vive: non c'è un secondo risultato da confrontare con quello del programma.",
    ),
    ("P19", "Il piano non dichiara decimali: i confronti si fanno su valori esatti, prima di arrotondare."),
    ("P21", "Il piano non dichiara la fonte di ogni dato: la indica l'ufficio nel suo foglio."),
    ("P24", "Serve il piano dell'anno precedente, che il programma non legge."),
    ("R05", "Gli uffici non scrivono rapporti né percentuali da ricalcolare: li calcola il programma."),
    ("R06", "Gli uffici non scrivono totali: li calcola il programma."),
    ("S01", "Gli uffici non scrivono l'esito: lo decide il programma."),
    (
        "S03",
        "Non può succedere: la prima fascia parte sempre da 0 e ogni altra comincia dove finisce quella prima (P11).",
    ),
    ("V02", "Una cella vuota vuol dire «non rilevato» e non chiede un motivo: dice già tutto V01."),
];

/// Why no check has this code, in any case: `p19`.
pub fn why_unused(code: &str) -> Option<&'static str> {
    let code = code.trim();
    UNUSED.iter().find(|(unused, _)| unused.eq_ignore_ascii_case(code)).map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::{UNUSED, why_unused};

    #[test]
    fn an_unused_code_is_no_check_s() {
        assert!(UNUSED.is_sorted_by(|one, other| one.0 < other.0));
        assert!(UNUSED.iter().all(|(code, _)| crate::check::check(code).is_none()));
        assert!(why_unused(" p19").is_some_and(|why| why.contains("decimali")));
        assert_eq!(why_unused("R03"), None);
    }
}
