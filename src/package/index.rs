//! Where the parts of a workbook are: found by their relationships, from the root of the package on, each in
//! one place.
//!
//! Names are the same part whatever their case, slashes or percent signs (ECMA-376-2, 6.2.2). Where two
//! programs could find two different parts the package is refused: `Flaw::Ambiguous`. A part that is named
//! and missing is damage.

use std::collections::{BTreeMap, BTreeSet};

use super::bonds::{Bond, TYPES, folded_bonds};
use super::flaw::Flaw;
use super::name::{folded, folder, list_of, plain, resolved};
use super::tree::Element;

/// What a part is to the workbook, by the relationship that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The workbook: its list of sheets.
    Book,
    /// A sheet of cells.
    Sheet,
    /// The texts that cells share.
    Strings,
    /// The styles.
    Styles,
    /// The theme: its colours.
    Theme,
    /// What is drawn over a sheet, in the new way or the old.
    Drawing,
    /// Comments, or the threads of them.
    Remarks,
    /// A link to another file.
    Link,
    /// The connections to data elsewhere.
    Connections,
    /// Who saved the file and when.
    Properties,
    /// Whatever else.
    Other,
}

/// The parts of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// The folded name of the workbook.
    book: String,
    roles: BTreeMap<String, Role>,
    /// The relationships of the workbook, of its sheets and of its links, by folded name.
    bonds: BTreeMap<String, Vec<Bond>>,
    types: Types,
}

/// Gives the content of a part by its folded name.
pub(super) type Source<'a> = &'a mut dyn FnMut(&str) -> Result<Option<Vec<u8>>, Flaw>;

impl Index {
    /// Follows the relationships of a package whose parts have these folded names.
    pub(super) fn read(names: &BTreeSet<String>, source: Source<'_>) -> Result<Self, Flaw> {
        let types = Types::read(source)?;
        let mut index = Self { types, ..Self::default() };
        let root = bonds_of("", source)?.ok_or_else(no_bonds)?;
        index.book = one("la cartella di lavoro", &root, "officeDocument")?.ok_or_else(no_bonds)?;
        index.take(Role::Book, index.book.clone(), names)?;
        for bond in root.iter().filter(|bond| bond.kind.ends_with("properties")) {
            index.roles.entry(bond.target.clone()).or_insert(Role::Properties);
        }
        let book = bonds_of(&index.book, source)?.ok_or_else(no_bonds)?;
        index.follow(&book, names)?;
        index.single(Role::Strings, &book, "sharedStrings", names)?;
        index.single(Role::Styles, &book, "styles", names)?;
        let known = |role: &Role| matches!(role, Role::Sheet | Role::Link);
        let owners: Vec<String> =
            index.roles.iter().filter(|(_, role)| known(role)).map(|(name, _)| name.clone()).collect();
        for owner in owners {
            let own = bonds_of(&owner, source)?.unwrap_or_default();
            index.follow(&own, names)?;
            index.bonds.insert(owner, own);
        }
        index.bonds.insert(index.book.clone(), book);
        Ok(index)
    }

    /// What a part is, by its folded name.
    pub(crate) fn role(&self, name: &str) -> Role {
        self.roles.get(name).copied().unwrap_or(Role::Other)
    }

    /// The relationships of the workbook.
    pub(crate) fn of_book(&self) -> &[Bond] {
        self.of(&self.book)
    }

    /// The relationships of a part.
    pub(crate) fn of(&self, part: &str) -> &[Bond] {
        self.bonds.get(part).map_or(&[], Vec::as_slice)
    }

    /// Keeps what the relationships of a part lead to; all of it must be there.
    fn follow(&mut self, bonds: &[Bond], names: &BTreeSet<String>) -> Result<(), Flaw> {
        for bond in bonds.iter().filter(|bond| bond.kind != "hyperlink") {
            let role = match bond.kind.as_str() {
                "worksheet" => Role::Sheet,
                "theme" => Role::Theme,
                "drawing" | "vmlDrawing" => Role::Drawing,
                "comments" | "threadedComment" => Role::Remarks,
                "externalLink" => Role::Link,
                "connections" => Role::Connections,
                _ => Role::Other,
            };
            match (role, bond.outside) {
                (Role::Sheet, true) => {
                    return Err(Flaw::damaged(format!("un foglio sta fuori dal file, in {}", bond.target)));
                }
                (_, true) => {}
                (Role::Other, false) => there(&bond.target, names)?,
                (role, false) => self.take(role, bond.target.clone(), names)?,
            }
        }
        Ok(())
    }

    /// Keeps the part of which there is one, when the workbook names it; unnamed, nobody may take it for it.
    fn single(
        &mut self,
        role: Role,
        book: &[Bond],
        kind: &str,
        names: &BTreeSet<String>,
    ) -> Result<(), Flaw> {
        let what = if role == Role::Strings { "la parte dei testi" } else { "la parte degli stili" };
        let named = one(what, book, kind)?;
        let usual = resolved(folder(&self.book), &plain(&format!("{kind}.xml")));
        let typed = self.types.overrides.iter().filter(|(_, said)| is_of(role, said)).map(|(name, _)| name);
        let other =
            typed.chain([&usual]).find(|name| Some(*name) != named.as_ref() && names.contains(name.as_str()));
        match (&named, other) {
            (Some(named), Some(other)) => Err(Flaw::Ambiguous(format!(
                "{what} è {named} per i rimandi del file, ma c'è anche {other}, che alcuni programmi leggono al suo posto"
            ))),
            (None, Some(other)) => Err(Flaw::Ambiguous(format!(
                "c'è {other}, che nessun rimando del file nomina: alcuni programmi la leggono come {what}, altri no"
            ))),
            (Some(named), None) => self.take(role, named.clone(), names),
            (None, None) => Ok(()),
        }
    }

