//! A page of `tests/checks/` as far as the program is made from it: the words of the rule, and the page as
//! users read it, where the expected finding has those words in their places.

/// What a page says of its check.
#[derive(Debug)]
pub(crate) struct Page {
    /// The code: `R03`.
    pub(crate) code: String,
    /// The fault in a few words.
    pub(crate) name: String,
    /// The variant of `Severity`.
    pub(crate) severity: &'static str,
    /// Why it matters.
    pub(crate) why: String,
    /// What to do.
    pub(crate) remedy: String,
    /// The same said to the office, where it is not what the unit does.
    pub(crate) to_office: Option<String>,
    /// The variant of `Doubt`.
    pub(crate) doubt: &'static str,
    /// Whether it keeps no entry out, whatever its severity.
    pub(crate) missing: bool,
    /// The page without the list of the rule's words, the finding told in full.
    pub(crate) told: String,
}

/// What is wrong with a page, and on which line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The line, from 1.
    pub(crate) line: usize,
    /// What is wrong, in words.
    pub(crate) what: String,
}

const SEVERITY: &str = "Gravità";
const WHY: &str = "Perché conta";
const REMEDY: &str = "Che cosa fare";
const OFFICE: &str = "Per l'ufficio";
const DOUBT: &str = "Mette in dubbio";
const OUT: &str = "Tiene fuori";

/// The lines of the list under the title.
const FIELDS: [&str; 6] = [SEVERITY, WHY, REMEDY, OFFICE, DOUBT, OUT];

/// Those that stand only where they say something.
const AT_NEED: [&str; 2] = [OFFICE, OUT];

const SEVERITIES: [(&str, &str); 4] =
    [("nota", "Nota"), ("da motivare", "DaMotivare"), ("errore", "Errore"), ("bloccante", "Bloccante")];

const DOUBTS: [(&str, &str); 4] =
    [("il fatto", "Fact"), ("lo scritto", "Cell"), ("la cella vuota", "Blank"), ("il valore", "Value")];

const NOTHING: [(&str, bool); 1] = [("niente", true)];

/// The columns of a finding told in full.
const WIDTH: usize = 110;

/// A line of the list: where it begins, its name, its words.
struct Field<'a> {
    line: usize,
    name: &'a str,
    words: String,
}

/// Reads a page.
///
/// # Errors
/// Every mistake, in the order of the lines.
pub(crate) fn read(file: &str, text: &str) -> Result<Page, Vec<Mistake>> {
    let mut reader = Reader { fields: Vec::new(), mistakes: Vec::new() };
    let (code, name) = reader.title(file, text.lines().next().unwrap_or_default());
    let body = reader.list(text);
    let why = reader.sentence(WHY);
    let remedy = reader.sentence(REMEDY);
    let to_office = Some(reader.sentence(OFFICE)).filter(|words| !words.is_empty());
    let page = Page {
        severity: reader.choice(SEVERITY, &SEVERITIES).unwrap_or_default(),
        doubt: reader.choice(DOUBT, &DOUBTS).unwrap_or_default(),
        missing: reader.choice(OUT, &NOTHING).unwrap_or_default(),
        told: format!("# {code} · {name}\n\n{}", reader.told(body, text, &why, &remedy)),
        code,
        name,
        why,
        remedy,
        to_office,
    };
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    if reader.mistakes.is_empty() { Ok(page) } else { Err(reader.mistakes) }
}

