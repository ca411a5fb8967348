//! `schede modelli`: the office workbooks, blank or with what was accepted so far.

use std::path::{Path, PathBuf};

use super::args::Modelli;
use super::exit::Exit;
use super::load::load_plan;
use super::progress::Progress;
use super::speech::{Speech, Stop};
use super::{last_year, output, previous, terminal};
use crate::intake::on_all_cores;
use crate::memory::Memory;
use crate::model::{OfficeId, count};
use crate::plan::{Office, Plan, Threshold};
use crate::write::{History, history, office_file_name, office_workbook};

pub(super) fn run(args: &Modelli, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan(args.plan.piano.as_deref(), speech)?;
    let plan = last_year::with(plan, args.anno_precedente.as_deref())?;
    let offices = chosen(&plan, &args.ufficio)?;
    output::named(&args.output, "-o").map_err(Stop::usage)?;
    let memory = previous::history(&plan, args.storico.as_deref())?;
    output::make(&args.output).map_err(Stop::failed)?;
    let desk = Desk { plan: &plan, memory: memory.as_ref(), folder: &args.output };
    if !args.sovrascrivi {
        desk.refuse_overwriting(&offices)?;
    }
    let past = desk.write(&offices, &mut Progress::new(args.quieto))?;
    if args.quieto {
        return Ok(Exit::Done);
    }
    let written = count(offices.len(), "cartella di lavoro scritta", "cartelle di lavoro scritte");
    speech.say(format!("{written} in {}", terminal::path(&args.output)));
    let open = plan.indicators().filter(|own| own.target.threshold == Threshold::Open).count();
    if open > 0 {
        speech.wrong(format!(
            "Nel piano {}: i modelli lo dicono, e finché lo restano non si giudica niente.",
            count(open, "target è ancora da decidere", "target sono ancora da decidere")
        ));
    }
    match last_year::taken(&plan) {
        Some(words) => speech.say(words),
        None => last_year::tell_missing(&plan, speech),
    }
    previous::tell_strangers(&plan, memory.as_ref(), speech);
    previous::tell_lost(memory.as_ref(), speech);
    if let Some(memory) = &memory {
        speech.say(format!("Hanno già i dati accettati nel consolidato di {}.", memory.month.in_words()));
        past.iter().for_each(|line| speech.say(terminal::clean(line)));
    }
    speech.say("Inviale agli uffici: ogni mese compilano una colonna e le rimandano.");
    Ok(Exit::Done)
}

/// What of the past is not in the new workbook of an office.
fn left(office: &Office, own: &History) -> Option<String> {
    let told = [
        (own.left_out, "un controllo li teneva fuori, o non si leggono: da scrivere di nuovo"),
        (own.homeless, "nel piano di adesso non hanno una casella"),
        (
            own.of_others,
            "per il piano ne rispondono altri in tutto l'anno: se erano suoi fino a un mese, scrivi nel piano dal e al",
        ),
    ];
    let told = told.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> =
        told.map(|(number, why)| format!("{} ({why})", count(*number, "dato", "dati"))).collect();
    (!told.is_empty()).then(|| format!("  {}: da riportare restano {}.", office.id, told.join("; ")))
}

/// What the workbooks are made of, and where they go.
struct Desk<'d> {
    plan: &'d Plan,
    /// What was accepted so far.
    memory: Option<&'d Memory>,
    folder: &'d Path,
}

impl Desk<'_> {
    fn place(&self, office: &Office) -> PathBuf {
        self.folder.join(office_file_name(self.plan, &office.id))
    }

    /// The workbook of an office, and what of the past is not in it.
    fn made(&self, office: &Office) -> Result<(Vec<u8>, Option<String>), Stop> {
        let own = self.memory.map(|memory| history(self.plan, memory, &office.id)).unwrap_or_default();
        let bytes = office_workbook(self.plan, &office.id, &own.fill)
            .map_err(|error| Stop::failed(format!("{}: {error}", office.name)))?;
        Ok((bytes, left(office, &own)))
    }

    /// Makes the workbooks on all the cores, each written as soon as it is made; what of the past is not in
    /// them, in the plan's order.
    fn write<'o>(&self, offices: &[&'o Office], progress: &mut Progress) -> Result<Vec<String>, Stop> {
        output::sweep(self.folder);
        let one = |office: &&Office| {
            let (bytes, left) = self.made(office)?;
            output::put(&self.place(office), &bytes, "-o").map_err(Stop::failed)?;
            Ok(left)
        };
        let named = |office: &&'o Office| (office.id.as_str(), one(office));
        let written = on_all_cores(offices, named, &mut |done, told: &(&str, _)| {
            progress.step("Scrittura", (done, offices.len()), told.0);
        });
        progress.end();
        let past: Result<Vec<Option<String>>, Stop> = written.into_iter().map(|(_, past)| past).collect();
        Ok(past?.into_iter().flatten().collect())
    }

    /// A workbook that an office may have filled is never replaced unasked: of those that are there already
    /// each must be as it would be written.
    fn refuse_overwriting(&self, offices: &[&Office]) -> Result<(), Stop> {
        let there: Vec<&Office> =
            offices.iter().copied().filter(|office| self.place(office).exists()).collect();
        let differs = |office: &&Office| {
            let (bytes, _) = self.made(office)?;
            let found = std::fs::read(self.place(office));
            Ok(found.is_ok_and(|found| found != bytes).then(|| terminal::path(&self.place(office))))
        };
        let differing = on_all_cores(&there, differs, &mut |_, _| ());
        let filled: Vec<Option<String>> = differing.into_iter().collect::<Result<_, Stop>>()?;
        let filled: Vec<String> = filled.into_iter().flatten().collect();
        if filled.is_empty() {
            return Ok(());
        }
        Err(Stop::failed(format!(
            "Ci sono già cartelle diverse dal modello in bianco, forse compilate; non ho scritto nulla:\n{}\n\
             Scegli un'altra cartella con -o, oppure aggiungi --sovrascrivi per perderne il contenuto.",
            filled.join("\n")
        )))
    }
}

fn chosen<'p>(plan: &'p Plan, wanted: &[String]) -> Result<Vec<&'p Office>, Stop> {
    if wanted.is_empty() {
        return Ok(plan.offices.iter().collect());
    }
    wanted
        .iter()
        .map(|id| {
            plan.office(&OfficeId::new(id.as_str())).ok_or_else(|| {
                let ids: Vec<&str> = plan.offices.iter().map(|office| office.id.as_str()).collect();
                Stop::usage(format!("L'ufficio «{id}» non è nel piano. Gli uffici sono: {}.", ids.join(", ")))
            })
        })
        .collect()
}
