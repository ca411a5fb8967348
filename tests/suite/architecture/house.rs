//! The files of the program as its own text draws them: which module each is, what it defines and passes on,
//! which names it takes from where. Items under `#[cfg(test)]`, and the files that they name, are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// The names of a path, from the root of the library: `["check", "say", "told"]`.
pub(crate) type Names = Vec<String>;

/// A file of the program.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// As it lies under `src/`: `check/say.rs`.
    pub(crate) place: String,
    /// The names of its modules in files of their own.
    children: BTreeSet<String>,
    /// What it defines, by name.
    defines: BTreeSet<String>,
    /// What it passes on: the name (`*` for all) and what it stands for.
    exports: Vec<(String, Names)>,
    /// What it takes from elsewhere in the library.
    takes: BTreeSet<Names>,
    /// What it names that is not of the library: `regex::Regex`, `println!`.
    pub(crate) foreign: BTreeSet<String>,
}

/// All the files, by module.
#[derive(Debug, Default)]
pub(crate) struct House {
    pub(crate) files: BTreeMap<Names, File>,
}

/// One file takes these names from another.
pub(crate) type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The text of every Rust file under a folder, by its place.
pub(crate) fn texts(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(root).unwrap().components();
                let place: Vec<_> = inside.map(|part| part.as_os_str().to_string_lossy()).collect();
                found.insert(place.join("/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

fn module_of(place: &str) -> Names {
    let mut names: Names = place.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod") || names == ["lib"] {
        names.pop();
    }
    names
}

impl House {
    /// Draws the house of these texts.
    pub(crate) fn of(texts: &BTreeMap<String, String>) -> Self {
        let (mut files, mut tests) = (BTreeMap::new(), Vec::new());
        for (place, text) in texts {
            let module = module_of(place);
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{place}: {error}"));
            let mut reader = Reader::new(place, module.clone());
            reader.prepare(&parsed.items);
            reader.visit_file(&parsed);
            tests.append(&mut reader.tests);
            files.insert(module, reader.file);
        }
        files.retain(|module, _| !tests.iter().any(|test: &Names| module.starts_with(test)));
        Self { files }
    }

    /// Which file takes what from which other; what is passed on is taken from where it is defined.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for file in self.files.values() {
            for names in &file.takes {
                let Some((other, name)) = self.find(names, 0) else { continue };
                if other.place != file.place {
                    let own = arrows.entry(file.place.clone()).or_default();
                    own.entry(other.place.clone()).or_default().insert(name);
                }
            }
        }
        arrows
    }

    /// The file in which a path ends, and the name taken from it.
    fn find(&self, names: &[String], passed: usize) -> Option<(&File, String)> {
        let known = (0..=names.len()).rev().find(|length| self.files.contains_key(&names[..*length]))?;
        let file = &self.files[&names[..known]];
        let Some(name) = names.get(known) else {
            return Some((file, names.last().cloned().unwrap_or_default()));
        };
        let here = || Some((file, name.clone()));
        if passed > 16 || file.defines.contains(name) {
            return here();
        }
        let through = |target: &Names, rest: &[String]| {
            let path: Names = target.iter().chain(rest).cloned().collect();
            self.find(&path, passed + 1)
        };
        if let Some((_, target)) = file.exports.iter().find(|(own, _)| own == name) {
            return through(target, &names[known + 1..]);
        }
        let globs = file.exports.iter().filter(|(own, _)| own == "*");
        let mut found = globs.filter_map(|(_, target)| through(target, &names[known..]));
        found.find(|(other, _)| other.defines.contains(name)).or_else(here)
    }
}

/// Reads a file.
struct Reader {
    file: File,
    /// The module in hand: that of the file, and those written inside it.
    module: Names,
    /// How many names of it are those of the file.
    own: usize,
    /// The modules that only tests have.
    tests: Vec<Names>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|what| what.is_ident("test"))
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn defined(item: &Item) -> Option<&syn::Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        _ => None,
    }
}

impl Reader {
    fn new(place: &str, module: Names) -> Self {
        let own = module.len();
        Self { file: File { place: place.to_owned(), ..File::default() }, module, own, tests: Vec::new() }
    }

