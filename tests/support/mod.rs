//! What the pages of the checks need: reading a page, making the offices' workbooks that it describes.

pub(crate) mod bench;
pub(crate) mod edit;
pub(crate) mod page;
pub(crate) mod plan_page;
