//! Month against month: what was consolidated already and is not what it was. Only where the issue of a
//! month before is given.

mod came_later;
mod correction;
mod drift;
mod same_file;

pub(super) use correction::holds;
pub use correction::wants_a_reason;

checks! {
    Memoria:
    D10: correction::judge(correction::Nature::Date),
    F10: same_file::run,
    K07: came_later::run,
    M03: correction::judge(correction::Nature::Value),
    M04: correction::explained,
    M07: correction::closed,
    M08: correction::judge(correction::Nature::Gone),
    M09: correction::judge(correction::Nature::Backwards),
    S04: drift::run,
}
