//! The letter to an office, ready to paste.

use super::office::{Reply, Standing};
use super::point::{BLANK, Point};
use crate::model::{AnswerKind, count, join_it};

/// To an office in order.
const IN_ORDER: &str = "È tutto in ordine e non devi fare nulla. In allegato c'è la ricevuta con ogni valore: mettila agli \
                        atti.";
/// To one in order that has explained why a value is not there.
const WITHOUT: &str = "Non devi fare nulla: hai spiegato quello che manca. Il valore però non c'è, e senza non conta: se \
                       arriva, scrivilo e rimandaci il file. In allegato c'è la ricevuta con ogni valore che conta: \
                       mettila agli atti.";
/// To one whose answer the unit has to decide on.
const WAITING: &str =
    "Non devi fare nulla finché non ti scriviamo. La ricevuta arriva quando tutto è deciso.";

/// The words to an office.
pub fn letter(reply: &Reply<'_>) -> String {
    let mut lines = vec![
        format!("Oggetto: {}", subject(reply)),
        String::new(),
        format!("{},", greeting(reply)),
        String::new(),
    ];
    match reply.standing() {
        Standing::Missing | Standing::Over => lines.extend(missing(reply)),
        Standing::InOrder if reply.settled.iter().any(|point| point.valueless) => {
            lines.extend(nothing_asked(reply, WITHOUT));
        }
        Standing::InOrder => lines.extend(nothing_asked(reply, IN_ORDER)),
        Standing::Waiting => lines.extend(nothing_asked(reply, WAITING)),
        Standing::ToMend => lines.extend(to_mend(reply)),
    }
    lines.extend([
        String::new(),
        "Grazie, e buon lavoro.".to_owned(),
        if reply.unit.contact.is_empty() { "L'unità che segue la performance" } else { &reply.unit.contact }
            .to_owned(),
    ]);
    lines.join("\n")
}

/// What the letter is about.
pub(super) fn subject(reply: &Reply<'_>) -> String {
    let what = match reply.standing() {
        Standing::Missing if reply.refused.is_empty() => "aspettiamo i tuoi dati".to_owned(),
        Standing::Missing => "il file arrivato non si può usare".to_owned(),
        Standing::Over => "manca l'ultimo file".to_owned(),
        Standing::InOrder => "il tuo file è in ordine".to_owned(),
        Standing::Waiting => "quello che hai risposto è da decidere".to_owned(),
        Standing::ToMend => count(reply.points.len(), "punto da sistemare", "punti da sistemare"),
    };
    format!("schede di performance, {}: {what}", reply.month.in_words())
}

fn greeting(reply: &Reply<'_>) -> String {
    format!("A chi compila le schede per {}", reply.name)
}

fn missing(reply: &Reply<'_>) -> Vec<String> {
    let month = reply.month.in_words();
    if reply.refused.is_empty() {
        return vec![
            format!("per {month} non ci è ancora arrivata la cartella di lavoro con i dati del tuo ufficio."),
            "Finché manca, i tuoi indicatori restano senza valore e quelli che hai in comune con altri uffici restano \
             provvisori."
                .to_owned(),
            String::new(),
            format!("Apri il file che hai ricevuto a inizio anno (schede-{}-{}.xlsx), compila la colonna del mese e", reply.month.year, reply.office),
            format!("mandacelo {}. Se in un mese non è successo nulla scrivi 0: una casella vuota non vale zero.", reply.by_when()),
            "Se il file non si trova più, chiedicelo: te ne mandiamo uno nuovo.".to_owned(),
        ];
    }
    let mut lines =
        vec![format!("per {month} è arrivato qualcosa, ma non siamo riusciti a usarlo:"), String::new()];
    for file in &reply.refused {
        lines.push(format!("  - {} (SHA-256 {})", file.name, file.sha256));
    }
    lines.push(String::new());
    lines.extend(reply.why_refused.iter().map(|why| format!("  {why}")));
    if reply.recovered {
        lines.extend([
            String::new(),
            "In allegato c'è una cartella nuova, già sul mese, con i dati che nel tuo file si leggono ancora accanto alle"
                .to_owned(),
            "loro etichette: controllali uno per uno, completa quello che manca e usa quella.".to_owned(),
        ]);
    } else if reply.unreadable {
        lines.extend([
            String::new(),
            "In allegato c'è una cartella nuova e vuota, già sul mese: se il tuo file non si recupera, scrivi lì i dati."
                .to_owned(),
        ]);
    }
    lines.extend([
        String::new(),
        format!("Rimandaci il file {}: per ora non conta nessun dato del tuo ufficio.", reply.by_when()),
    ]);
    lines
}

