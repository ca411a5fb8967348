//! Results: close to the limit, far beyond it, without a reason, without evidence; derogations that met nothing.
//!
//! Judged last, on what the admitted entries give; nothing here keeps an entry out.

mod blank_at_year_end;
mod borderline;
mod case;
mod divergence;
mod far_beyond;
mod far_from_baseline;
mod no_evidence;
mod no_reason;
mod not_yet;
mod out_of_scale;
mod projection;
mod reweighted;
mod unused_waiver;

checks! {
    Esito:
    A06 divergence: Fact,
    A10 reweighted: Fact,
    K05 no_reason: Fact,
    K08 no_evidence: Fact,
    K14 blank_at_year_end: Blank,
    M12 projection: Fact,
    P28 unused_waiver: Fact,
    R09 borderline: Fact,
    R14 out_of_scale: Fact,
    S02 far_beyond: Fact,
    Y04 far_from_baseline: Fact,
}
