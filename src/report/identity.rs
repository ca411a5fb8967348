//! The identity of an issue: one hash for the files, the plan and the results.

use super::json::results::results_line;
use super::labels;
use crate::certify::Run;
use crate::certify::inputs_sha256;
use crate::model::sha256;

/// How the identity is made, for whoever wants to make it again.
pub(super) fn recipe() -> String {
    let (files, plan, results) = (labels::LIST_OF_FILES, labels::WHOLE_PLAN, labels::RESULTS);
    format!(
        "È lo SHA-256 di tre righe «impronta, due spazi, nome», con le impronte di questa pagina: «{files}», con nome «file»; «{plan}», con nome «piano»; «{results}», con nome «risultati». {RESULTS}"
    )
}

/// How the hash of the results is made.
const RESULTS: &str = "I risultati sono le voci ente, anno, mese, definitivo, indicatori, schede, prospettive, ente_grado, ente_grado_senza_mancanti, ente_grado_passo ed ente_semaforo del file di --json, in quest'ordine, su una riga sola senza spazi.";

/// One SHA-256 over the list of the files, the whole plan and the results.
pub fn fingerprint(run: &Run<'_>) -> String {
    let lines = [
        (inputs_sha256(run.files), "file"),
        (run.plan.sha256_whole.clone(), "piano"),
        (results_sha256(run), "risultati"),
    ];
    sha256(lines.map(|(hash, name)| format!("{hash}  {name}\n")).concat())
}

/// SHA-256 of the results: indicators, schede, perspectives, ente.
pub(super) fn results_sha256(run: &Run<'_>) -> String {
    sha256(results_line(run))
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, results_sha256, sha256};
    use crate::report::sample::sample;
    use crate::report::to_json;

    #[test]
    fn the_hash_of_the_results_can_be_made_from_the_json() {
        let sample = sample(6);
        let json = to_json(&sample.run());
        let keys = [
            "ente",
            "anno",
            "mese",
            "definitivo",
            "indicatori",
            "schede",
            "prospettive",
            "ente_grado",
            "ente_grado_senza_mancanti",
            "ente_grado_passo",
            "ente_semaforo",
        ];
        let parts: Vec<String> = keys.map(|key| format!("\"{key}\":{}", json[key])).to_vec();
        assert_eq!(sha256(format!("{{{}}}", parts.join(","))), results_sha256(&sample.run()));
        assert_eq!(json["impronta"], fingerprint(&sample.run()));
    }

    #[test]
    fn files_plan_results_and_kind_of_issue_all_change_it() {
        let own = fingerprint(&sample(6).run());
        assert_eq!(own, fingerprint(&sample(6).run()));
        let mut other = sample(6);
        other.files[0].sha256 = "0".repeat(64);
        assert_ne!(own, fingerprint(&other.run()));
        let mut other = sample(6);
        other.plan.sha256_whole = String::new();
        assert_ne!(own, fingerprint(&other.run()));
        let mut other = sample(6);
        other.consolidation.indicators[0].provisional ^= true;
        assert_ne!(own, fingerprint(&other.run()));
        let mut other = sample(6);
        other.definitive = true;
        assert_ne!(own, fingerprint(&other.run()));
    }
}
