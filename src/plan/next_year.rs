//! Next year's plan from this one's text: dates and names moved on, baselines where they come from, targets
//! left open, and a list of what somebody has to decide or to read.
//!
//! Line by line, so that comments and order stay: the text is somebody's. What was decided during the year
//! does not go over. What cannot be moved without making it false (a figure, a source, a reading) stays, and
//! is listed.

use std::collections::BTreeMap;

use super::target::OPEN;
use super::types::{Indicator, Office, Plan, Role, Voce};
use super::year_after::{speaks_of, year_after};
use crate::model::{IndicatorCode, OfficeId};

/// Next year's plan, as text, and what it leaves to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextYear {
    /// The text.
    pub text: String,
    /// What has to be decided: the line of the new text, and what.
    pub open: Vec<(usize, String)>,
    /// What speaks of the old year and was left: the line of the new text, and its words.
    pub left: Vec<(usize, String)>,
    /// What was not carried over, in words.
    pub dropped: Vec<String>,
    /// How many lines were moved on by a year.
    pub moved: usize,
}

/// What begins a comment that this program writes.
const MARK: &str = "# DA DECIDERE:";

/// The comment over what speaks of a year gone by.
const AGAIN: &str = "# DA RILEGGERE: parla ancora di un anno passato.";

/// The tables of what was decided during the year.
const OF_THE_YEAR: [&str; 5] = ["decisioni", "revisioni", "deroghe", "chiusure", "chiusure.riaperture"];

/// The fields that speak of the year of what is measured: they move on with it. Texts as printed do not: they
/// are those of a document.
const MOVING: [&str; 10] = [
    "chiave",
    "etichetta",
    "guida",
    "formula",
    "parte_di",
    "identita",
    "data_evento",
    "periodo",
    "data",
    "seconda_condizione",
];

/// The text of next year's plan; `results` says in words what each indicator gave.
pub fn next_year(
    text: &str,
    plan: &Plan,
    source: &str,
    results: &BTreeMap<IndicatorCode, String>,
) -> NextYear {
    let mut writer = Writer {
        plan,
        results,
        lines: Vec::new(),
        open: Vec::new(),
        left: Vec::new(),
        dropped: BTreeMap::new(),
        moved: 0,
        table: String::new(),
        code: String::new(),
        voce: String::new(),
        drops: false,
        given: false,
        merged: None,
    };
    writer.head(source);
    let items = items(text);
    for (place, item) in items.iter().enumerate() {
        if item.first().is_some_and(|line| line.trim_start().starts_with('[')) {
            writer.begins(items.get(place + 1..).unwrap_or_default());
        }
        writer.item(item);
    }
    writer.end()
}

/// The lines of a text, those of one field together.
fn items(text: &str) -> Vec<Vec<&str>> {
    let mut rest = text.lines();
    let mut items = Vec::new();
    while let Some(first) = rest.next() {
        let mut item = vec![first];
        while !is_whole(&item) {
            let Some(next) = rest.next() else { break };
            item.push(next);
        }
        items.push(item);
    }
    items
}

/// The word that a field of the table at hand is given: `codice`, `chiave`.
fn named(table: &[Vec<&str>], key: &str) -> Option<String> {
    let own =
        table.iter().take_while(|item| !item.first().is_some_and(|line| line.trim_start().starts_with('[')));
    let value = own.filter_map(|item| item.first()?.split_once('=')).find(|(name, _)| name.trim() == key)?.1;
    let value = value.trim();
    let quote = value.chars().next().filter(|letter| ['"', '\''].contains(letter))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}

