//! Live formulas as the file spells them: English names, commas, a full stop for decimals.

use crate::model::CellRef;

use super::formula::Formula;
use super::spot::{Area, Own, Target};

/// The text of a formula in a cell of `sheet`, without the equals sign.
pub fn spelt(formula: &Formula, sheet: &str) -> String {
    let mut text = String::new();
    spell(formula, sheet, &mut text);
    text
}

fn spell(formula: &Formula, sheet: &str, out: &mut String) {
    match formula {
        Formula::Number(number) => out.push_str(&number.to_plain()),
        Formula::Text(text) => {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        }
        Formula::Cell(Target { sheet: other, cell }) => {
            prefix(other, sheet, out);
            absolute(*cell, out);
        }
        Formula::Range(other, area) => {
            prefix(other, sheet, out);
            corners(*area, out);
        }
        Formula::There(other, cell) => {
            prefix(other, sheet, out);
            absolute(*cell, out);
        }
        Formula::Flag(flag) => out.push_str(if *flag { "TRUE()" } else { "FALSE()" }),
        Formula::Own(own) => here(*own, out),
        Formula::OwnRange(first, last) => {
            here(*first, out);
            out.push(':');
            here(*last, out);
        }
        Formula::Name(name) => out.push_str(name),
        Formula::Known(name) | Formula::Many(name) => out.push_str(name),
        Formula::Bracketed(inner) => bracketed(inner, true, sheet, out),
        Formula::Minus(inner) => {
            out.push('-');
            bracketed(inner, binding(inner) < 5, sheet, out);
        }
        Formula::Signed(left, sign, right) => {
            bracketed(left, binding(left) < sign.binding(), sheet, out);
            out.push_str(sign.symbol());
            bracketed(right, binding(right) <= sign.binding(), sheet, out);
        }
        Formula::Call(call, arguments) => {
            out.push_str(call.name());
            out.push('(');
            for (place, argument) in arguments.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                spell(argument, sheet, out);
            }
            out.push(')');
        }
    }
}

fn bracketed(formula: &Formula, needed: bool, sheet: &str, out: &mut String) {
    if needed {
        out.push('(');
    }
    spell(formula, sheet, out);
    if needed {
        out.push(')');
    }
}

fn binding(formula: &Formula) -> u8 {
    match formula {
        Formula::Signed(_, sign, _) => sign.binding(),
        Formula::Minus(_) => 4,
        Formula::Number(number) if number.is_negative() => 4,
        _ => 6,
    }
}

/// `'Per ufficio'!`, or nothing on its own sheet.
fn prefix(other: &str, own: &str, out: &mut String) {
    if other != own {
        out.push('\'');
        out.push_str(other);
        out.push_str("'!");
    }
}

/// `A5`, or `$A$5`.
fn here(own: Own, out: &mut String) {
    if own.fixed {
        absolute(own.cell, out);
    } else {
        out.push_str(&own.cell.to_string());
    }
}

/// `$A$5`
fn absolute(cell: CellRef, out: &mut String) {
    out.push('$');
    match u8::try_from(cell.col) {
        Ok(place @ 0..26) => out.push(char::from(b'A' + place)),
        _ => out.push_str(&CellRef::column_name(cell.col)),
    }
    out.push('$');
    out.push_str(&(u64::from(cell.row) + 1).to_string());
}

fn corners(area: Area, out: &mut String) {
    absolute(area.first, out);
    out.push(':');
    absolute(area.last, out);
}

/// `$A$5:$A$17`
pub fn spelt_range(area: Area) -> String {
    let mut text = String::new();
    corners(area, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::spelt;
    use crate::excel::{Area, Call, Formula, Own, Sign, Target as LinkTarget};
    use crate::model::{CellRef, Number};

    fn cell(text: &str) -> Formula {
        Formula::Cell(LinkTarget { sheet: "S06", cell: CellRef::parse(text).unwrap() })
    }

    #[test]
    fn brackets_stand_where_the_tree_needs_them() {
        let sum = || cell("B2").signed(Sign::Plus, cell("B3"));
        assert_eq!(spelt(&cell("A1").signed(Sign::Over, sum()), "S06"), "$A$1/($B$2+$B$3)");
        assert_eq!(spelt(&sum().signed(Sign::Plus, cell("C1")), "S06"), "$B$2+$B$3+$C$1");
        assert_eq!(spelt(&cell("C1").signed(Sign::Less, sum()), "S06"), "$C$1-($B$2+$B$3)");
        assert_eq!(spelt(&Formula::Minus(Box::new(sum())), "S06"), "-($B$2+$B$3)");
    }

    #[test]
    fn a_cell_of_its_own_sheet_moves_or_stays() {
        let range = Formula::OwnRange(Own::fixed(4, 2), Own::at(6, 2));
        let one = Formula::Own(Own::at(7, 27)).signed(Sign::Unlike, Formula::none()).negated();
        let all = Formula::call(Call::And, [Formula::Flag(false), one, range]);
        assert_eq!(spelt(&all, "Scheda 1"), "AND(FALSE(),NOT(AB8<>\"\"),$C$5:C7)");
        let sum = cell("A1").signed(Sign::Times, cell("B2"));
        assert_eq!(spelt(&Formula::Bracketed(Box::new(sum)), "S06"), "($A$1*$B$2)");
    }

    #[test]
    fn names_are_english_and_texts_are_quoted() {
        let area = Area { first: CellRef::parse("A5").unwrap(), last: CellRef::parse("A9").unwrap() };
        let formula = Formula::call(
            Call::CountIfs,
            [
                Formula::Range("Per ufficio", area),
                Formula::text("il \"primo\""),
                Formula::Number(Number::parse("0.4682").unwrap()),
            ],
        );
        assert_eq!(spelt(&formula, "S06"), "COUNTIFS('Per ufficio'!$A$5:$A$9,\"il \"\"primo\"\"\",0.4682)");
    }
}