/// The file that came, and what of it counts.
fn arrived(reply: &Reply<'_>) -> Vec<String> {
    let Some(submission) = reply.submission else { return Vec::new() };
    let (read, counting) = reply.counts;
    let read = match (read, counting) {
        (0, _) => "Non c'è ancora nessun dato.".to_owned(),
        (1, 1) => "C'è un dato, e conta.".to_owned(),
        (all, counting) if all == counting => {
            let rest = match reply.standing() {
                Standing::ToMend => "; quello che manca, o va spiegato, è qui sotto",
                _ => "",
            };
            format!("Ci sono {}, e contano tutti{rest}.", count(all, "dato", "dati"))
        }
        (all, counting) => format!(
            "Ci sono {}; per {} ne {}.",
            count(all, "dato", "dati"),
            reply.month.in_words(),
            count(counting, "conta", "contano")
                .split_once(' ')
                .map_or_else(String::new, |(n, verb)| format!("{verb} {n}"))
        ),
    };
    vec![
        format!("grazie: abbiamo letto il file «{}» per {}.", submission.file, reply.month.in_words()),
        read,
        format!("Impronta SHA-256 del file: {}", submission.sha256),
    ]
}

/// What came, and that nothing is asked: why, in the last words.
fn nothing_asked(reply: &Reply<'_>, last: &str) -> Vec<String> {
    let mut lines = arrived(reply);
    lines.extend(restored(reply));
    lines.extend(read_otherwise(reply));
    lines.extend(explained(reply));
    lines.extend([String::new(), last.to_owned()]);
    lines
}

fn to_mend(reply: &Reply<'_>) -> Vec<String> {
    let mut lines = arrived(reply);
    let number = reply.points.len();
    let kept = reply.points.iter().filter(|point| point.keeps_out).count();
    let head = match number {
        1 => "C'è un punto da sistemare".to_owned(),
        many => format!("Ci sono {many} punti da sistemare"),
    };
    let mended = match reply.points.iter().any(|point| point.keeps_out && !point.serious) {
        true => "correggi, o non spieghi perché",
        false => "correggi",
    };
    let weight = match (kept, number) {
        (0, 1) => "quello che c'è conta già, ma chi verifica chiederà anche questo".to_owned(),
        (1, 1) => format!("finché non lo {mended}, quel valore non conta"),
        (0, _) => "quello che c'è conta già, ma chi verifica chiederà anche questo".to_owned(),
        (all, number) if all == number => format!("finché non li {mended}, quei valori non contano"),
        (some, _) => {
            format!("per {} il valore non conta finché non lo {mended}", count(some, "punto", "punti"))
        }
    };
    lines.extend([String::new(), format!("{head}: {weight}."), String::new()]);
    let mut points = reply.points.iter().peekable();
    while let Some(point) = points.next() {
        // What is to be done of many alike is said once, under the last.
        let next = points.peek();
        lines.extend(told(point, next.is_some_and(|next| asks_the_same(point, next))));
    }
    lines.extend([
        "In allegato c'è la tua cartella di lavoro, rifatta con i dati che abbiamo letto: usa quella, anche se la tua".to_owned(),
        format!("si era rovinata. Si apre sul foglio «Da sistemare»: {}", how(reply)),
        format!("Poi rimandacela {}, {}.", reply.by_when(), under_which_name(reply)),
    ]);
    lines.extend(restored(reply));
    lines.extend(read_otherwise(reply));
    lines.extend(explained(reply));
    lines
}

