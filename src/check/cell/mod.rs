//! Each cell alone: the right kind of value, read without guessing.

mod ambiguous_number;
mod cut_text;
mod date_for_number;
mod dates_from_1904;
mod decimals_in_count;
mod negative;
mod not_a_date;
mod not_a_number;
mod not_in_list;
mod number_with_remark;
pub(super) mod other_workbook;
mod out_of_measure;
mod overgrown_sheet;
mod partly_struck;
mod percent_scale;
mod placeholder;
mod sentinel;
mod serial_for_number;
mod struck_or_unseen;
mod wanted;

pub(in crate::check) use wanted::wanted;

checks! {
    Cella:
    C01 not_a_number: Cell,
    C03 ambiguous_number: Cell,
    C05 percent_scale: Value,
    C06 decimals_in_count: Cell,
    C07 negative: Cell,
    C08 not_a_date: Cell,
    C10 date_for_number: Cell,
    C11 dates_from_1904: Value,
    C15 placeholder: Cell,
    C16 number_with_remark: Cell,
    C18 other_workbook: Cell,
    C20 cut_text: Cell,
    C21 not_in_list: Cell,
    C23 overgrown_sheet: Cell,
    C24 partly_struck: Value,
    C25 struck_or_unseen: Value,
    C26 serial_for_number: Value,
    V07 sentinel: Cell,
    V14 out_of_measure: Cell,
}