    /// What the file defines, passes on and is divided in: known before its paths are.
    fn prepare(&mut self, items: &[Item]) {
        for item in items {
            let test = is_test(attributes(item));
            match item {
                Item::Mod(inner) if test => {
                    self.tests.push(self.inside(&inner.ident.to_string()));
                }
                _ if test => {}
                Item::Mod(inner) => match &inner.content {
                    None => drop(self.file.children.insert(inner.ident.to_string())),
                    Some((_, items)) => self.prepare(items),
                },
                Item::Use(item) if !matches!(item.vis, Visibility::Inherited) => {
                    for (names, known) in leaves(&item.tree, Vec::new()) {
                        let target = self.root(&names);
                        self.file.exports.extend(target.map(|target| (known, target)));
                    }
                }
                item => self.file.defines.extend(defined(item).map(ToString::to_string)),
            }
        }
    }

    fn inside(&self, name: &str) -> Names {
        self.module.iter().cloned().chain([name.to_owned()]).collect()
    }

    /// A path from the root, when it is one of the library.
    fn root(&self, names: &[String]) -> Option<Names> {
        let (first, rest) = names.split_first()?;
        let from = |module: &[String], rest: &[String]| Some(module.iter().chain(rest).cloned().collect());
        match first.as_str() {
            "crate" | "schede" => from(&[], rest),
            "self" => from(&self.module, rest),
            "super" => {
                let up = names.iter().take_while(|name| *name == "super").count();
                let left = self.module.len().checked_sub(up)?;
                from(&self.module[..left], &names[up..])
            }
            _ if self.file.children.contains(first) => from(&self.module[..self.own], names),
            _ => {
                let passed = self.file.exports.iter().find(|(known, _)| known == first)?;
                from(&passed.1, rest)
            }
        }
    }

    fn take(&mut self, names: &[String]) {
        match self.root(names) {
            Some(path) => drop(self.file.takes.insert(path)),
            None => drop(self.file.foreign.insert(names.join("::"))),
        }
    }
}

/// The leaves of a `use`: the path of each and the name by which it is known (`*` for all).
fn leaves(tree: &UseTree, before: Names) -> Vec<(Names, String)> {
    let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Names>();
    match tree {
        UseTree::Path(path) => leaves(&path.tree, with(&path.ident)),
        UseTree::Group(group) => group.items.iter().flat_map(|tree| leaves(tree, before.clone())).collect(),
        UseTree::Glob(_) => vec![(before, "*".to_owned())],
        UseTree::Name(name) if name.ident == "self" => {
            let known = before.last().cloned().unwrap_or_default();
            vec![(before, known)]
        }
        UseTree::Name(name) => vec![(with(&name.ident), name.ident.to_string())],
        UseTree::Rename(name) => vec![(with(&name.ident), name.rename.to_string())],
    }
}

/// The paths in the text of a macro.
fn paths(tokens: &TokenStream) -> Vec<Names> {
    let (mut all, mut path, mut colons): (Vec<Names>, Names, usize) = (Vec::new(), Vec::new(), 0);
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    all.push(std::mem::take(&mut path));
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
            other => {
                all.push(std::mem::take(&mut path));
                colons = 0;
                if let TokenTree::Group(group) = other {
                    all.extend(paths(&group.stream()));
                }
            }
        }
    }
    all.push(path);
    all.retain(|path| !path.is_empty());
    all
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_test(attributes(item)) {
            return;
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if matches!(item.vis, Visibility::Inherited) {
            for (names, _) in leaves(&item.tree, Vec::new()) {
                self.take(&names);
            }
        }
    }

    /// `pub(in crate::plan)` takes nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // A name alone in small letters is a variable, or a function that a `use` has told of.
        let alone = names.len() == 1 && names[0].starts_with(|letter: char| letter.is_lowercase());
        if !alone {
            self.take(&names);
        }
        visit::visit_path(self, path);
    }

    /// A function that the file passes on and calls itself.
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func
            && let Some(name) = function.path.get_ident().map(ToString::to_string)
            && !self.file.children.contains(&name)
        {
            self.take(&[name]);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name: Names = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.file.foreign.insert(format!("{}!", name.join("::")));
        for path in paths(&call.tokens).iter().filter(|path| path.len() > 1) {
            self.take(path);
        }
    }
}
