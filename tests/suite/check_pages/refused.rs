//! Pages with a mistake in the words of their rule: the build refuses each, with its line.

#[path = "../../../build/page.rs"]
mod page;

use page::Page;

const PAGE: &str = "\
# C99 · Numero di prova

- Gravità: da motivare
- Perché conta: Un numero così
  non si è mai visto.
- Che cosa fare: Correggilo, oppure spiega.
- Mette in dubbio: il valore
- Tiene fuori: niente

## Perché

Testo.

- Gravità: non è dell'elenco

## Rilievo atteso

> [C99 · DA MOTIVARE] Scheda 1: hai scritto 5. *Perché conta.* Cella: 'Scheda 1'!A1. *Che
> cosa fare.*
";

/// The mistakes of the page with some of its text replaced, as `line: what`.
fn mistakes(old: &str, new: &str) -> Vec<String> {
    assert_eq!(PAGE.matches(old).count(), 1, "{old}");
    let mistakes = page::read("C99-odd.md", &PAGE.replace(old, new)).unwrap_err();
    mistakes.iter().map(|mistake| format!("{}: {}", mistake.line, mistake.what)).collect()
}

#[test]
fn a_page_gives_the_words_of_its_rule() {
    let page = page::read("C99-odd.md", PAGE).unwrap();
    let Page { code, name, severity, why, remedy, to_office, doubt, missing, told } = page;
    assert_eq!((code.as_str(), name.as_str()), ("C99", "Numero di prova"));
    assert_eq!((severity, doubt, missing), ("DaMotivare", "Value", true));
    assert_eq!(why, "Un numero così non si è mai visto.");
    assert_eq!(remedy, "Correggilo, oppure spiega.");
    assert_eq!(to_office, None);
    assert_eq!(
        told,
        "# C99 · Numero di prova\n\n## Perché\n\nTesto.\n\n- Gravità: non è dell'elenco\n\n## Rilievo atteso\n\n\
         > [C99 · DA MOTIVARE] Scheda 1: hai scritto 5. Un numero così non si è mai visto. Cella: 'Scheda 1'!A1.\n\
         > Correggilo, oppure spiega.\n"
    );
    let plain = page::read("C99-odd.md", &PAGE.replace("- Tiene fuori: niente\n", "")).unwrap();
    assert!(!plain.missing);
    let both = PAGE.replace("- Mette in dubbio", "- Per l'ufficio: Scrivici.\n- Mette in dubbio");
    assert_eq!(page::read("C99-odd.md", &both).unwrap().to_office.as_deref(), Some("Scrivici."));
}

#[test]
fn a_mistake_is_told_with_its_line() {
    const LIST: &str = "Gravità, Perché conta, Che cosa fare, Per l'ufficio, Mette in dubbio, Tiene fuori";
    for (old, new, told) in [
        ("# C99 · Numero di prova\n", "\n", "1: the title must be «# C99 · name»".to_owned()),
        ("# C99 ·", "# C98 ·", "1: the title must be «# C99 · name»".to_owned()),
        ("· Numero di prova", "· ", "1: the title must be «# C99 · name»".to_owned()),
        (
            "- Gravità: da motivare",
            "- Gravità: grave",
            "3: «Gravità: grave» is none of nota, da motivare, errore, bloccante".to_owned(),
        ),
        (
            "- Che cosa fare: Correggilo, oppure spiega.\n",
            "",
            "1: «- Che cosa fare: …» is missing under the title".to_owned(),
        ),
        ("mai visto.", "mai visto", "4: «Perché conta» must be a sentence with its full stop".to_owned()),
        ("- Tiene fuori: niente", "- Gravità: nota", "8: «Gravità» stands twice".to_owned()),
        ("- Tiene fuori: niente", "- Rimedio: Nessuno.", format!("8: «Rimedio» is none of {LIST}")),
        ("- Tiene fuori: niente", "- Niente", "8: a line of the list is «- Name: words»".to_owned()),
        (
            "- Tiene fuori: niente",
            "- Tiene fuori: tutto",
            "8: «Tiene fuori: tutto» is none of niente".to_owned(),
        ),
        (
            "- Mette in dubbio: il valore",
            "- Mette in dubbio: tutto",
            "7: «Mette in dubbio: tutto» is none of il fatto, lo scritto, la cella vuota, il valore"
                .to_owned(),
        ),
        (
            "*Perché conta.*",
            "Un numero così non si è mai visto.",
            "18: the finding repeats its words: write *Perché conta.* instead".to_owned(),
        ),
    ] {
        assert_eq!(mistakes(old, new), [told], "{new}");
    }
}

#[test]
fn all_the_mistakes_are_told_at_once() {
    let told = mistakes("da motivare\n- Perché conta: Un numero così\n  non si è mai visto.\n", "grave\n");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(page::read("C99-odd.md", "").unwrap_err().len() >= 4);
    let named = page::read("notes.md", PAGE).unwrap_err();
    assert!(named[0].what.starts_with("the file must be named «CODE-name.md»"), "{named:?}");
}