/// Whether a field written on several lines is all there: its quotes and brackets are closed.
fn is_whole(lines: &[&str]) -> bool {
    let first = lines.first().map_or("", |line| line.trim_start());
    if first.starts_with('#') || first.starts_with('[') || !first.contains('=') {
        return true;
    }
    let mut depth = 0_i32;
    let mut quote: Option<&str> = None;
    let all = lines.join("\n");
    let mut rest = all.as_str();
    while !rest.is_empty() {
        let step = match quote {
            Some(own) if rest.starts_with(own) => {
                quote = None;
                own.len()
            }
            Some(own) if own.starts_with('"') && rest.starts_with('\\') => {
                1 + rest.chars().nth(1).map_or(0, char::len_utf8)
            }
            None => match ["\"\"\"", "'''", "\"", "'"].into_iter().find(|own| rest.starts_with(own)) {
                Some(own) => {
                    quote = Some(own);
                    own.len()
                }
                None if rest.starts_with('#') => rest.find('\n').unwrap_or(rest.len()),
                None => {
                    depth +=
                        i32::from(rest.starts_with(['[', '{'])) - i32::from(rest.starts_with([']', '}']));
                    rest.chars().next().map_or(1, char::len_utf8)
                }
            },
            Some(_) => rest.chars().next().map_or(1, char::len_utf8),
        };
        rest = rest.get(step..).unwrap_or_default();
    }
    quote.is_none() && depth <= 0
}

struct Writer<'a> {
    plan: &'a Plan,
    results: &'a BTreeMap<IndicatorCode, String>,
    lines: Vec<String>,
    open: Vec<(usize, String)>,
    left: Vec<(usize, String)>,
    dropped: BTreeMap<String, usize>,
    moved: usize,
    /// The table in which the text stands.
    table: String,
    /// The code of its indicator.
    code: String,
    /// The name of its voce.
    voce: String,
    /// Whether the table is left out.
    drops: bool,
    /// Whether the voce has a value given by the plan: its words are of the year of that value.
    given: bool,
    /// The office whose table begins, when it was merged into another.
    merged: Option<&'a Office>,
}

