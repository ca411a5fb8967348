//! F19: a signed or encrypted envelope whose document cannot be read.

use crate::check::rules::F19;
use crate::check::walk::file_finding;
use crate::check::{Fate, Received};
use crate::model::Finding;
use crate::read::{Refusal, Seal};

pub(super) fn judge(file: &Received) -> Option<Finding> {
    let Fate::Refused(Refusal::Envelope(seal)) = &file.fate else { return None };
    let (found, what, remedy) = words(*seal);
    let finding = file_finding(&F19, file, found, "un file .xlsx, o la busta che lo contiene", what);
    Some(Finding { remedy: remedy.to_owned(), ..finding })
}

/// What was found, the sentence, what to do.
fn words(seal: Seal) -> (&'static str, &'static str, &'static str) {
    match seal {
        Seal::Detached => (
            "firma senza il documento",
            "contiene la firma, ma non il documento firmato (firma separata)",
            "Invia il file .xlsx che è stato firmato, oppure firmalo di nuovo in modo che la busta lo contenga.",
        ),
        Seal::Encrypted => (
            "busta cifrata",
            "è una busta cifrata: la può aprire solo il destinatario",
            "Apri la busta con il programma di chi l'ha ricevuta e metti nella cartella il file .xlsx che contiene, oppure invialo senza cifrarlo.",
        ),
        Seal::Broken => (
            "busta troncata o rovinata",
            "è una busta firmata troncata o rovinata",
            "Invia di nuovo la busta, oppure il file .xlsx che contiene.",
        ),
        Seal::Deep => (
            "troppe buste una dentro l'altra",
            "sono troppe buste firmate una dentro l'altra",
            "Togli il file .xlsx dalle buste con il programma di firma e invia quello.",
        ),
        Seal::Other => (
            "busta senza documento",
            "è una busta di un genere che non contiene un documento firmato",
            "Invia il file .xlsx, oppure la busta firmata che lo contiene.",
        ),
    }
}
