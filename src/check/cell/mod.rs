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
    C01: not_a_number::run,
    C03: ambiguous_number::run,
    C05: percent_scale::run,
    C06: decimals_in_count::run,
    C07: negative::run,
    C08: not_a_date::run,
    C10: date_for_number::run,
    C11: dates_from_1904::run,
    C15: placeholder::run,
    C16: number_with_remark::run,
    C18: other_workbook::run,
    C20: cut_text::run,
    C21: not_in_list::run,
    C23: overgrown_sheet::run,
    C24: partly_struck::run,
    C25: struck_or_unseen::run,
    C26: serial_for_number::run,
    V07: sentinel::run,
    V14: out_of_measure::run,
}
