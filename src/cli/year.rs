//! The folder of a year: `schede inizia`, `schede mese`, and `schede` alone.
//!
//! A convention over `modelli`, `consolida` and their paths, and nothing else: no state is kept, everything
//! can be made again, and a folder made by hand works as well.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{Consolida, Inizia, Mese, Modelli, WithPlan, WithWaivers};
use super::exit::Exit;
use super::load::{load_plan_with, plan_text, understand_plan};
use super::settings::WAIVERS;
use super::speech::{Speech, Stop};
use super::year_folder::{PLAN, RECEIVED, is_at, plan_of, strays};
use super::{consolidate, models, output, terminal};
use crate::model::{Month, YearMonth, count, join_it, sha256};
use crate::plan::Plan;
use crate::read::{RawWorkbook, is_temporary, read_issue};
use crate::recall::open_errors;
use crate::verify::{files_of, is_definitive, is_issue, plan_of as plan_of_issue, previous_of};

/// The blank workbooks.
const MODELS: &str = "modelli";
/// What was issued.
const ISSUED: &str = "consolidati";
/// What goes back to the offices, a folder for each month.
const RETURNS: &str = "ritorni";
/// The data for other programs, a folder for each month: where the year has it.
const DATA: &str = "dati";

/// `schede inizia CARTELLA`: the folder of a year.
pub(super) fn begin(args: &Inizia, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let text = plan_text(args.plan.piano.as_deref(), speech)?;
    let plan = understand_plan(args.plan.piano.as_deref(), &text)?;
    let folder = &args.cartella;
    if fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) || folder.is_file() {
        let name = terminal::path(folder);
        return Err(Stop::usage(format!(
            "«{name}» c'è già e non è vuota: dai il nome di una cartella nuova."
        )));
    }
    output::named(folder, "CARTELLA").map_err(Stop::usage)?;
    if let Some(year) = other_year(folder, &plan) {
        let piano = args.plan.piano.as_deref().map_or_else(|| "incluso nel programma".to_owned(), quoted);
        return Err(Stop::usage(format!(
            "«{}» ha il nome del {year}, ma il piano {piano} è del {}. Fai il piano del {year} con «schede piano \
             nuovo-anno», poi «schede inizia {year} --piano PIANO»; oppure dai alla cartella un altro nome.",
            terminal::path(folder),
            plan.year
        )));
    }
    output::make(folder).map_err(Stop::failed)?;
    for place in [ISSUED, RETURNS] {
        output::make(&folder.join(place)).map_err(Stop::failed)?;
    }
    for month in Month::all() {
        output::make(&folder.join(RECEIVED).join(plan.month(month).to_string())).map_err(Stop::failed)?;
    }
    output::write(&folder.join(PLAN), text.as_bytes(), "CARTELLA").map_err(Stop::failed)?;
    let models = Modelli {
        plan: WithPlan { piano: Some(folder.join(PLAN)) },
        ufficio: Vec::new(),
        storico: None,
        anno_precedente: Year(folder).last_year(&plan).filter(|_| plan.origins().count() > 0),
        output: folder.join(MODELS),
        sovrascrivi: false,
        quieto: true,
    };
    models::run(&models, speech)?;
    speech.say(format!(
        "L'anno {} è pronto in {}: il piano, {} in «{MODELS}», una cartella per mese in «{RECEIVED}».\n\
         Invia i modelli agli uffici; quando tornano mettili nella cartella del mese e trascinala sul programma, oppure, \
         da dentro la cartella dell'anno, scrivi «schede mese».",
        plan.year,
        terminal::path(folder),
        count(plan.offices.len(), "modello", "modelli")
    ));
    Ok(Exit::Done)
}

/// The year of which a folder has the name, when it is not that of the plan.
fn other_year(folder: &Path, plan: &Plan) -> Option<i32> {
    let name = folder.file_name()?.to_str()?;
    let year = name.parse().ok().filter(|_| name.len() == 4)?;
    (year != plan.year).then_some(year)
}

/// The folder of a year; of the current one, an empty path.
struct Year<'p>(&'p Path);

