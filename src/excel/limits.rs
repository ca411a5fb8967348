//! What a formula may be: Excel refuses one that is too long, too deep, with too many arguments or too long a
//! text; and one that asks for an array without saying so is computed otherwise by each program.

use super::bounds::{ARGUMENTS, FORMULA, LEVELS, LITERAL};
use super::formula::Formula;
use super::spell::spelt;

/// Whether every spreadsheet takes a formula of a cell of `sheet` as it is.
pub fn fits(formula: &Formula, sheet: &str) -> bool {
    let text = spelt(formula, sheet);
    text.encode_utf16().count() < FORMULA && levels(&text) <= LEVELS && parts_fit(formula)
}

/// Brackets within brackets, those of names and texts left out.
fn levels(text: &str) -> usize {
    let (mut open, mut most, mut quote) = (0_usize, 0, None);
    for letter in text.chars() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(mark), _) if mark == letter => quote = None,
            (None, '(') => {
                open += 1;
                most = most.max(open);
            }
            (None, ')') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// Whether no function has too many arguments, no text is too long and no cells stand where one value is
/// asked.
fn parts_fit(formula: &Formula) -> bool {
    let own = match formula {
        Formula::Text(text) => text.encode_utf16().count() <= LITERAL,
        Formula::Call(_, arguments) => arguments.len() <= ARGUMENTS,
        _ => true,
    };
    own && !asks_for_an_array(formula) && formula.parts().into_iter().all(parts_fit)
}

/// Whether many cells stand where one value is asked: Excel computes it for each of them, other programs for
/// the first alone or not at all.
fn asks_for_an_array(formula: &Formula) -> bool {
    let takes = |place: usize| match formula {
        Formula::Call(call, _) => call.takes_cells(place),
        _ => false,
    };
    let many = |part: &Formula| {
        matches!(part, Formula::Range(..) | Formula::OwnRange(..) | Formula::Name(_) | Formula::Many(_))
    };
    formula.parts().into_iter().enumerate().any(|(place, part)| many(part) && !takes(place))
}

#[cfg(test)]
mod tests {
    use super::{FORMULA, LEVELS, fits, levels};
    use crate::excel::{Call, Formula, Own, Sign, spelt};

    fn sum(of: usize) -> Formula {
        Formula::Call(Call::Sum, vec![Formula::whole(1); of])
    }

    #[test]
    fn each_bound_of_excel_holds_to_the_last_one() {
        assert!(fits(&sum(255), "S01") && !fits(&sum(256), "S01"));
        let text = |length: usize| Formula::text("è".repeat(length));
        assert!(fits(&text(255), "S01") && !fits(&text(256), "S01"));
        let deep =
            |times: usize| (0..times).fold(Formula::whole(1), |inner, _| Formula::call(Call::Sum, [inner]));
        assert!(fits(&deep(LEVELS), "S01") && !fits(&deep(LEVELS + 1), "S01"));
        // 32 texts of 250 letters, each in quotes, with a sign between them: 8 095 characters. With a sign,
        // quotes and 93 letters more they are 8 191, and 8 192 with the equals sign.
        let long = |last: usize| {
            let letters = |number: usize| Formula::text("x".repeat(number));
            (1..32)
                .fold(letters(250), |all, _| all.signed(Sign::And, letters(250)))
                .signed(Sign::And, letters(last))
        };
        assert_eq!(spelt(&long(93), "S01").len() + 1, FORMULA);
        assert!(fits(&long(93), "S01") && !fits(&long(94), "S01"));
    }

    #[test]
    fn brackets_in_texts_and_names_are_not_levels() {
        assert_eq!(levels("SUM((1+2)*3)"), 2);
        assert_eq!(levels("IF(A1=\"((((\"\"((\",1,2)"), 1);
        assert_eq!(levels("'Foglio (((1)'!$A$1"), 0);
    }

    #[test]
    fn many_cells_stand_only_where_a_function_takes_them() {
        let row = || Formula::OwnRange(Own::at(7, 4), Own::at(7, 15));
        let takes = |call, arguments: Vec<Formula>| fits(&Formula::Call(call, arguments), "Scheda 1");
        let one = || Formula::whole(1);
        assert!(takes(Call::Sum, vec![row()]) && takes(Call::Count, vec![one(), row()]));
        assert!(
            takes(Call::Index, vec![row(), one(), one()]) && !takes(Call::Index, vec![row(), row(), one()])
        );
        assert!(takes(Call::CountIfs, vec![row(), one()]) && !takes(Call::CountIfs, vec![row(), row()]));
        assert!(
            takes(Call::SumIfs, vec![row(), row(), one()]) && !takes(Call::SumIfs, vec![row(), row(), row()])
        );
        assert!(takes(Call::Match, vec![one(), Formula::Name("dati_ricerca"), one()]));
        for call in [Call::IsNumber, Call::Trim, Call::Not, Call::Int, Call::Abs, Call::Round, Call::Column] {
            assert!(!takes(call, vec![row()]), "{}", call.name());
        }
        // The last month with a number, and the rows of the same name, as they were once asked.
        let months = Formula::call(Call::IsNumber, [row()]).signed(Sign::Times, one());
        assert!(!takes(Call::SumProduct, vec![Formula::call(Call::Max, [months])]));
        assert!(!takes(Call::SumProduct, vec![Formula::call(Call::Trim, [row()]).is(Formula::text("a"))]));
        assert!(!fits(&row().signed(Sign::Plus, one()), "Scheda 1"));
    }
}
