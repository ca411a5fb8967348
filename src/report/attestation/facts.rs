//! What the program knows of each question, in words; only facts, no answer.

use crate::aggregate::{Degrees, Mark, Reliability, mark, self_declared};
use crate::certify::Run;
use crate::certify::inputs_sha256;
use crate::certify::obstacles::{obstacles, unapproved};
use crate::certify::sampling::shares_words;
use crate::certify::touches::missing;
use crate::check::{Fate, Tally};
use crate::interpret::Submission;
use crate::model::{Finding, Light, Number, Severity, Status, count, join_it, ratio_it};
use crate::plan::Threshold;
use crate::report::coverage::{coverage, covered};
use crate::report::index::{Counts, Index};
use crate::report::lowered;
use crate::report::words::month_title;

/// Checks that say that a text, a target or a constant of the plan was changed in a file.
const CHANGED_TEXTS: [&str; 4] = ["P23", "T09", "T10", "T21"];

pub(in crate::report) fn targets(run: &Run<'_>) -> String {
    let all = run.plan.indicators().count();
    let waiting = run
        .plan
        .indicators()
        .filter(|own| matches!(own.target.threshold, Threshold::Baseline { .. }))
        .count();
    let implicit = run.plan.indicators().filter(|own| own.target.implicit).count();
    let second = run.plan.indicators().filter(|own| own.has_second_condition()).count();
    format!(
        "Indicatori con formula e target letti dal programma: {all} su {all}. Con confronto sottinteso nel testo: {implicit}; con una seconda condizione, mostrata ma non decisiva: {second}; con un target che dipende da un dato di partenza: {waiting}.",
    )
}

pub(in crate::report) fn readings(run: &Run<'_>) -> String {
    let own = run.plan.indicators().filter(|own| !own.readings.is_empty()).count();
    format!(
        "{} con letture scelte e scritte; {} sul testo del piano.",
        count(own, "indicatore", "indicatori"),
        count(run.plan.notices.len(), "avviso", "avvisi")
    )
}

pub(in crate::report) fn traces(run: &Run<'_>) -> String {
    let entries = || run.admitted.entries.iter();
    let typed = entries().filter(|entry| entry.value.is_some()).count();
    let normalised = entries().filter(|entry| entry.normalised.is_some()).count();
    format!(
        "{} con ufficio, file, foglio e cella; {} come valore, con il testo digitato e la regola applicata.",
        count(typed, "dato", "dati"),
        count(normalised, "testo letto", "testi letti")
    )
}

pub(in crate::report) fn explanations(run: &Run<'_>) -> String {
    let off = run
        .consolidation
        .indicators
        .iter()
        .filter(|result| matches!(result.status.light(), Light::Rosso | Light::Giallo));
    let (mut all, mut silent) = (0, Vec::new());
    for result in off {
        all += 1;
        if !run.submissions.iter().any(|submission| submission.notes.contains_key(&result.code)) {
            silent.push(result.code.as_str());
        }
    }
    let what =
        if run.consolidation.closed { "non raggiunti, o raggiunti in parte" } else { "in ritardo o persi" };
    let rest = if silent.is_empty() { String::new() } else { format!("; senza nota: {}", join_it(&silent)) };
    format!("Indicatori {what}: {all}, di cui {} con una nota degli uffici{rest}.", all - silent.len())
}

pub(in crate::report) fn results(run: &Run<'_>) -> String {
    let all = run.plan.indicators().count();
    let results = &run.consolidation.indicators;
    let valued = results.iter().filter(|result| result.value.is_some()).count();
    let without: Vec<String> = WITHOUT
        .into_iter()
        .map(|status| (status, results.iter().filter(|result| result.status == status).count()))
        .filter(|(_, number)| *number > 0)
        .map(|(status, number)| format!("{number} «{}»", status.label()))
        .collect();
    let rest =
        if without.is_empty() { String::new() } else { format!(" Fra gli esiti: {}.", join_it(&without)) };
    format!("Indicatori nel consuntivo: {} su {all}; con un valore: {valued}.{rest}", results.len())
}

/// Outcomes that say that there is nothing to judge.
const WITHOUT: [Status; 6] = [
    Status::NonAncoraMisurabile,
    Status::DatoMancante,
    Status::NonCalcolabile,
    Status::TargetMancante,
    Status::NonVerificabile,
    Status::NonValutabile,
];

