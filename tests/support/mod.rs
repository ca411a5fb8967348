//! What the pages of the checks need: making the offices' workbooks that a page describes.

pub(crate) mod bench;
pub(crate) mod plan_page;
