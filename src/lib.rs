//! The engine of `schede`: from a year's plan to the offices' workbooks and back to one consolidated
//! workbook.
//!
//! The rooms, in the order in which a workbook visits them. Doors are one-way: a room names those above it,
//! never those below (`tests/suite/architecture/` sees to it).
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`model`] | | exact numbers, months, keys, places, findings: what every room speaks |
//! | [`excel`] | | the language of spreadsheets: places, formula trees, their text and what they give, days as numbers |
//! | [`package`] | bytes of a package | its parts, bounded, as trees or in one pass; the only room that names zip and quick-xml |
//! | [`formula`] | a formula's text | a bound expression with its unit and time nature; its exact value |
//! | [`plan`] | the plan file | a complete, checked [`plan::Plan`], or all its mistakes at once |
//! | [`read`] | files | [`read::RawWorkbook`], or why a file is refused; the only room that names calamine |
//! | [`interpret`] | raw cells | [`interpret::Submission`]: entries found by key, with state and place |
//! | [`intake`] | paths of files | each read and recognised, on all the cores, in their order |
//! | [`admit`] | submissions, findings | [`admit::Admitted`]: the one place where findings decide what counts |
//! | [`compute`] | admitted entries | [`compute::Measure`]: months, then offices, then the formula once |
//! | [`aggregate`] | measures | [`aggregate::Consolidation`]: degrees, outcomes, totals |
//! | [`live`] | a formula of the plan, where its terms stand | the formula of a sheet |
//! | [`memory`] | the month before, what came now | what changed in it, and what each change is worth |
//! | [`check`] | facts | findings and their account; the only room that makes findings |
//! | [`impact`] | what counts, results, findings | what each finding could change, by computing again |
//! | [`pipeline`] | all of the above | the whole road on one screen |
//! | [`certify`] | facts and findings | what may be issued, what must be verified: obstacles, the sample |
//! | [`reply`] | facts and findings | what goes back to each office: points to mend, letters, receipts |
//! | [`book`] | | what sheets are made of: cells, tables, paper; formulas computed over them |
//! | [`report`] | facts and findings | plain tables: order, columns, words; the JSON |
//! | [`tabular`] | facts and findings | the month as tables with their description: a Tabular Data Package |
//! | [`mod@write`] | tables, the plan | xlsx bytes; the only room that names rust_xlsxwriter |
//! | [`proof`] | everything about a month | the workbook, proven by the engine's checks on itself |
//! | [`verify`] | an issued workbook and the one made again | every difference, cell by cell |
//! | [`recall`] | an issued workbook | the month before, as the next one remembers it |
//! | [`trial`] | pages, files | faults planted in copies of files, and what the checks say of them |
//! | [`cli`] | a command line | words on the terminal, files, an exit code |
//!
//! Wrong content is never an `Err`: it is a fact, then a finding. Only the two ends can fail, when the world
//! refuses: a file that cannot be read, an output that cannot be written.

pub mod admit;
pub mod aggregate;
pub mod book;
pub mod certify;
pub mod check;
pub mod cli;
pub mod compute;
pub mod excel;
pub mod formula;
pub mod impact;
pub mod intake;
pub mod interpret;
pub mod live;
pub mod memory;
pub mod model;
pub mod package;
pub mod pipeline;
pub mod plan;
pub mod proof;
pub mod read;
pub mod recall;
pub mod reply;
pub mod report;
pub mod tabular;
pub mod trial;
pub mod verify;
pub mod write;
