//! A row of the performance tree.

use crate::aggregate::Degrees;
use crate::model::{Light, Number};
use crate::plan::Scheda;

/// The lights in the order of their columns.
pub(super) const LIGHTS: [Light; 4] = [Light::Verde, Light::Giallo, Light::Rosso, Light::Grigio];

/// How high in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Ente,
    Perspective,
    Objective,
    Scheda,
}

/// A row of the tree.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub level: Level,
    pub title: String,
    pub degrees: Degrees,
    pub light: Light,
    /// The degree at the end of each month, January first: always without what is missing, so that all the
    /// months say the same thing. In the closed year the official one would fall in December only because
    /// what is missing begins to count.
    pub months: Vec<Option<Number>>,
    /// The schede under it; of a scheda, itself.
    pub schede: Vec<&'a Scheda>,
    /// Its row in the sheet, from 0.
    pub row: u32,
}
