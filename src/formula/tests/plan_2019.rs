//! The 40 formulas of the 2019 plan, with the units and natures that the contract lists.

use super::compiled;

const FLOW: &str = "conteggio mensile somma";

/// Code, formula, voci (`F` a monthly count, `A` an annual one, `S` a stock), unit, nature.
const TABLE: [(&str, &str, &str, &str, &str); 40] = [
    ("1.1", "massimo(giorni(bandi.scadenza; bandi.approvazione))", BANDI, "giorni", "durata"),
    (
        "1.2",
        "ore_sportello / ore_sportello_2018",
        "ore_sportello ore mensile somma; ore_sportello_2018 ore annuale condivisa",
        "rapporto",
        "accumulo",
    ),
    (
        "1.3",
        "aziende_informate + aziende_formate",
        "aziende_informate F; aziende_formate F",
        "numero",
        "accumulo",
    ),
    ("1.4", "aziende_coinvolte", "aziende_coinvolte F", "numero", "accumulo"),
    ("2.1", "stage", "stage F", "numero", "accumulo"),
    ("2.2", "massimo(giorni(bandi.scadenza; bandi.approvazione))", BANDI, "giorni", "durata"),
    (
        "2.3",
        "convenzioni_mantenute + convenzioni_attivate",
        "convenzioni_mantenute A; convenzioni_attivate F",
        "numero",
        "accumulo",
    ),
    (
        "3.1",
        "orafi_ispezionati / orafi_iscritti",
        "orafi_ispezionati F; orafi_iscritti A",
        "rapporto",
        "accumulo",
    ),
    ("3.2", "supermercati", "supermercati F", "numero", "accumulo"),
    ("3.3", "prodotti", "prodotti F", "numero", "accumulo"),
    ("4.1", "adozione_delibera", "adozione_delibera data annuale ultima", "data", "scadenza"),
    ("4.2", "prove_stesso_giorno / prove", "prove_stesso_giorno F; prove F", "rapporto", "rapporto"),
    (
        "4.3",
        "comunicazioni_24h / comunicazioni_dovute",
        "comunicazioni_24h F; comunicazioni_dovute F",
        "rapporto",
        "rapporto",
    ),
    ("5.1", "aziende_aderenti", "aziende_aderenti S; aziende_aderenti_2018 A", "numero", "livello"),
    (
        "5.2",
        "giorni_risposta / richieste",
        "giorni_risposta giorni_lavorativi mensile somma; richieste F; richieste_entro_1_gl F",
        "giorni_lavorativi",
        "rapporto",
    ),
    (
        "6.1",
        "procedimenti_avviati / imprese_cessate",
        "procedimenti_avviati F; imprese_cessate conteggio costante condivisa",
        "rapporto",
        "accumulo",
    ),
    (
        "6.2",
        "accertamenti / imprese_contestate",
        "accertamenti F; imprese_contestate conteggio costante condivisa",
        "rapporto",
        "accumulo",
    ),
    (
        "6.3",
        "mediatori_verificati / mediatori_da_verificare",
        "mediatori_verificati F; mediatori_da_verificare A",
        "rapporto",
        "accumulo",
    ),
    ("7.1", "coinvolto", "coinvolto si_no annuale conta", "numero", "accumulo"),
    ("7.2", "riunioni", "riunioni F", "numero", "accumulo"),
    ("7.3", "schede_crm", "schede_crm F", "numero", "accumulo"),
    (
        "7.4",
        "conta_distinti(campagne.titolo)",
        "campagne registro titolo:testo invio:data",
        "numero",
        "accumulo",
    ),
    ("7.5", "nuove_aziende", "nuove_aziende F", "numero", "accumulo"),
    (
        "8.1",
        "audit_interni / audit_programmati",
        "audit_interni F; audit_programmati A",
        "rapporto",
        "accumulo",
    ),
    (
        "8.2",
        "audit_esterni_superati / audit_esterni",
        "audit_esterni_superati F; audit_esterni F",
        "rapporto",
        "rapporto",
    ),
    ("8.3", "realizzazione_customer", "realizzazione_customer data annuale ultima", "data", "scadenza"),
    ("8.4", "individuazione_indicatore", "individuazione_indicatore data annuale ultima", "data", "scadenza"),
    ("9.1", "attivazione", "attivazione data annuale conta", "numero", "accumulo"),
    (
        "9.2",
        "giorni_pagamento / fatture_pagate",
        "giorni_pagamento giorni mensile somma; fatture_pagate F",
        "giorni",
        "rapporto",
    ),
    (
        "10.1",
        "fascicoli_inventariati / fascicoli_totali",
        "fascicoli_inventariati S; fascicoli_totali A",
        "rapporto",
        "livello",
    ),
    (
        "10.2",
        "giorni_ricerca / ricerche",
        "giorni_ricerca giorni_lavorativi mensile somma; ricerche F",
        "giorni_lavorativi",
        "rapporto",
    ),
    ("11.1", "ore_formazione", "ore_formazione ore mensile somma", "ore", "accumulo"),
    (
        "11.2",
        "verbali_istruiti / (verbali_ricevuti + verbali_pendenti)",
        "verbali_istruiti F; verbali_ricevuti F; verbali_pendenti A",
        "rapporto",
        "misto",
    ),
    (
        "11.3",
        "giorni_lavorazione / istanze_evase",
        "giorni_lavorazione giorni mensile somma; istanze_evase F",
        "giorni",
        "rapporto",
    ),
    (
        "11.4",
        "conta_distinti(chiusure_protesti.giorno)",
        "chiusure_protesti registro giorno:data sede:testo motivo:testo",
        "giorni",
        "accumulo",
    ),
    (
        "11.5",
        "conta_distinti(chiusure_brevetti.giorno)",
        "chiusure_brevetti registro giorno:data sede:testo motivo:testo",
        "giorni",
        "accumulo",
    ),
    (
        "12.1",
        "modelli_rieditati / modelli_da_rieditare",
        "modelli_rieditati S; modelli_da_rieditare S; quota_2018 percentuale annuale condivisa",
        "rapporto",
        "livello",
    ),
    (
        "13.1",
        "rilevazioni_in_tempo / rilevazioni_totali",
        "rilevazioni_in_tempo F; rilevazioni_totali F; quota_2018 percentuale annuale condivisa",
        "rapporto",
        "rapporto",
    ),
    (
        "13.2",
        "prodotti_associati / prodotti_totali",
        "prodotti_associati S; prodotti_totali A",
        "rapporto",
        "livello",
    ),
    (
        "13.3",
        "(inserimento_pdp + monitoraggio_giugno) / 2",
        "inserimento_pdp si_no annuale condivisa; monitoraggio_giugno si_no annuale condivisa",
        "rapporto",
        "accumulo",
    ),
];