pub(in crate::report) fn plan_used(run: &Run<'_>) -> String {
    let approved = if run.plan.delibera.is_empty() {
        "estremi dell'atto non indicati nel piano"
    } else {
        &run.plan.delibera
    };
    let changed = open(run).filter(|finding| CHANGED_TEXTS.contains(&finding.rule.code)).count();
    let revised = run
        .plan
        .revisions
        .iter()
        .map(|own| format!("{} da {}, {} ({} → {})", own.what, own.from, own.act, own.was(), own.is()));
    let revised: Vec<String> = revised.collect();
    let revised =
        if revised.is_empty() { String::new() } else { format!(" Rivisto: {}.", revised.join("; ")) };
    format!(
        "Approvato con: {approved}.{revised} {} su testi, target o costanti cambiati nei file: il calcolo usa sempre quelli del piano. SHA-256 di tutto il piano:\n{}",
        count(changed, "rilievo aperto", "rilievi aperti"),
        run.plan.sha256_whole
    )
}

fn open<'a>(run: &Run<'a>) -> impl Iterator<Item = &'a Finding> {
    run.checked.findings.iter().filter(|finding| finding.is_open())
}

pub(in crate::report) fn offices(run: &Run<'_>) -> String {
    let all = run.plan.awaited(run.consolidation.month.month);
    let absent: Vec<&str> = missing(run).iter().map(|office| office.name.as_str()).collect();
    let signed = run.submissions.iter().filter(|submission| is_signed(run, submission)).count();
    let rest = if absent.is_empty() { String::new() } else { format!(" Mancano: {}.", absent.join("; ")) };
    format!(
        "Uffici che hanno inviato un file che conta: {} su {all}; con nome, ruolo e data di chi firma: {signed}.{rest}",
        all - absent.len()
    )
}

fn is_signed(run: &Run<'_>, submission: &Submission) -> bool {
    let month = run.plan.signs(&submission.office, run.consolidation.month.month);
    submission.sign_off_of(month).parts().iter().all(Option::is_some)
}

pub(in crate::report) fn open_findings(run: &Run<'_>) -> String {
    let counts = Counts::of(run.checked.findings.iter());
    let serious = counts.get(Severity::Bloccante) + counts.get(Severity::Errore);
    let state =
        if run.definitive && serious > 0 { format!(", {}", covered(serious)) } else { " aperti".to_owned() };
    format!(
        "{} e {}{state}; {} da motivare; {}, che non sono difetti.",
        count(counts.get(Severity::Bloccante), "rilievo bloccante", "rilievi bloccanti"),
        count(counts.get(Severity::Errore), "errore", "errori"),
        counts.get(Severity::DaMotivare),
        count(counts.get(Severity::Nota), "nota", "note"),
    )
}

pub(in crate::report) fn accepted(run: &Run<'_>) -> String {
    let waived = run.checked.findings.iter().filter(|finding| !finding.is_open()).count();
    let decided: Vec<&str> = run.plan.decisions.iter().map(|decision| decision.indicator.as_str()).collect();
    let rest = if decided.is_empty() { String::new() } else { format!(" ({})", join_it(&decided)) };
    let lowered = lowered::lines(run);
    let lowered = if lowered.is_empty() {
        String::new()
    } else {
        format!("\nGravità abbassate: {}.", lowered.join("; "))
    };
    format!(
        "{}; {} per decisione{rest}.{lowered}",
        count(waived, "rilievo derogato", "rilievi derogati"),
        count(decided.len(), "indicatore non valutabile", "indicatori non valutabili")
    )
}

pub(in crate::report) fn issue(run: &Run<'_>) -> String {
    let closed = if run.consolidation.closed { "anno chiuso" } else { "anno non chiuso" };
    let kind = if run.definitive { "emissione definitiva" } else { "emissione provvisoria" };
    let left = obstacles(run).len();
    let rest = if left == 0 {
        "nessun ostacolo all'emissione definitiva che il programma veda nei dati".to_owned()
    } else {
        format!("{} all'emissione definitiva", count(left, "ostacolo aperto", "ostacoli aperti"))
    };
    let act = unapproved(run.plan).map(|why| format!("; {why}")).unwrap_or_default();
    format!("{}: {closed}, {kind}; {rest}{act}.", month_title(run.consolidation.month))
}

pub(in crate::report) fn completeness(run: &Run<'_>) -> String {
    let (present, expected) = coverage(run);
    let share = Number::from(present).divided_by(&Number::from(expected));
    let words = |number: u32| Number::from(number).to_italian(0);
    let share_words = share.map_or_else(
        || "Nessun dato era dovuto".to_owned(),
        |share| {
            format!("Copertura {}: {} dati su {} dovuti", ratio_it(&share), words(present), words(expected))
        },
    );
    let provisional = run.consolidation.indicators.iter().filter(|result| result.provisional).count();
    let results = match provisional {
        0 if run.definitive => "nessun risultato con dati incompleti".to_owned(),
        many if run.definitive => {
            let noun = count(many, "risultato con dati incompleti", "risultati con dati incompleti");
            format!("{noun}, {}", covered(many))
        }
        many => count(many, "risultato provvisorio", "risultati provvisori"),
    };
    format!("{share_words}; {results}.")
}

