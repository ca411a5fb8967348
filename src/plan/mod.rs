//! The plan: a TOML file in, a complete and checked `Plan` out, all its mistakes at once.
//!
//! Reading goes in three steps, none of which stops at the first mistake: `fields` and `source` take the file
//! as written, with the line of every value; `compile`, `indicator`, `voce` and `register` give it meaning
//! and bind targets and formulas; `notices` tells what the text leaves open. `describe` says what was
//! understood.

mod archive;
mod around;
mod assign;
mod bounds;
mod calendar;
mod canonical;
mod closing;
mod compare;
mod compile;
mod controls;
mod decode;
mod describe;
mod domain;
mod due;
mod fields;
mod fit;
mod goal;
mod ids;
mod indicator;
mod inherited;
mod levels;
mod names;
mod next_year;
mod notices;
mod origin;
mod problem;
mod register;
mod revisions;
mod roll;
mod scale;
mod settings;
mod share;
mod source;
mod spans;
mod syntax;
mod target;
mod together;
mod totals;
mod types;
mod voce;
mod when;
mod wording;
mod year_after;

pub use archive::{Archive, LastResult, LastYear, Origin, OriginOf};
pub use calendar::Calendar;
pub use compare::{Comparison, compare};
pub use compile::{DEFAULT_PLAN, add_waivers, read_plan, read_plan_with};
pub use decode::{Decoded, Encoding, Undecodable, decode};
pub use describe::{describe, to_json};
pub use domain::{
    ANSWERS, CAUSES, Domain, Limit, MONTHS, NO_WORDS, NOT_APPLICABLE, NOT_APPLICABLE_WORDS, Numbers,
    PLACEHOLDER_WORDS, Period, YES_WORDS, declared_month, silent_words,
};
pub use due::Standing;
pub use ids::Ids;
pub use levels::{Catalogue, Level, Override, Warrant};
pub use next_year::{NextYear, next_year};
pub use problem::PlanProblem;
pub use roll::Roll;
pub use settings::{Closing, Controls, Reopened, Thresholds, Waiver};
pub use spans::Spans;
pub use target::{
    OPEN as OPEN_TARGET, Operator, SecondCondition, Target, TargetError, TargetUnit, Threshold,
};
pub use together::{Backlog, Order, Pair, Part};
pub use totals::RunningTotal;
pub use types::{
    Action, Band, Column, Decision, Fixed, Hashes, Indicator, Milestone, Notice, Office, PerformanceUnit,
    Plan, Register, Revision, Role, Scheda, Scoring, Seat, Share, Summaries, Voce,
};
pub use wording::Partners;
pub use year_after::{speaks_of, year_after};