impl Year<'_> {
    fn plan(&self, speech: &mut Speech<'_>) -> Result<Plan, Stop> {
        if is_at(self.0) {
            let own = WithPlan { piano: Some(plan_of(self.0)) };
            return load_plan_with(&own, None, &[], speech);
        }
        Err(Stop::usage(format!(
            "Qui non c'è un anno: mancano «{PLAN}» e «{RECEIVED}». Entra nella cartella dell'anno, oppure creala con \
             «schede inizia CARTELLA»."
        )))
    }

    fn of_month(&self, place: &str, month: YearMonth) -> PathBuf {
        self.0.join(place).join(month.to_string())
    }

    fn issue(&self, month: YearMonth) -> PathBuf {
        self.0.join(ISSUED).join(format!("consolidato-{month}.xlsx"))
    }

    fn final_issue(&self, plan: &Plan) -> PathBuf {
        self.0.join(ISSUED).join(format!("consolidato-{}-definitivo.xlsx", plan.year))
    }

    /// The final issue of the year before: among those of this year, or in the year's own folder beside this
    /// one.
    fn last_year(&self, plan: &Plan) -> Option<PathBuf> {
        let year = plan.year - 1;
        let name = format!("consolidato-{year}-definitivo.xlsx");
        let beside = self.0.join("..").join(year.to_string()).join(ISSUED);
        [self.0.join(ISSUED), beside].map(|folder| folder.join(&name)).into_iter().find(|path| path.is_file())
    }

    /// What `schede` alone says of the year before: what it is compared with, or that it lacks.
    fn last_year_words(&self, plan: &Plan) -> Option<String> {
        match self.last_year(plan) {
            Some(path) => Some(format!("  Anno prima: {}", terminal::path(&path))),
            None if plan.origins().count() == 0 => None,
            None => Some(format!(
                "  Anno prima: manca. Metti in «{ISSUED}» consolidato-{}-definitivo.xlsx: dà i dati di partenza.",
                plan.year - 1
            )),
        }
    }

    /// How many files came for a month.
    fn received(&self, month: YearMonth) -> usize {
        self.files(month).count()
    }

    /// The files that came for a month: hidden and temporary ones are none.
    fn files(&self, month: YearMonth) -> impl Iterator<Item = PathBuf> {
        let inside = fs::read_dir(self.of_month(RECEIVED, month)).into_iter().flatten().flatten();
        inside
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            .filter(|entry| entry.file_name().to_str().is_none_or(|name| !is_temporary(name)))
            .map(|entry| entry.path())
    }

    /// What of the files of a month is not what its issue was made from: came since, changed, gone.
    fn since(&self, month: YearMonth, issue: &RawWorkbook) -> Option<String> {
        let mut known = files_of(issue);
        let (mut new, mut changed) = (0, 0);
        for path in self.files(month) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let hashes = known.remove(&name);
            let same =
                |hashes: &Vec<String>| fs::read(&path).is_ok_and(|bytes| hashes.contains(&sha256(bytes)));
            match &hashes {
                Some(hashes) if same(hashes) => {}
                Some(_) => changed += 1,
                // A consolidated workbook, or a list of derogations, is no office's file.
                None if name.eq_ignore_ascii_case(WAIVERS) => {}
                None if read_issue(&path).content.is_ok_and(|book| is_issue(&book)) => {}
                None => new += 1,
            }
        }
        let gone = known.keys().filter(|name| !is_temporary(name) && !name.is_empty()).count();
        let parts = [(new, "nuovo", "nuovi"), (changed, "cambiato", "cambiati"), (gone, "tolto", "tolti")];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| count(number, one, many))
            .collect();
        (!told.is_empty()).then(|| join_it(&told))
    }
}

/// `schede mese`: the job of a month, with the paths of the year's folder.
pub(super) fn month(args: &Mese, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let year = Year(&args.anno);
    let plan = year.plan(speech)?;
    let newest = || plan_months(&plan).rev().find(|month| year.received(*month) > 0);
    let Some(month) = args.mese.or_else(newest) else {
        return Err(Stop::usage(format!(
            "In «{RECEIVED}» non c'è ancora nessun file: mettili nella cartella del loro mese, per esempio «{}».",
            terminal::path(&year.of_month(RECEIVED, plan.month(Month::JANUARY)))
        )));
    };
    let own = Consolida {
        plan: WithPlan { piano: Some(plan_of(&args.anno)) },
        deroghe: WithWaivers { deroghe: None },
        inputs: vec![year.of_month(RECEIVED, month)],
        mese: Some(month),
        precedente: plan_months(&plan)
            .rev()
            .filter(|own| *own < month)
            .map(|own| year.issue(own))
            .find(|path| path.is_file()),
        anno_precedente: year.last_year(&plan),
        output: Some(if args.definitivo { year.final_issue(&plan) } else { year.issue(month) }),
        beside: None,
        json: None,
        ritorni: Some(year.of_month(RETURNS, month)),
        dati: args.anno.join(DATA).is_dir().then(|| year.of_month(DATA, month)),
        stampa: None,
        definitivo: args.definitivo,
        sovrascrivi: args.sovrascrivi,
        rigoroso: false,
        quieto: args.quieto,
    };
    let later = plan_months(&plan).find(|own| *own > month && year.issue(*own).is_file());
    if let Some(later) = later.filter(|_| !args.definitivo) {
        speech.wrong(format!(
            "Il consolidato di {} è fatto dopo quello di {} com'era finora: poi rifai anche quello, e i seguenti.",
            later.in_words(),
            month.in_words()
        ));
    }
    output::make(&args.anno.join(ISSUED)).map_err(Stop::failed)?;
    output::make(&args.anno.join(RETURNS)).map_err(Stop::failed)?;
    if !args.quieto {
        speech.say(command(&own));
    }
    consolidate::run(&own, speech)
}