/// Under which name the workbook comes back: a file that came with another name has a new one from now on.
fn under_which_name(reply: &Reply<'_>) -> String {
    match reply.under_another_name() {
        Some(file) => format!("con il nome che ha: prende il posto di «{file}», che non serve più"),
        None => "con lo stesso nome".to_owned(),
    }
}

/// What to do with the points: an error is corrected, what is unusual may be explained.
fn how(reply: &Reply<'_>) -> String {
    let explained: Vec<String> =
        reply.points.iter().filter(|point| !point.serious).map(|point| point.number.to_string()).collect();
    let ours = "se non riguarda il tuo ufficio scegli «non riguarda noi» e scrivi perché.";
    match explained.as_slice() {
        [] => format!("apri la casella di ogni punto e correggi;\n{ours}"),
        all if all.len() == reply.points.len() => {
            format!(
                "apri la casella di ogni punto e correggi, oppure\nscegli «confermo» e scrivi perché; {ours}"
            )
        }
        some => {
            let points = join_it(some);
            let some = if some.len() == 1 { "al punto" } else { "ai punti" };
            format!(
                "apri la casella di ogni punto e correggi;\n{some} {points} puoi anche scegliere «confermo» e scrivere perché; {ours}"
            )
        }
    }
}

/// Whether two points, one after the other, say why and ask in the same words.
fn asks_the_same(one: &Point, next: &Point) -> bool {
    let words = |point: &Point| (point.why, point.remedy.clone(), point.answered.clone());
    one.answered.is_none() && words(one) == words(next)
}

fn told(point: &Point, goes_on: bool) -> Vec<String> {
    let read = match point.read.as_str() {
        "" | BLANK => String::new(),
        read => format!(" (valore letto: {read})"),
    };
    let mut lines = vec![format!("{}. {}{read}", point.number, point.found)];
    if goes_on {
        return lines;
    }
    lines.push(format!("   Perché conta: {}", point.why));
    lines.push(format!("   Che cosa fare: {}", point.remedy));
    lines.extend(point.answered.iter().map(|said| format!("   {said}")));
    lines.push(String::new());
    lines
}

fn restored(reply: &Reply<'_>) -> Vec<String> {
    let head = "Nel file c'era qualcosa di diverso dal modello; nella cartella allegata è già a posto (da ora usa quella):";
    listed(head, &reply.restored)
}

fn read_otherwise(reply: &Reply<'_>) -> Vec<String> {
    listed(
        "Questi valori erano scritti in altro modo; li abbiamo letti così e non devi fare nulla:",
        &reply.normalised,
    )
}

fn explained(reply: &Reply<'_>) -> Vec<String> {
    let of = |kind: AnswerKind| {
        let own = reply.settled.iter().filter_map(move |point| {
            let (given, reason) = point.given.as_ref()?;
            (*given == kind).then(|| format!("{} Perché: {reason}", point.found))
        });
        own.collect::<Vec<String>>()
    };
    let mut lines =
        listed("Le tue spiegazioni sono state registrate accanto ai dati:", &of(AnswerKind::Confermo));
    let head = "Hai detto che questo non riguarda il tuo ufficio: ora decidiamo noi, non devi fare nulla:";
    lines.extend(listed(head, &of(AnswerKind::NonRiguarda)));
    lines
}

fn listed(head: &str, words: &[String]) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    let each = words.iter().map(|one| format!("  - {one}"));
    [String::new(), head.to_owned()].into_iter().chain(each).collect()
}
