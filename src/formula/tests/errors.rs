//! Wrong formulas: all the errors at once, each with its code, place and remedy.

use super::refused;

const VOCI: &str = "orafi_ispezionati conteggio mensile somma; orafi_iscritti conteggio annuale condivisa; \
                    ore_corso ore mensile somma; durata giorni mensile somma; \
                    lavorati giorni_lavorativi mensile somma; nota testo annuale condivisa; \
                    delibera data annuale ultima; avvio data annuale conta; \
                    bandi registro titolo:testo scadenza:data approvazione:data importo:conteggio; \
                    stage registro inizio:data";

#[test]
fn each_mistake_has_code_place_and_remedy() {
    for (text, code, piece, remedy) in [
        ("orafi_ispezionati / orafi_iscriti", "P03", "orafi_iscriti", "«orafi_iscritti»"),
        ("zebra", "P03", "zebra", "orafi_ispezionati, orafi_iscritti"),
        ("conta(bando.titolo)", "P03", "bando.titolo", "«bandi»"),
        ("conta(bandi.titlo)", "P03", "bandi.titlo", "«bandi.titolo»"),
        ("SOMMA(bandi.importo)", "P04", "SOMMA(bandi.importo)", "«somma»"),
        ("radice(orafi_iscritti)", "P04", "radice(orafi_iscritti)", "giorni, giorni_lavorativi, massimo"),
        ("somma(bandi.importo; 2)", "P04", "somma(bandi.importo; 2)", "punto e virgola"),
        ("giorni(delibera)", "P04", "giorni(delibera)", "punto e virgola"),
        ("somma()", "P04", "somma()", "punto e virgola"),
        ("orafi_iscritti / 0", "P04", "orafi_iscritti / 0", "divisore"),
        ("orafi_iscritti / (2 - 2)", "P04", "orafi_iscritti / (2 - 2)", "divisore"),
        ("2 + 3", "P04", "2 + 3", "voce"),
        ("bandi", "P04", "bandi", "conta_distinti"),
        ("bandi.importo", "P04", "bandi.importo", "massimo(bandi."),
        ("somma(orafi_iscritti)", "P04", "orafi_iscritti", "registro.colonna"),
        (
            "massimo(giorni(bandi.scadenza; stage.inizio))",
            "P04",
            "giorni(bandi.scadenza; stage.inizio)",
            "stesso",
        ),
        ("ore_corso + durata", "P06", "ore_corso + durata", "stessa unità"),
        ("durata + lavorati", "P06", "durata + lavorati", "stessa unità"),
        ("durata + 1", "P06", "durata + 1", "stessa unità"),
        ("orafi_iscritti - ore_corso", "P06", "orafi_iscritti - ore_corso", "stessa unità"),
        ("ore_corso * ore_corso", "P06", "ore_corso * ore_corso", "stessa unità"),
        ("orafi_iscritti / ore_corso", "P06", "orafi_iscritti / ore_corso", "stessa unità"),
        ("delibera + 1", "P06", "delibera + 1", "stessa unità"),
        ("-delibera", "P06", "delibera", "meno"),
        ("nota * 2", "P06", "nota", "numerica"),
        ("giorni(delibera; avvio)", "P06", "giorni(delibera; avvio)", "tipo data"),
        ("somma(bandi.titolo)", "P06", "bandi.titolo", "conta"),
        ("media(bandi.scadenza)", "P06", "bandi.scadenza", "giorni(registro.inizio"),
        ("ore_corso durata", "P04", "durata", "trattino basso"),
        ("orafi_iscritti ÷ 2", "P04", "÷", "scrivi /"),
        ("giorni(delibera, delibera)", "P04", ",", "punto e virgola"),
        ("(orafi_iscritti", "P04", "(", "parentesi"),
    ] {
        let errors = refused(text, VOCI);
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        let error = &errors[0];
        assert_eq!((error.code, &text[error.span.clone()]), (code, piece), "{text}");
        assert!(!error.message.is_empty(), "{text}");
        assert!(error.remedy.contains(remedy), "{text}: {}", error.remedy);
    }
}

#[test]
fn all_the_mistakes_are_said_at_once() {
    let errors = refused("zebra + delibera * 2 + foo(durata) / (ore_corso + durata", VOCI);
    let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, ["P03", "P06", "P04", "P04", "P06"]);
    assert!(errors.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
}

#[test]
fn the_example_of_the_catalogue_is_one_mistake() {
    let errors = refused("somma(bandi.importo;;durata)", VOCI);
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["P04"]);
}