impl Writer<'_> {
    fn head(&mut self, source: &str) {
        let year = self.plan.year;
        for line in [
            format!(
                "# Bozza del piano {}, fatta con «schede piano nuovo-anno» dal piano {year} e da:",
                year + 1
            ),
            format!("# {source}."),
            format!(
                "# Cerca «{}»: finché un target è «{OPEN}» non si giudica niente e non si emette il definitivo.",
                MARK.trim_start_matches("# ")
            ),
            "# I commenti che seguono sono quelli del piano di prima.".to_owned(),
            String::new(),
        ] {
            self.lines.push(line);
        }
    }

    fn item(&mut self, item: &[&str]) {
        let Some(first) = item.first() else { return };
        let line = first.trim();
        if line.starts_with('[') {
            return self.header(line, item);
        }
        let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            return self.comment(first);
        };
        if self.drops {
            return;
        }
        match (self.table.as_str(), key.trim()) {
            ("", "anno") => {
                self.put(&first.replacen(&self.plan.year.to_string(), &(self.plan.year + 1).to_string(), 1))
            }
            ("", "delibera") => {
                self.put("delibera = \"\"");
                self.decide("gli estremi dell'atto che approva il piano nuovo");
            }
            ("", "versione") => self.put("versione = \"1\""),
            (table, "target") if table.ends_with("indicatori") => self.target(),
            (table, "ruolo") if table.ends_with("voci") => self.role(item),
            (table, "tempo") if table.ends_with("voci") => self.opening(item),
            // How a stock opens comes from the same voce again, a year later.
            (table, "origine") if table.ends_with("voci") && !self.is_baseline() => {
                let year = self.plan.year;
                self.moved += 1;
                item.iter().for_each(|line| self.put(&year_after(line, year - 1)));
            }
            (table, "origine" | "anno_precedente") if table.ends_with("voci") => {
                self.drop(key.trim());
            }
            (table, "valore" | "fonte") if table.ends_with("voci") && self.is_baseline() => {
                self.drop(key.trim())
            }
            (table, "dal" | "al" | "confluisce_in")
                if table.ends_with("uffici") || table.ends_with("indicatori") || table.ends_with("voci") =>
            {
                self.time(key.trim(), line);
            }
            (_, "uffici") => self.assignments(item),
            (_, key) => self.other(key, item),
        }
    }

    /// A line that gives no field stays as it is; one that speaks of a year gone by is listed.
    fn comment(&mut self, line: &str) {
        self.put(line);
        if speaks_of(line, self.plan.year) {
            self.left.push((self.lines.len(), one_line(line)));
        }
    }

    /// A table begins: of what it is, whatever the order of its fields.
    fn begins(&mut self, fields: &[Vec<&str>]) {
        if let Some(code) = named(fields, "codice") {
            self.code = code;
        }
        self.voce = named(fields, "chiave").unwrap_or_default();
        self.given = self.own_voce().is_some_and(|voce| voce.fixed.is_some()) && !self.is_baseline();
        let id = named(fields, "id").map(OfficeId::new);
        self.merged = id.and_then(|id| self.plan.office(&id)).filter(|own| own.merges_into.is_some());
    }

    fn header(&mut self, line: &str, item: &[&str]) {
        let name: String = line.trim_start_matches('[').chars().take_while(|letter| *letter != ']').collect();
        self.table = name.trim().to_owned();
        self.drops = OF_THE_YEAR.contains(&self.table.as_str());
        if let Some((office, into)) = self.merged_office() {
            self.put(&format!("# L'ufficio {office} è confluito in {into} nel {}.", self.plan.year));
            self.drop("uffici confluiti in un altro");
            self.drops = true;
            return;
        }
        if self.drops {
            *self.dropped.entry(format!("[{}]", self.table)).or_default() += 1;
            return;
        }
        self.lines.extend(item.iter().map(|line| (*line).to_owned()));
    }

    /// The office whose table begins, with the one into which it was merged.
    fn merged_office(&self) -> Option<(OfficeId, OfficeId)> {
        let own = self.merged.filter(|_| self.table == "uffici")?;
        Some((own.id.clone(), own.merges_into.clone()?))
    }

    fn put(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }

    fn drop(&mut self, what: &str) {
        *self.dropped.entry(what.to_owned()).or_default() += 1;
    }

    /// Says what has to be decided, at the line just written.
    fn decide(&mut self, what: &str) {
        self.open.push((self.lines.len(), what.to_owned()));
    }

    fn indicator(&self) -> Option<&Indicator> {
        self.plan.indicators().find(|own| own.code.as_str() == self.code)
    }

    fn own_voce(&self) -> Option<&Voce> {
        self.indicator()?.voci.iter().find(|own| own.key.name() == self.voce)
    }

    fn is_baseline(&self) -> bool {
        self.own_voce().is_some_and(|voce| voce.role == Role::Baseline)
    }

    fn target(&mut self) {
        let Some(indicator) = self.indicator() else { return };
        let (code, year) = (indicator.code.clone(), self.plan.year);
        let printed = indicator.target.printed.clone();
        let result = self.results.get(&code).map_or_else(|| "nessun risultato".to_owned(), Clone::clone);
        self.put(&format!(
            "{MARK} il target di {code}. Nel {year} era «{}», e il risultato: {result}.",
            one_line(&printed)
        ));
        self.put(&format!("target = {}", toml_text(&format!("{OPEN}; nel {year}: {printed}"))));
        self.decide(&format!(
            "il target di {code} (nel {year} era «{}», risultato: {result})",
            one_line(&printed)
        ));
    }

    /// A baseline comes from last year's result, or from a total of then.
    fn role(&mut self, item: &[&str]) {
        item.iter().for_each(|line| self.put(line));
        if !self.is_baseline() {
            return;
        }
        let year = self.plan.year;
        match self.origin() {
            Some(origin) => self.put(&format!("origine = {{ anno = {year}, {origin} }}")),
            None => {
                self.put(&format!(
                    "{MARK} da dove viene questo dato: origine = {{ anno = {year}, voce = \"…\" }}"
                ));
                self.decide(&format!("da dove viene «{}» di {}", year_after(&self.voce, year), self.code));
            }
        }
    }

    /// A stock that is worked off opens where it was closed.
    fn opening(&mut self, item: &[&str]) {
        item.iter().for_each(|line| self.put(line));
        let Some(voce) = self.own_voce().filter(|voce| voce.origin.is_none() && voce.fixed.is_none()) else {
            return;
        };
        let backlog = self.indicator().and_then(Indicator::backlog);
        if backlog.is_some_and(|backlog| backlog.opening.key == voce.key) {
            let (year, key) = (self.plan.year, voce.key.clone());
            self.put(&format!(
                "# Si apre con ciò che restava nel {year}: quanto c'era, più quanto è arrivato, meno quanto è stato trattato."
            ));
            self.put("# Se altro è stato chiuso senza essere trattato, togli questa riga: lo scrive l'ufficio, e Y07 lo confronta.");
            self.put(&format!("origine = {{ anno = {year}, voce = \"{key}\" }}"));
        }
    }

    fn origin(&self) -> Option<String> {
        let (indicator, voce) = (self.indicator()?, self.own_voce()?);
        let stem =
            voce.key.name().trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('_');
        let same = |own: &&Voce| own.key.name() == stem && own.kind == voce.kind;
        if let Some(own) = indicator.voci.iter().find(same) {
            return Some(format!("voce = \"{}\"", own.key));
        }
        let beside = indicator.baseline.as_ref() == Some(&voce.key);
        beside.then(|| format!("indicatore = \"{}\"", indicator.code))
    }

    /// Who came during the year is there from January; who left is to be taken out by somebody.
    fn time(&mut self, key: &str, line: &str) {
        self.put(&format!(
            "# {} nel {}: {line}",
            if key == "dal" { "cominciato" } else { "finito" },
            self.plan.year
        ));
        self.drop(key);
        if key != "dal" {
            let whose = if self.code.is_empty() {
                "un ufficio".to_owned()
            } else {
                format!("qualcosa di {}", self.code)
            };
            self.decide(&format!(
                "{whose} è finito nel {} ({line}): toglilo, se non c'è più",
                self.plan.year
            ));
        }
    }

    /// Who answers: in the place of an office that was merged the one into which it was; the months of the
    /// old year go.
    fn assignments(&mut self, item: &[&str]) {
        let printed = item.join("\n");
        let all = self.with_successors(&printed);
        if all != printed {
            self.put(&format!("# nel {}: {}", self.plan.year, one_line(&printed)));
            self.drop("uffici confluiti in un altro, fra chi risponde");
        }
        let item: Vec<&str> = all.lines().collect();
        if !all.contains("dal") && !all.contains("al ") && !all.contains("al=") {
            item.iter().for_each(|line| self.put(line));
            return;
        }
        let (text, ended) = without_months(&all);
        if text != all {
            self.put(&format!("# nel {}: {}", self.plan.year, one_line(&all)));
            self.drop("dal/al di chi risponde");
        }
        text.lines().for_each(|line| self.put(line));
        if ended {
            let year = self.plan.year;
            let code = self.code.clone();
            self.decide(&format!("chi risponde di {code}: qualcuno ha finito nel {year}, toglilo"));
        }
    }

    /// A list of offices in which who was merged has given its place to its successor; once, where that is in
    /// the list already.
    fn with_successors(&self, text: &str) -> String {
        let quoted = |id: &OfficeId| format!("\"{id}\"");
        self.plan.offices.iter().fold(text.to_owned(), |list, office| {
            let Some(into) = &office.merges_into else { return list };
            let (old, new) = (quoted(&office.id), quoted(into));
            if !list.contains(&old) {
                list
            } else if list.contains(&new) {
                // Alone, or with its months: the comma goes with it.
                let gone = format!(r#"(\{{[^{{}}]*{0}[^{{}}]*\}}|{0})\s*,?\s*"#, regex::escape(&old));
                regex::Regex::new(&gone).map_or(list.clone(), |gone| gone.replace_all(&list, "").into_owned())
            } else {
                list.replace(&old, &new)
            }
        })
    }

    fn other(&mut self, key: &str, item: &[&str]) {
        let year = self.plan.year;
        // A value of the plan is of its own year, and so are its name for people and its source.
        let stays = self.given && key != "chiave";
        let moves = MOVING.contains(&key) && !stays;
        let old = |line: &str| speaks_of(line, year) && (!moves || year_after(line, year) == line);
        if item.iter().any(|line| old(line)) {
            self.put(AGAIN);
        }
        for line in item {
            let moved = if moves { year_after(line, year) } else { (*line).to_owned() };
            self.moved += usize::from(moved != *line);
            self.put(&moved);
            if old(line) {
                self.left.push((self.lines.len(), one_line(line)));
            }
        }
        if key == "valore" && self.given {
            let what = format!(
                "il valore di «{}» ({}): valore, fonte ed etichetta sono del piano {year}",
                self.voce, self.code
            );
            self.decide(&what);
            let at = self.lines.len() - item.len().min(self.lines.len());
            self.lines.insert(at, format!("{MARK} {what}"));
            self.moved_down(at);
        }
    }

    /// A line was written before those at `at`: what is known of them stands one line further.
    fn moved_down(&mut self, at: usize) {
        let known = self.open.iter_mut().chain(&mut self.left);
        known.filter(|(line, _)| *line > at).for_each(|(line, _)| *line += 1);
    }

    fn end(self) -> NextYear {
        let dropped = self.dropped.into_iter().map(|(what, times)| format!("{what}: {times}")).collect();
        let mut text = self.lines.join("\n");
        text.push('\n');
        NextYear { text, open: self.open, left: self.left, dropped, moved: self.moved }
    }
}