/// The same job, as it is asked for without the folder.
fn command(own: &Consolida) -> String {
    let mut words = vec!["schede consolida".to_owned()];
    words.extend(own.inputs.iter().map(|path| quoted(path)));
    words.extend(own.mese.map(|month| format!("--mese {month}")));
    let mut named = |option: &str, path: &Option<PathBuf>| {
        words.extend(path.as_ref().map(|path| format!("{option} {}", quoted(path))));
    };
    named("--piano", &own.plan.piano);
    named("--precedente", &own.precedente);
    named("--anno-precedente", &own.anno_precedente);
    named("-o", &own.output);
    named("--ritorni", &own.ritorni);
    named("--dati", &own.dati);
    if own.definitivo {
        words.push("--definitivo".to_owned());
    }
    words.join(" ")
}

/// A path as one word of a command line, here and on Windows.
fn quoted(path: &Path) -> String {
    let path = terminal::path(path);
    if path.contains([' ', '&', '(', ')', '\'', ';']) { format!("\"{path}\"") } else { path }
}

fn plan_months(plan: &Plan) -> impl DoubleEndedIterator<Item = YearMonth> {
    Month::all().map(|month| plan.month(month))
}

/// `schede` alone: where the year stands, and what is next.
pub(super) fn status(folder: &Path, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let year = Year(folder);
    let plan = year.plan(speech)?;
    let mut lines = vec![format!("{} · anno {}", terminal::clean(&plan.ente), plan.year)];
    lines.extend(year.last_year_words(&plan));
    lines.extend(year.strays_words(&plan));
    let months = year.standings(&plan);
    lines.extend(months.iter().map(Standing::words));
    let closed = year.final_issue(&plan);
    let next =
        months.iter().find(|own| own.to_do).map(|own| match own.month.closes_year() && closed.is_file() {
            true => "«schede mese --definitivo» rifà l'emissione definitiva".to_owned(),
            false => format!("«schede mese {}» fa il consolidato di {}", own.month, own.month.in_words()),
        });
    if closed.is_file() {
        lines.push(format!("  L'anno è chiuso: {}", terminal::path(&closed)));
    }
    lines.push(match next {
        Some(next) => format!("Prossimo passo: {next}."),
        None if closed.is_file() => format!(
            "Prossimo passo: il piano {}, con «schede piano nuovo-anno --piano {} --da {} -o …».",
            plan.year + 1,
            quoted(&plan_of(folder)),
            quoted(&closed)
        ),
        None if months.last().is_some_and(|own| own.errors > 0 && own.month.closes_year()) => {
            "Prossimo passo: in «Attestazione» del consolidato di dicembre c'è che cosa resta aperto; poi «schede mese --definitivo» \
             fa l'emissione definitiva."
                .to_owned()
        }
        None if year.issue(plan.month(Month::DECEMBER)).is_file() => {
            "Prossimo passo: «schede mese --definitivo» fa l'emissione definitiva.".to_owned()
        }
        None => {
            format!("Prossimo passo: metti i file degli uffici nella cartella del loro mese in «{RECEIVED}».")
        }
    });
    speech.say(lines.join("\n"));
    Ok(Exit::Done)
}

/// Where a month of the year stands.
struct Standing {
    month: YearMonth,
    files: usize,
    awaited: usize,
    /// What became of its issue, in words.
    state: String,
    /// Whether it is to be made.
    to_do: bool,
    /// How many errors are open in the issue, where it is the last one.
    errors: usize,
}

impl Standing {
    fn words(&self) -> String {
        let missing =
            if self.files >= self.awaited { String::new() } else { format!(" su {}", self.awaited) };
        format!("  {:<11}{:>3} file{missing:<7} · {}", self.month.month.name(), self.files, self.state)
    }
}

