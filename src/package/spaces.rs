//! Which vocabulary (namespace) a name of XML belongs to.

/// The vocabularies that are bound where the pass stands.
#[derive(Debug, Default)]
pub(super) struct Spaces<'p> {
    /// How deep, under which prefix, which vocabulary.
    bound: Vec<(usize, &'p str, &'p str)>,
    /// The prefix and the vocabulary of the root.
    root: Option<(&'p str, &'p str)>,
}

/// The same, to be taken up again in another piece of the part.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    bound: Vec<(usize, String, String)>,
    root: Option<(String, String)>,
}

impl<'p> Spaces<'p> {
    /// Where a piece of the part ends.
    pub(super) fn kept(&self) -> Kept {
        let bound = self.bound.iter().map(|(depth, prefix, space)| (*depth, own(prefix), own(space)));
        Kept { bound: bound.collect(), root: self.root.map(|(prefix, space)| (own(prefix), own(space))) }
    }

    /// Where the next one begins.
    pub(super) fn again(kept: &'p Kept) -> Self {
        let bound = kept.bound.iter().map(|(depth, prefix, space)| (*depth, &**prefix, &**space));
        Self { bound: bound.collect(), root: kept.root.as_ref().map(|(prefix, space)| (&**prefix, &**space)) }
    }

    /// An element opens at a depth, the root at none: what it binds counts for itself too.
    pub(super) fn enter(&mut self, depth: usize, name: &'p str, attributes: &[(&'p str, &'p str)]) {
        for (attribute, space) in attributes {
            let prefix = match attribute.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefixed) => prefixed.strip_prefix(':').unwrap_or_default(),
                None => continue,
            };
            self.bound.push((depth, prefix, space));
        }
        if self.root.is_none() {
            let prefix = prefix(name);
            self.root = Some((prefix, self.of(prefix)));
        }
    }

    /// An element at a depth has closed.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bound.last().is_some_and(|(bound, ..)| *bound >= depth) {
            self.bound.pop();
        }
    }

    /// Whether a name belongs to the vocabulary of the root.
    pub(super) fn is_of_root(&self, name: &str) -> bool {
        let own = prefix(name);
        // The root and what it has bound, in almost every part.
        let same = |prefix: &str| prefix.len() == own.len() && (own.is_empty() || prefix == own);
        let as_root = |root: &(&str, &str)| same(root.0) && self.bound.last().is_none_or(|last| last.0 == 0);
        self.root.is_some_and(|root| as_root(&root) || self.of(own) == root.1)
    }

    /// What a prefix stands for here; nothing when it is not bound.
    fn of(&self, prefix: &str) -> &'p str {
        self.bound.iter().rev().find(|(_, own, _)| *own == prefix).map_or("", |(.., space)| space)
    }
}

fn own(text: &str) -> String {
    text.to_owned()
}

fn prefix(name: &str) -> &str {
    let colon = name.bytes().position(|byte| byte == b':');
    colon.and_then(|at| name.get(..at)).unwrap_or_default()
}
