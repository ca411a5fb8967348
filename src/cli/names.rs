//! What Windows accepts as the name of a file or folder: a result made on any machine must lie on its disks,
//! be sent and be opened there.

use std::path::Path;

/// Names that Windows keeps for devices, with whatever extension: `NUL.xlsx` is no file.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Devices that have a number.
const NUMBERED: [&str; 2] = ["com", "lpt"];
/// Letters that no name may hold.
const FORBIDDEN: [char; 9] = ['<', '>', ':', '"', '/', '\\', '|', '?', '*'];
/// The longest name, in units of UTF-16.
const LONGEST: usize = 255;

/// Why Windows would not take the last name of a path, in words that follow «il nome»; `None` when it would,
/// and of a path that ends in no name (`..`).
pub(super) fn refused(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ');
    if is_device(&stem.to_lowercase()) {
        return Some(format!("«{stem}» in Windows è un dispositivo, non un file"));
    }
    if let Some(letter) = name.chars().find(|letter| FORBIDDEN.contains(letter)) {
        return Some(format!("Windows non ammette «{letter}» nei nomi"));
    }
    if name.chars().any(|letter| u32::from(letter) < 32) {
        return Some("Windows non ammette caratteri di controllo nei nomi".to_owned());
    }
    if name.ends_with(['.', ' ']) {
        return Some("Windows toglie il punto o lo spazio in fondo a un nome".to_owned());
    }
    (name.encode_utf16().count() > LONGEST)
        .then(|| format!("è più lungo di {LONGEST} caratteri, il massimo di Windows"))
}

fn is_device(stem: &str) -> bool {
    let number = |rest: &str| {
        let mut letters = rest.chars();
        letters.next().is_some_and(|one| one.is_ascii_digit() || ['¹', '²', '³'].contains(&one))
            && letters.next().is_none()
    };
    DEVICES.contains(&stem) || NUMBERED.iter().any(|device| stem.strip_prefix(device).is_some_and(number))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::refused;

    #[test]
    fn what_windows_does_not_take_is_refused_with_its_reason() {
        for (name, why) in [
            ("CON", "«CON» in Windows è un dispositivo"),
            ("nul.xlsx", "«nul» in Windows è un dispositivo"),
            ("Aux .tar.gz", "«Aux» in Windows è un dispositivo"),
            ("x/COM1.json", "«COM1» in Windows è un dispositivo"),
            ("lpt¹", "«lpt¹» in Windows è un dispositivo"),
            ("CONOUT$", "«CONOUT$» in Windows è un dispositivo"),
            ("giugno?.xlsx", "Windows non ammette «?» nei nomi"),
            ("21:30.xlsx", "Windows non ammette «:» nei nomi"),
            ("a\tb.xlsx", "Windows non ammette caratteri di controllo nei nomi"),
            ("2019.", "Windows toglie il punto o lo spazio in fondo a un nome"),
            ("2019 ", "Windows toglie il punto o lo spazio in fondo a un nome"),
        ] {
            assert_eq!(refused(Path::new(name)).unwrap_or_default(), format!("{why}{}", rest(why)), "{name}");
        }
        let long = "è".repeat(256);
        assert!(refused(Path::new(&long)).unwrap().contains("più lungo di 255"));
    }

    fn rest(why: &str) -> &'static str {
        if why.ends_with("dispositivo") { ", non un file" } else { "" }
    }

    #[test]
    fn what_windows_takes_is_taken() {
        let long = format!("{}.xlsx", "è".repeat(250));
        for name in [
            "consolidato-2019-06.xlsx",
            "C:/Users/Città/2019",
            "..",
            ".",
            "",
            "com10.xlsx",
            "com.xlsx",
            "console.xlsx",
            "lpt.xlsx",
            "nulla.xlsx",
            "schede-2019-con.xlsx",
            ".schede",
            "a b [1] (copia) – «prova» & 100%.xlsx",
            &long,
        ] {
            assert_eq!(refused(Path::new(name)), None, "{name}");
        }
    }
}
