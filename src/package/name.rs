//! Names of parts.

/// A name as all programs understand it: without percent signs, backslashes, upper case, a slash in front
/// (ECMA-376-2, 6.2.2).
pub(crate) fn folded(name: &str) -> String {
    plain(name).trim_start_matches('/').to_owned()
}

/// The same with the slash that says that it starts from the root.
pub(super) fn plain(name: &str) -> String {
    decoded(name).replace('\\', "/").to_lowercase()
}

/// A name with its `%20` resolved; as it is, when that gives no text.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = if *first == b'%' { after.get(..2) } else { None };
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// The name of the part that something in `folder` calls `target`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The folder of a part; none for one that lies at the root.
pub(super) fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The part that lists the relationships of a part; those of the package itself for no name.
pub(crate) fn list_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) if !folder.is_empty() => format!("{folder}/_rels/{file}.rels"),
        _ => format!("_rels/{}.rels", part.trim_start_matches('/')),
    }
}

/// The part whose relationships a part lists; no name for the package itself, `None` when it lists none.
pub(crate) fn owner(name: &str) -> Option<String> {
    let (folder, own) = name.strip_suffix(".rels")?.rsplit_once("_rels/")?;
    Some(format!("{folder}{own}"))
}

#[cfg(test)]
mod tests {
    use super::{folded, list_of, owner, plain, resolved};

    #[test]
    fn targets_are_found_from_where_they_are_said() {
        for (folder, target, part) in [
            ("xl", "worksheets/Sheet1.xml", "xl/worksheets/Sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "./worksheets//sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "../../xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
        assert_eq!(resolved("", &plain("xl\\Workbook.xml")), "xl/workbook.xml");
        assert_eq!(resolved("xl", &plain("./worksheets/sheet%201.xml")), "xl/worksheets/sheet 1.xml");
    }

    #[test]
    fn one_part_has_one_name() {
        for name in ["xl/sheet1.xml", "XL/Sheet1.xml", "xl\\sheet1.xml", "/xl/sheet%31.xml"] {
            assert_eq!(folded(name), "xl/sheet1.xml");
        }
        assert_eq!(folded("100%"), "100%");
        assert_eq!(folded("a%zz%"), "a%zz%");
    }

    #[test]
    fn relationships_belong_to_the_part_that_they_are_called_after() {
        for (part, list) in [
            ("xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"),
            ("book.xml", "_rels/book.xml.rels"),
            ("", "_rels/.rels"),
        ] {
            assert_eq!((list_of(part), owner(list)), (list.to_owned(), Some(part.to_owned())));
        }
        assert_eq!(owner("xl/worksheets/sheet1.xml"), None);
    }
}
