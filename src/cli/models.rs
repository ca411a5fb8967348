//! `schede modelli`: the office workbooks, blank or with what was accepted so far.

use std::path::{Path, PathBuf};

use super::args::Modelli;
use super::exit::Exit;
use super::load::load_plan;
use super::speech::{Speech, Stop};
use super::{output, previous, terminal};
use crate::model::{OfficeId, count};
use crate::plan::{Office, Plan};
use crate::write::{History, history, office_file_name, office_workbook};

pub(super) fn run(args: &Modelli, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan(args.plan.piano.as_deref(), speech)?;
    let offices = chosen(&plan, &args.ufficio)?;
    output::named(&args.output, "-o").map_err(Stop::usage)?;
    output::make(&args.output).map_err(Stop::failed)?;
    let memory = previous::history(&plan, args.storico.as_deref())?;
    let mut workbooks = Vec::new();
    let mut past = Vec::new();
    for office in &offices {
        let own = memory.as_ref().map(|memory| history(&plan, memory, &office.id)).unwrap_or_default();
        let bytes = office_workbook(&plan, &office.id, &own.fill)
            .map_err(|error| Stop::failed(format!("{}: {error}", office.name)))?;
        past.extend(left(office, &own));
        workbooks.push((args.output.join(office_file_name(&plan, &office.id)), bytes));
    }
    if !args.sovrascrivi {
        refuse_overwriting(&workbooks)?;
    }
    for (path, bytes) in &workbooks {
        output::write(path, bytes, "-o").map_err(Stop::failed)?;
    }
    if args.quieto {
        return Ok(Exit::Done);
    }
    let written = count(offices.len(), "cartella di lavoro scritta", "cartelle di lavoro scritte");
    speech.say(format!("{written} in {}", terminal::path(&args.output)));
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
    ];
    let told = told.iter().filter(|(number, _)| *number > 0);
    let told: Vec<String> =
        told.map(|(number, why)| format!("{} ({why})", count(*number, "dato", "dati"))).collect();
    (!told.is_empty()).then(|| format!("  {}: non riportati {}.", office.id, told.join("; ")))
}

/// A workbook that an office may have filled is never replaced unasked.
fn refuse_overwriting(workbooks: &[(PathBuf, Vec<u8>)]) -> Result<(), Stop> {
    let differs = |path: &Path, bytes: &[u8]| std::fs::read(path).is_ok_and(|found| found != bytes);
    let filled: Vec<String> = workbooks
        .iter()
        .filter(|(path, bytes)| differs(path, bytes))
        .map(|(path, _)| terminal::path(path))
        .collect();
    if filled.is_empty() {
        return Ok(());
    }
    Err(Stop::failed(format!(
        "Ci sono già cartelle diverse dal modello in bianco, forse compilate; non ho scritto nulla:\n{}\n\
         Scegli un'altra cartella con -o, oppure aggiungi --sovrascrivi per perderne il contenuto.",
        filled.join("\n")
    )))
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