impl Year<'_> {
    /// The months from the first to the last one of which there is something, in order.
    fn standings(&self, plan: &Plan) -> Vec<Standing> {
        let there = |month: &YearMonth| self.received(*month) > 0 || self.issue(*month).is_file();
        let Some(last) = plan_months(plan).rev().find(there) else { return Vec::new() };
        let mut before: Option<(YearMonth, String)> = None;
        let mut all = Vec::new();
        // Who begins in June has left nothing out before.
        let begun = plan_months(plan).skip_while(|month| !there(month));
        for month in begun.take_while(|month| *month <= last) {
            let (files, path) = (self.received(month), self.issue(month));
            let (state, to_do) = match there(&month) {
                true => self
                    .of_the_final(plan, month, before.as_ref())
                    .unwrap_or_else(|| self.state(month, before.as_ref())),
                false => (format!("saltato: nessun file in «{RECEIVED}»"), false),
            };
            if path.is_file() {
                before = Some((month, read_issue(&path).sha256));
            }
            all.push(Standing { month, files, awaited: plan.awaited(month.month), state, to_do, errors: 0 });
        }
        self.tell_of_the_last(plan, &mut all);
        all
    }

    /// What is still to be done of the last issue: its errors, and whether its plan is another one. Those of
    /// before stay as they are.
    fn tell_of_the_last(&self, plan: &Plan, all: &mut [Standing]) {
        let last = all.iter_mut().rev().find(|own| self.issue(own.month).is_file());
        let closed = self.final_issue(plan).is_file();
        let Some(own) = last.filter(|own| !(own.to_do || closed && own.month.closes_year())) else { return };
        let Ok(book) = read_issue(&self.issue(own.month)).content else { return };
        if let Some(errors) = open_errors(&book).filter(|errors| *errors > 0) {
            own.errors = errors;
            own.state.push_str(&format!(", con {}", count(errors, "errore aperto", "errori aperti")));
        }
        let plan = &plan.at(own.month.month).sha256_whole;
        if plan_of_issue(&book).is_some_and(|then| then != *plan) {
            own.state.push_str(
                "; da allora il piano o le deroghe sono cambiati: se riguarda questo mese, rifallo",
            );
        }
    }

    /// What lies out of place among the files received.
    fn strays_words(&self, plan: &Plan) -> Option<String> {
        let strays = strays(self.0, |month| month.year == plan.year);
        let names: Vec<String> =
            strays.iter().map(|name| format!("«{}»", terminal::path(Path::new(name)))).collect();
        (!names.is_empty()).then(|| {
            format!(
                "  Fuori posto in «{RECEIVED}», e non si legge: {}. I file stanno nella cartella del loro mese, come {}.",
                join_it(&names),
                plan.month(Month::JANUARY)
            )
        })
    }

    /// Where the month that the final issue closes stands, and whether that is to be made again; `None` of
    /// the other months, and while there is none.
    fn of_the_final(
        &self,
        plan: &Plan,
        month: YearMonth,
        before: Option<&(YearMonth, String)>,
    ) -> Option<(String, bool)> {
        let path = self.final_issue(plan);
        let book = read_issue(&path).content.ok().filter(|_| month.closes_year() && path.is_file())?;
        let state = "chiuso dall'emissione definitiva".to_owned();
        let other = before.zip(previous_of(&book)).filter(|((_, hash), named)| hash != named);
        Some(match (self.since(month, &book), other) {
            (Some(files), _) => (format!("{state}, ma da allora fra i file: {files}: va rifatta"), true),
            (None, Some(((before, _), _))) => {
                (format!("{state}, ma con un altro consolidato di {}: va rifatta", before.month), true)
            }
            (None, None) => (state, false),
        })
    }

    /// Where the issue of a month stands, and whether it is to be made.
    fn state(&self, month: YearMonth, before: Option<&(YearMonth, String)>) -> (String, bool) {
        let path = self.issue(month);
        if !path.is_file() {
            return ("da consolidare".to_owned(), true);
        }
        let Ok(book) = read_issue(&path).content else {
            return (format!("{} non si legge: va rifatto", terminal::path(&path)), true);
        };
        let made = if is_definitive(&book) { "definitivo" } else { "consolidato" };
        if let Some(files) = self.since(month, &book) {
            return (format!("{made}, ma da allora fra i file: {files}: va rifatto"), true);
        }
        let named = previous_of(&book);
        match (before, named) {
            (Some((month, hash)), Some(named)) if *hash != named => {
                (format!("{made}, ma con un altro consolidato di {}: va rifatto", month.month), true)
            }
            (Some((month, _)), None) => (format!("{made}, senza quello di {}", month.month), false),
            _ => (made.to_owned(), false),
        }
    }
}
