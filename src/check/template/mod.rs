//! The workbook against its template: sheets, rows, columns, fixed values.

mod beside;
mod cell_missing;
mod constant_changed;
mod drawn_over;
mod excel_error;
mod extra_sheet;
mod formula_changed;
mod hidden_data;
mod key_doubled;
mod locked_text;
mod manifest_changed;
mod merged_inputs;
mod month_twice;
mod months_shuffled;
mod other_label;
mod other_wording;
mod outside_inputs;
mod register_full;
mod result_missing;
mod row_without_key;
mod rows_moved;
mod sheet_copied;
mod sheet_missing;
mod sheet_renamed;
mod shown_otherwise;
mod stale_result;
mod total_typed;
mod unprotected;
mod untouched;
mod unvalidated;

checks! {
    Modello:
    M06 month_twice: Cell,
    P23 other_wording: Cell,
    T01 sheet_missing: Cell,
    T02 sheet_renamed: Cell,
    T03 extra_sheet: Cell,
    T04 hidden_data: Cell,
    T05 rows_moved: Cell,
    T06 cell_missing: Cell,
    T07 key_doubled: Cell,
    T08 months_shuffled: Value,
    T09 locked_text: Cell,
    T10 constant_changed: Cell,
    T11 total_typed: Cell,
    T12 formula_changed: Cell,
    T13 excel_error: Cell,
    T14 stale_result: Cell,
    T15 result_missing: Cell,
    T16 unprotected: Cell,
    T17 unvalidated: Cell,
    T18 merged_inputs: Cell,
    T19 outside_inputs: Cell,
    T20 untouched: Cell,
    T21 manifest_changed: Cell,
    T22 shown_otherwise: Cell,
    T24 other_label: Cell,
    T25 row_without_key: Cell,
    T26 sheet_copied: Cell,
    T27 register_full: Cell,
    T29 drawn_over: Cell,
}
