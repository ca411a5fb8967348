//! Codes of the catalogue that no check has, and why: never reused for something else.

/// Code and reason, by code.
pub const UNUSED: &[(&str, &str)] = &[
    ("A05", "Gli uffici non dichiarano un totale: lo somma il programma."),
    ("C19", "Il piano non dichiara decimali: un valore con più cifre conta com'è scritto."),
    ("D05", "Gli uffici non scrivono uno stato («concluso») accanto alla data: la data basta."),
    ("D06", "Gli uffici non scrivono i giorni fra due date: li conta il programma."),
    ("D09", "Ogni scadenza ha la sua data e i traguardi non si compilano: non c'è un ordine da rispettare."),
    ("D11", "Gli uffici non scrivono medie: la media è la somma dei giorni divisa per i casi."),
    (
        "D12",
        "Del termine in ore misurato su giorni parla il piano (P27): il dato dell'ufficio è un conteggio.",
    ),
    ("F11", "Il file dell'ufficio vale per tutto l'anno: sulla copertina non c'è un mese."),
    ("K09", "Le prove non si allegano: la fonte è un riferimento scritto."),
    ("M01", "Gli uffici scrivono il valore del mese, non il cumulato: lo somma il programma."),
    ("M02", "Gli uffici scrivono il valore del mese, non il cumulato: non c'è una somma da confrontare."),
    ("M14", "La fonte è una sola per indicatore e per tutto l'anno: non ce n'è una per mese."),
    ("P19", "Il piano non dichiara decimali: i confronti si fanno su valori esatti, prima di arrotondare."),
    ("P21", "Il piano non dichiara la fonte di ogni dato: la indica l'ufficio nel suo foglio."),
    ("R05", "Gli uffici non scrivono rapporti né percentuali da ricalcolare: li calcola il programma."),
    ("R06", "Gli uffici non scrivono totali: li calcola il programma."),
    ("R11", "Gli uffici non scrivono medie: non c'è una media da confrontare con i suoi valori."),
    ("R13", "Gli uffici coinvolti si contano dai loro sì: non possono superare quelli del piano."),
    (
        "R15",
        "I numeri sono frazioni esatte: non c'è un risultato infinito; di una divisione per zero parlano R01 e R02.",
    ),
    ("S01", "Gli uffici non scrivono l'esito: lo decide il programma."),
    (
        "S03",
        "Non può succedere: la prima fascia parte sempre da 0 e ogni altra comincia dove finisce quella prima (P11).",
    ),
    ("T23", "I modelli non usano nomi definiti: le caselle si trovano con le chiavi."),
    ("V02", "Una cella vuota vuol dire «non rilevato» e non chiede un motivo: dice già tutto V01."),
    ("V03", "Stato e valore stanno nella stessa casella: non possono contraddirsi."),
    ("Y05", "Serve il piano dell'anno precedente, che il programma non legge."),
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

    #[test]
    fn every_code_of_the_catalogue_is_a_check_or_says_why_not() {
        const FAMILIES: [(&str, u32); 12] = [
            ("P", 27),
            ("F", 18),
            ("T", 27),
            ("C", 23),
            ("V", 10),
            ("R", 15),
            ("D", 13),
            ("M", 14),
            ("Y", 6),
            ("A", 10),
            ("K", 12),
            ("S", 4),
        ];
        let codes =
            FAMILIES.iter().flat_map(|(family, last)| (1..=*last).map(move |n| format!("{family}{n:02}")));
        let lost: Vec<String> =
            codes.filter(|code| crate::check::check(code).is_none() && why_unused(code).is_none()).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