    /// Keeps the role of a part that is there, of the kind that its content type says, and of no other role.
    fn take(&mut self, role: Role, part: String, names: &BTreeSet<String>) -> Result<(), Flaw> {
        there(&part, names)?;
        if let Some(said) = self.types.of(&part).filter(|said| !is_of(role, said)) {
            return Err(Flaw::Ambiguous(format!(
                "i rimandi del file dicono che {part} è {}, il suo tipo dice {said}",
                role_words(role)
            )));
        }
        match self.roles.insert(part.clone(), role) {
            Some(other) if other != role || role == Role::Sheet => Err(Flaw::Ambiguous(format!(
                "i rimandi del file nominano due volte la parte {part}: {} e {}",
                role_words(other),
                role_words(role)
            ))),
            _ => Ok(()),
        }
    }
}

/// The content types of the parts.
#[derive(Debug, Default)]
struct Types {
    /// By folded name.
    overrides: BTreeMap<String, String>,
    /// By extension.
    defaults: BTreeMap<String, String>,
}

impl Types {
    fn read(source: Source<'_>) -> Result<Self, Flaw> {
        let mut types = Self::default();
        let Some(part) = source(&folded(TYPES))? else { return Ok(types) };
        let root = Element::parse(&part).ok_or_else(|| malformed(TYPES))?;
        for node in &root.children {
            let said = node.get("ContentType").unwrap_or_default().to_lowercase();
            let (place, key) = match node.name() {
                "Override" => (&mut types.overrides, folded(node.get("PartName").unwrap_or_default())),
                "Default" => (&mut types.defaults, node.get("Extension").unwrap_or_default().to_lowercase()),
                _ => continue,
            };
            match place.insert(key.clone(), said.clone()) {
                Some(before) if before != said => {
                    return Err(Flaw::Ambiguous(format!("{key} ha due tipi: {before} e {said}")));
                }
                _ => {}
            }
        }
        Ok(types)
    }

    /// What is said of a part; nothing where only "XML" is said.
    fn of(&self, part: &str) -> Option<&str> {
        let by_extension = || self.defaults.get(part.rsplit('.').next().unwrap_or_default());
        let said = self.overrides.get(part).or_else(by_extension)?;
        Some(said.as_str()).filter(|said| !["application/xml", "text/xml"].contains(said))
    }
}

/// Whether a content type is that of a role.
fn is_of(role: Role, said: &str) -> bool {
    match role {
        Role::Book => said.ends_with(".main+xml"),
        Role::Sheet => said.ends_with(".worksheet+xml"),
        Role::Strings => said.ends_with(".sharedstrings+xml"),
        Role::Styles => said.ends_with("spreadsheetml.styles+xml"),
        Role::Theme
        | Role::Drawing
        | Role::Remarks
        | Role::Link
        | Role::Connections
        | Role::Properties
        | Role::Other => true,
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Book => "la cartella di lavoro",
        Role::Sheet => "un foglio",
        Role::Strings => "la parte dei testi",
        Role::Styles => "la parte degli stili",
        Role::Theme => "la parte dei colori",
        Role::Drawing => "una parte di disegni",
        Role::Remarks => "una parte di commenti",
        Role::Link => "un collegamento",
        Role::Connections => "la parte delle connessioni",
        Role::Properties => "la parte delle proprietà",
        Role::Other => "un'altra parte",
    }
}

/// The relationships of a part, by its folded name; `None` when it has no part for them.
pub(crate) fn bonds_of(part: &str, source: Source<'_>) -> Result<Option<Vec<Bond>>, Flaw> {
    let name = list_of(part);
    let Some(content) = source(&name)? else { return Ok(None) };
    let list = Element::parse(&content).ok_or_else(|| malformed(&name))?;
    let mut found: BTreeMap<String, Bond> = BTreeMap::new();
    for bond in folded_bonds(&list, part) {
        match found.get(&bond.id) {
            Some(other) if (&other.target, &other.kind) != (&bond.target, &bond.kind) => {
                return Err(Flaw::Ambiguous(format!(
                    "in {name} il rimando {} porta a due parti: {} e {}",
                    bond.id, other.target, bond.target
                )));
            }
            _ => drop(found.insert(bond.id.clone(), bond)),
        }
    }
    Ok(Some(found.into_values().collect()))
}

/// The only part that relationships of a kind lead to.
fn one(what: &str, bonds: &[Bond], kind: &str) -> Result<Option<String>, Flaw> {
    let mut own = bonds.iter().filter(|bond| bond.kind == kind);
    let Some(first) = own.next() else { return Ok(None) };
    if let Some(other) = own.find(|bond| bond.target != first.target) {
        let (first, other) = (&first.target, &other.target);
        return Err(Flaw::Ambiguous(format!("{what} è detta due volte: {first} e {other}")));
    }
    if first.outside {
        return Err(Flaw::damaged(format!("{what} sta fuori dal file, in {}", first.target)));
    }
    Ok(Some(first.target.clone()))
}

fn there(part: &str, names: &BTreeSet<String>) -> Result<(), Flaw> {
    if names.contains(part) {
        Ok(())
    } else {
        Err(Flaw::damaged(format!("manca la parte {part}, che il file nomina")))
    }
}

fn no_bonds() -> Flaw {
    Flaw::damaged("mancano i rimandi fra le parti")
}

fn malformed(part: &str) -> Flaw {
    Flaw::damaged(format!("la parte {part} non è XML ben formato"))
}
