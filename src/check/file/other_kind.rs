//! F02: another kind of file, whatever its name says.

use super::sent::{in_the_folder, kind_words};
use crate::check::rules::F02;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::Finding;
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F02, 1, |file| {
        let Fate::Refused(Refusal::OtherKind(kind)) = &file.fate else { return None };
        let what = format!("dentro c'è {}, non una cartella di lavoro .xlsx o .ods", kind_words(kind));
        let finding = file_finding(&F02, file, kind, "xlsx, xlsm o ods", &what);
        let finding = match remedy(kind) {
            Some(remedy) => Finding { remedy: remedy.to_owned(), ..finding },
            None => finding,
        };
        Some(in_the_folder(context, file, finding))
    });
}

fn remedy(kind: &str) -> Option<&'static str> {
    match kind {
        "zip" => Some("Estrai dall'archivio il file .xlsx del tuo ufficio e invia quello."),
        "xls" | "xlsb" | "xml" => None,
        "fods" => Some("Apri il file in LibreOffice, salvalo come .ods o come .xlsx e invia quello."),
        _ => Some("Invia il file .xlsx che hai ricevuto, compilato in Excel."),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::interpret::{Fate, Received};
    use crate::model::Severity;
    use crate::read::Refusal;

    fn with(name: &str, fate: Fate) -> World {
        let mut world = World::at(6).filled("ri");
        world.files.push(Received {
            name: name.to_owned(),
            sha256: String::new(),
            bytes: 1,
            office: None,
            fate,
            by_label: None,
        });
        world
    }

    #[test]
    fn only_what_bears_an_offices_name_may_be_in_the_way() {
        let kind = |kind| Fate::Refused(Refusal::OtherKind(kind));
        let never = || Fate::Foreign("manca il foglio nascosto «_manifest»".to_owned());
        let broken = || Fate::Foreign("il manifesto non dice di quale piano e di quale anno è".to_owned());
        for (name, fate, code, held) in [
            ("elenco.csv", kind("csv"), "F02", false),
            ("vecchio.xls", kind("xls"), "F02", false),
            ("appunti.xlsx", never(), "F05", false),
            ("appunti riunione.xlsx", never(), "F05", false),
            ("appunti.xlsx", broken(), "F05", true),
            ("schede-2019-metrico.xls", kind("xls"), "F02", true),
            ("Schede 2019.xls", kind("xls"), "F02", true),
            ("METRICO definitivo.xls", kind("xls"), "F02", true),
            ("invio_Certificazioni-estero.ods", kind("fods"), "F02", true),
            ("dati ri.xlsx", never(), "F05", true),
        ] {
            let finding = with(name, fate).finding(code);
            assert_eq!(finding.severity == Severity::Bloccante, held, "{name}");
            assert_eq!(finding.remedy.starts_with("Toglilo dalla cartella, oppure "), held, "{name}");
        }
        // Looked at alone, it is what somebody wants to know of.
        let mut alone = with("appunti.xlsx", never());
        alone.whole = false;
        assert_eq!(alone.finding("F05").severity, Severity::Bloccante);
    }
}