struct Reader<'a> {
    fields: Vec<Field<'a>>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    fn wrong(&mut self, line: usize, what: String) {
        self.mistakes.push(Mistake { line, what });
    }

    /// Code and name, which are those of the file: `# R03 · La parte supera il tutto`.
    fn title(&mut self, file: &str, line: &str) -> (String, String) {
        let code = file.split('-').next().unwrap_or_default();
        if !matches!(code.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']) {
            self.wrong(1, "the file must be named «CODE-name.md», as R03-part_over_whole.md".to_owned());
        }
        match line.strip_prefix("# ").and_then(|title| title.split_once(" · ")) {
            Some((own, name)) if own == code && !name.trim().is_empty() => {}
            _ => self.wrong(1, format!("the title must be «# {code} · name»")),
        }
        (code.to_owned(), line.split_once(" · ").map_or("", |(_, name)| name).trim().to_owned())
    }

    /// Takes the list under the title; gives what comes after it.
    fn list(&mut self, text: &'a str) -> usize {
        let mut end = 1;
        for (index, line) in text.lines().enumerate().skip(1) {
            if let Some((name, words)) = line.strip_prefix("- ").and_then(|field| field.split_once(": ")) {
                self.field(index + 1, name, words);
            } else if let (Some(more), Some(last)) = (line.strip_prefix("  "), self.fields.last_mut()) {
                last.words.push(' ');
                last.words.push_str(more.trim());
            } else if line.starts_with("- ") {
                self.wrong(index + 1, "a line of the list is «- Name: words»".to_owned());
            } else if !line.is_empty() {
                break;
            }
            end = index + 1;
        }
        end
    }

    fn field(&mut self, line: usize, name: &'a str, words: &str) {
        if !FIELDS.contains(&name) {
            self.wrong(line, format!("«{name}» is none of {}", FIELDS.join(", ")));
        } else if self.fields.iter().any(|field| field.name == name) {
            self.wrong(line, format!("«{name}» stands twice"));
        }
        self.fields.push(Field { line, name, words: words.trim().to_owned() });
    }

    fn find(&mut self, name: &str) -> Option<(usize, String)> {
        let found = self.fields.iter().find(|field| field.name == name);
        let found = found.map(|field| (field.line, field.words.clone()));
        if found.is_none() && !AT_NEED.contains(&name) {
            self.wrong(1, format!("«- {name}: …» is missing under the title"));
        }
        found
    }

    /// Words that users read, as a sentence.
    fn sentence(&mut self, name: &str) -> String {
        let Some((line, words)) = self.find(name) else { return String::new() };
        if !words.ends_with(['.', '?', '!']) {
            self.wrong(line, format!("«{name}» must be a sentence with its full stop"));
        }
        words
    }

    fn choice<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> Option<T> {
        let (line, words) = self.find(name)?;
        let found = known.iter().find(|(word, _)| *word == words).map(|(_, chosen)| *chosen);
        if found.is_none() {
            let known: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.wrong(line, format!("«{name}: {words}» is none of {}", known.join(", ")));
        }
        found
    }

    /// The page from a line on, each finding with the rule's words in the place of `*Perché conta.*` and
    /// `*Che cosa fare.*`.
    fn told(&mut self, from: usize, text: &str, why: &str, remedy: &str) -> String {
        let (mut told, mut quote, mut first) = (String::new(), Vec::new(), 0);
        for (index, line) in text.lines().chain([""]).enumerate().skip(from) {
            if let Some(words) = line.strip_prefix('>') {
                first = if quote.is_empty() { index + 1 } else { first };
                quote.push(words.trim());
                continue;
            }
            if !quote.is_empty() {
                let words = quote.join(" ");
                quote.clear();
                for (name, own) in [(WHY, why), (REMEDY, remedy)] {
                    if !own.is_empty() && words.contains(own) {
                        self.wrong(first, format!("the finding repeats its words: write *{name}.* instead"));
                    }
                }
                let words = words.replace(&format!("*{WHY}.*"), why);
                told.push_str(&wrapped(&words.replace(&format!("*{REMEDY}.*"), remedy)));
            }
            told.push_str(line);
            told.push('\n');
        }
        told.truncate(told.trim_end().len());
        told.push('\n');
        told
    }
}

/// A quoted paragraph on lines of its own.
fn wrapped(words: &str) -> String {
    let (mut lines, mut line) = (String::new(), String::from(">"));
    for word in words.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from(">");
        }
        line.push(' ');
        line.push_str(word);
    }
    format!("{lines}{line}\n")
}