/// `{ id = "pid", dal = "2019-07" }` without its months, and whether somebody had finished.
fn without_months(text: &str) -> (String, bool) {
    let mut left = String::new();
    let mut ended = false;
    for (number, part) in text.split(',').enumerate() {
        let key = part.split_once('=').map_or("", |(key, _)| key.trim());
        let closes = part.find('}').and_then(|at| part.get(at..)).unwrap_or_default();
        if ["dal", "al"].contains(&key) {
            ended |= key == "al";
            left.push_str(if closes.is_empty() { "" } else { " " });
            left.push_str(closes);
        } else {
            left.push_str(if number == 0 { "" } else { "," });
            left.push_str(part);
        }
    }
    (left, ended)
}

fn one_line(text: &str) -> String {
    crate::model::squeezed(text)
}

/// A text between quotes of TOML.
fn toml_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{is_whole, next_year, without_months};
    use crate::plan::{DEFAULT_PLAN, Threshold, read_plan};

    #[test]
    fn the_plan_of_2019_becomes_one_of_2020_that_is_read_and_open() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let next = next_year(DEFAULT_PLAN, &plan, "una prova", &BTreeMap::new());
        let read = read_plan(&next.text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(read.year, 2020);
        // Nothing passes as decided.
        assert!(read.indicators().all(|own| own.target.threshold == Threshold::Open));
        let origins: Vec<String> =
            read.origins().map(|(_, voce, origin)| format!("{} {}", voce.key, origin.words())).collect();
        assert_eq!(
            origins,
            [
                "S01.ore_sportello_2019 voce S01.ore_sportello del 2019",
                "S05.aziende_aderenti_2019 voce S05.aziende_aderenti del 2019",
                "S11.verbali_pendenti voce S11.verbali_pendenti del 2019",
                "S12.quota_2019 indicatore 12.1 del 2019",
                "S13.quota_2019 indicatore 13.1 del 2019",
            ]
        );
        // 40 targets, the act, two constants.
        assert_eq!(next.open.len(), 43, "{:#?}", next.open);
        let lines: Vec<&str> = next.text.lines().collect();
        for (line, what) in &next.open {
            assert!(!lines[line - 1].trim().is_empty(), "{line} {what}");
        }
        for (line, words) in &next.left {
            assert_eq!(&crate::model::squeezed(lines[line - 1]), words);
        }
        // A value of the plan keeps its year, with its words.
        assert!(
            next.text.contains("etichetta = \"Imprese individuali con partita IVA cessata al 31/12/2018\"")
        );
        assert!(next.text.contains("etichetta = \"Orafi iscritti al 1/1/2020\""));
    }

    #[test]
    fn where_a_stock_opens_moves_on_with_the_year() {
        let label = "etichetta = \"Orafi iscritti al 1/1/2019\"";
        let text = DEFAULT_PLAN.replacen(
            label,
            &format!("{label}\norigine = {{ anno = 2018, voce = \"S03.orafi\" }}"),
            1,
        );
        let plan = read_plan(&text).unwrap();
        let next = next_year(&text, &plan, "una prova", &BTreeMap::new());
        let read = read_plan(&next.text).unwrap();
        let opening = read.origins().find(|(_, voce, _)| voce.label == "Orafi iscritti al 1/1/2020").unwrap();
        assert_eq!(opening.2.words(), "voce S03.orafi del 2019");
    }

    #[test]
    fn what_was_decided_in_the_year_stays_there() {
        let text = format!(
            "{DEFAULT_PLAN}\n[[decisioni]]\nindicatore = \"7.5\"\ndata = \"31/12/2019\"\nmotivo = \"x\"\nchi = \"y\"\n"
        );
        let plan = read_plan(&text).unwrap();
        let next = next_year(&text, &plan, "una prova", &BTreeMap::new());
        let read = read_plan(&next.text).unwrap();
        assert!(read.decisions.is_empty());
        assert_eq!(next.dropped, ["[decisioni]: 1"]);
    }

    /// Twice in a list when its successor answers too, with and without months.
    #[test]
    fn who_was_merged_gives_its_place_to_its_successor() {
        let merged = "\nid = \"pid\"\nal = \"2019-08\"\nconfluisce_in = \"urp\"\n";
        let text = DEFAULT_PLAN.replacen("\nid = \"pid\"\n", merged, 1);
        assert_ne!(text, DEFAULT_PLAN);
        let plan = read_plan(&text).unwrap();
        let next = next_year(&text, &plan, "una prova", &BTreeMap::new());
        let read = read_plan(&next.text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert!(read.offices.iter().all(|own| own.id.as_str() != "pid"));
        let answers = |plan: &crate::plan::Plan, office: &str| -> Vec<String> {
            let own = plan.indicators().filter(|one| one.offices.iter().any(|id| id.as_str() == office));
            own.map(|one| one.code.to_string()).collect()
        };
        let whole = read_plan(DEFAULT_PLAN).unwrap();
        let mut both = [answers(&whole, "pid"), answers(&whole, "urp")].concat();
        both.sort();
        both.dedup();
        let mut now = answers(&read, "urp");
        now.sort();
        assert_eq!(now, both);
        assert!(next.text.contains("# L'ufficio pid è confluito in urp nel 2019."));
    }

    #[test]
    fn comments_that_speak_of_the_old_year_are_listed() {
        let text = DEFAULT_PLAN.replacen("[punteggio]", "# Deciso nel 2019.\n[punteggio]", 1);
        let plan = read_plan(&text).unwrap();
        let next = next_year(&text, &plan, "una prova", &BTreeMap::new());
        let (line, _) = next.left.iter().find(|(_, words)| words == "# Deciso nel 2019.").unwrap();
        assert_eq!(next.text.lines().nth(line - 1), Some("# Deciso nel 2019."));
    }

    #[test]
    fn a_field_of_several_lines_is_one() {
        assert!(!is_whole(&["letture = ["]) && is_whole(&["letture = [", "  \"]\",", "]"]));
        assert!(
            !is_whole(&["descrizione = \"\"\"uno"]) && is_whole(&["descrizione = \"\"\"uno", "due\"\"\""])
        );
        assert!(is_whole(&["testo = 'l\"altro' # ["]) && is_whole(&["# testo = ["]));
        let moved = without_months("uffici = [\"ri\", { id = \"pid\", dal = \"2019-07\", al = 9 }, \"urp\"]");
        assert_eq!(moved, ("uffici = [\"ri\", { id = \"pid\" }, \"urp\"]".to_owned(), true));
    }
}
