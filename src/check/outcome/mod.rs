//! Results: close to the limit, far beyond it, without a reason, without evidence; derogations that met
//! nothing.
//!
//! Judged last, on what the admitted entries give; nothing here keeps an entry out.

mod blank_at_year_end;
mod borderline;
mod case;
mod divergence;
mod far_beyond;
mod far_from_baseline;
mod no_cause;
mod no_evidence;
mod no_reason;
mod not_yet;
mod out_of_scale;
mod projection;
mod reweighted;
mod unused_waiver;

checks! {
    Esito:
    A06: divergence::run,
    A10: reweighted::run,
    K05: no_reason::run,
    K08: no_evidence::run,
    K14: blank_at_year_end::run,
    K15: no_cause::run,
    M12: projection::run,
    P28: unused_waiver::run,
    R09: borderline::run,
    R14: out_of_scale::run,
    S02: far_beyond::run,
    Y04: far_from_baseline::run,
}