pub(in crate::report) fn evidence(run: &Run<'_>) -> String {
    let marks: Vec<Option<Mark>> = run
        .consolidation
        .indicators
        .iter()
        .filter_map(|result| Some((run.plan.indicator(&result.code)?, result)))
        .map(|(indicator, result)| mark(indicator, result, run.admitted, run.submissions))
        .collect();
    let of = |reliability| marks.iter().filter(|own| own.map(|own| own.reliability) == reliability).count();
    let bases = marks.iter().flatten().filter(|mark| mark.own_base).count();
    format!(
        "Indicatori misurati con evidenza: {} su {}; con evidenza parziale: {}; dichiarati senza evidenza: {}; senza dati: {}. Con base autodichiarata, cioè con un dato di partenza, un denominatore o un altro valore unico dell'anno scritto da un ufficio: {bases}. Il programma vede se una fonte è scritta, non se è buona.",
        of(Some(Reliability::MisuratoConEvidenza)),
        marks.len(),
        of(Some(Reliability::Parziale)),
        of(Some(Reliability::DichiaratoSenza)),
        of(None)
    )
}

pub(in crate::report) fn own_words(run: &Run<'_>) -> String {
    let mut voci = 0;
    let mut codes = Vec::new();
    for indicator in run.plan.indicators() {
        let own = self_declared(indicator, run.admitted).len();
        voci += own;
        if own > 0 {
            codes.push(indicator.code.as_str());
        }
    }
    if codes.is_empty() {
        return "Nessuna voce autodichiarata da un ufficio.".to_owned();
    }
    let noun = if codes.len() == 1 { "nell'indicatore" } else { "negli indicatori" };
    format!("{} {noun} {}.", count(voci, "voce autodichiarata", "voci autodichiarate"), join_it(&codes))
}

pub(in crate::report) fn degrees(run: &Run<'_>) -> String {
    let differ: Vec<String> = run
        .consolidation
        .schede
        .iter()
        .filter(|scheda| scheda.degrees.official != scheda.degrees.without_missing)
        .map(|scheda| scheda.number.to_string())
        .collect();
    let rest = match differ.len() {
        0 => "I due gradi coincidono in tutte le schede.".to_owned(),
        1 => format!("I due gradi differiscono nella scheda {}.", join_it(&differ)),
        _ => format!("I due gradi differiscono nelle schede {}.", join_it(&differ)),
    };
    let Degrees { official, without_missing, .. } = &run.consolidation.ente;
    let words = |degree: &Option<Number>| {
        degree.as_ref().map_or_else(|| "nessuno".to_owned(), |degree| degree.to_italian_fixed(2))
    };
    format!(
        "Grado dell'ente: {} · senza ciò che manca: {}. {rest} I due gradi stanno affiancati in ogni scheda e non si mescolano mai.",
        words(official),
        words(without_missing)
    )
}

pub(in crate::report) fn checks(run: &Run<'_>) -> String {
    let tallies: Vec<Tally> = run
        .rules
        .iter()
        .map(|rule| run.checked.tallies.get(rule.code).copied().unwrap_or_default())
        .collect();
    let sum = |of: fn(&Tally) -> usize| Number::from(tallies.iter().map(of).sum::<usize>()).to_italian(0);
    format!(
        "{}, soggetti: {}. Superati {}, falliti {}, non valutati {}, derogati {}.",
        count(tallies.len(), "controllo", "controlli"),
        sum(|tally| tally.subjects()),
        sum(|tally| tally.passed),
        sum(|tally| tally.failed),
        sum(|tally| tally.skipped),
        sum(|tally| tally.waived)
    )
}

pub(in crate::report) fn files(run: &Run<'_>) -> String {
    let accepted = run.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    format!(
        "{}, di cui {}. SHA-256 dell'elenco dei file:\n{}",
        count(run.files.len(), "file ricevuto", "file ricevuti"),
        count(accepted, "accettato", "accettati"),
        inputs_sha256(run.files)
    )
}

pub(in crate::report) fn sampled(index: &Index<'_>) -> String {
    let sample = &index.sample;
    format!(
        "{}, su {} fra cui scegliere.",
        shares_words(&sample.items),
        Number::from(sample.candidates).to_italian(0)
    )
}