const BANDI: &str = "bandi registro titolo:testo scadenza:data approvazione:data";

#[test]
fn every_formula_of_the_plan_is_what_the_contract_says() {
    for (code, text, voci, unit, nature) in TABLE {
        let voci: Vec<String> = voci
            .split(';')
            .map(|voce| match voce.trim().rsplit_once(' ') {
                Some((name, "F")) => format!("{name} {FLOW}"),
                Some((name, "A")) => format!("{name} conteggio annuale condivisa"),
                Some((name, "S")) => format!("{name} conteggio consistenza condivisa"),
                _ => voce.to_owned(),
            })
            .collect();
        let formula = compiled(text, &voci.join(";"));
        assert_eq!((formula.unit().code(), formula.nature().code()), (unit, nature), "{code}");
        assert_eq!(formula.text(), text);
    }
}

#[test]
fn other_natures_follow_their_voci() {
    let voci = "f conteggio mensile somma; g conteggio mensile somma; a conteggio annuale condivisa; \
                s conteggio consistenza condivisa; d data annuale ultima; e data annuale condivisa; \
                ok si_no annuale condivisa; r registro inizio:data fine:data n:conteggio; \
                p percentuale annuale condivisa; q percentuale consistenza condivisa";
    for (text, unit, nature) in [
        ("f - g", "numero", "rapporto"),
        ("f - a", "numero", "accumulo"),
        ("a - f", "numero", "rapporto"),
        ("-f", "numero", "rapporto"),
        ("f / (3 - 1)", "rapporto", "accumulo"),
        ("2 * f / a", "rapporto", "accumulo"),
        ("a / f", "rapporto", "rapporto"),
        ("f / (f + g)", "rapporto", "rapporto"),
        ("s / a", "rapporto", "livello"),
        ("s - a", "numero", "livello"),
        ("q", "rapporto", "livello"),
        ("ok", "numero", "accumulo"),
        ("giorni(d; e)", "giorni", "durata"),
        ("media(giorni_lavorativi(r.inizio; r.fine))", "giorni_lavorativi", "rapporto"),
        ("somma(r.n)", "numero", "accumulo"),
        ("conta(r.fine) / conta(r.inizio)", "rapporto", "rapporto"),
        ("conta(r.fine) / a", "rapporto", "accumulo"),
    ] {
        let formula = compiled(text, voci);
        assert_eq!((formula.unit().code(), formula.nature().code()), (unit, nature), "{text}");
    }
}

#[test]
fn a_formula_says_what_it_needs() {
    let formula = compiled(
        "f / (g + a)",
        "f conteggio mensile somma; g conteggio mensile somma; a conteggio annuale condivisa",
    );
    let names = |keys: &[crate::model::VoceKey]| {
        keys.iter().map(|key| key.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(formula.inputs()), "S01.f S01.g S01.a");
    let (above, below) = formula.ratio().unwrap();
    assert_eq!((names(&above), names(&below)), ("S01.f".to_owned(), "S01.g S01.a".to_owned()));
    assert_eq!(compiled("f", "f conteggio mensile somma").ratio(), None);
}

#[test]
fn a_formula_is_read_in_words() {
    let voci = "f conteggio mensile somma; g conteggio mensile somma; a conteggio annuale condivisa; \
                r registro data_invio:data fine:data titolo:testo";
    let label = |key: &crate::model::VoceKey| format!("Voce {}", key.name().to_uppercase());
    for (text, expected) in [
        ("f / a", "Voce F ÷ Voce A"),
        ("f / (g + a)", "Voce F ÷ (Voce G + Voce A)"),
        ("f / (g * a)", "Voce F ÷ (Voce G × Voce A)"),
        ("f - (g - a)", "Voce F − (Voce G − Voce A)"),
        ("(f - g) - a", "Voce F − Voce G − Voce A"),
        ("-(f + g)", "−(Voce F + Voce G)"),
        ("f * 0,5", "Voce F × 0,5"),
        ("massimo(giorni(r.data_invio; r.fine))", "il massimo fra giorni da «data_invio» a «fine» in Voce R"),
        ("conta_distinti(r.titolo)", "numero di «titolo» diversi in Voce R"),
    ] {
        assert_eq!(compiled(text, voci).in_words(&label), expected);
    }
}
