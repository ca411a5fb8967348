//! What several tests need.

pub(crate) mod bench;
pub(crate) mod december;
pub(crate) mod hand;
pub(crate) mod ods;
pub(crate) mod parts;
pub(crate) mod plan_page;
pub(crate) mod small_year;
pub(crate) mod soffice;
pub(crate) mod validation;
pub(crate) mod xml;
