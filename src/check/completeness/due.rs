//! What is due at a reporting month.

use crate::model::{Month, TimeKind, VoceType};
use crate::plan::Voce;

/// Whether entries of `voce` are due when `month` is reported: each month for flows and levels, from January
/// for annual numbers, in December for yes/no; dates, registers and what the plan fixes never.
pub(in crate::check) fn is_due(month: Month, voce: &Voce) -> bool {
    match (voce.is_input(), voce.time, voce.kind) {
        (false, _, _) | (_, TimeKind::Costante | TimeKind::Registro, _) => false,
        (true, TimeKind::Mensile | TimeKind::Consistenza, _) => true,
        (true, TimeKind::Annuale, VoceType::Data | VoceType::Testo) => false,
        (true, TimeKind::Annuale, VoceType::SiNo) => month == Month::DECEMBER,
        (true, TimeKind::Annuale, _) => true,
    }
}

/// The month up to which a register must be declared complete when `month` is reported.
pub(in crate::check) fn register_month(month: Month, voce: &Voce) -> Month {
    voce.last_counting(month)
}
