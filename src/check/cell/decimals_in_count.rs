//! C06: decimals in a count.

use super::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, Value, VoceType};

pub(super) const RULE: Rule = Rule {
    code: "C06",
    name: "Decimali in un conteggio",
    severity: Severity::Errore,
    why: "Qui si contano cose intere: una parte di impresa o di pratica non esiste.",
    remedy: "Scrivi il numero intero, oppure, se hai inserito una media o una percentuale, sostituiscila con il conteggio.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Conteggio;
    walk::entries(context, ledger, &RULE, applies, |item| {
        let number = item.value().and_then(Value::number).filter(|number| !number.is_integer())?;
        let what = format!("hai scritto {}, ma qui serve {}", number.to_italian_exact(), wanted(item));
        Some((wanted(item).to_owned(), what))
    });
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn all_the_decimals_are_said() {
        let finding = World::at(3)
            .filled("metrico")
            .set("metrico", "S03.supermercati", 3, "12.0000000001")
            .finding("C06");
        assert!(finding.message.contains("hai scritto 12,0000000001,"), "{}", finding.message);
    }
}
