//! The styles of an OpenDocument workbook, as far as they decide what is read: struck out, raised, too small,
//! in the colour of what lies behind; hidden sheets; durations; the number formats.

use std::collections::BTreeMap;

use super::format::Formats;
use crate::package::Tag;
use crate::read::colour::{Colour, rgb_of};
use crate::read::font::{Font, Look, Paint};
use crate::read::limits;

/// What a style says; nothing of what it leaves to the style that it comes from.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    /// The style of its numbers.
    data: Option<String>,
    struck: Option<bool>,
    raised: Option<bool>,
    tiny: Option<bool>,
    colour: Option<Option<Colour>>,
    behind: Option<Option<Colour>>,
    /// Of a table: whether it is hidden.
    hidden: Option<bool>,
    /// The styles laid over it on a condition: the condition, the style.
    maps: Vec<(String, String)>,
}

/// The styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name; the one that all the others come from has no name.
    known: BTreeMap<(String, String), Style>,
    pub(super) formats: Formats,
    /// The style in hand.
    open: Option<(String, String)>,
    /// The styles of cells that are used, by name, each with its place.
    places: BTreeMap<String, u32>,
    /// The names in the order of their places.
    names: Vec<String>,
}

const CELLS: &str = "table-cell";
const TEXTS: &str = "text";
const TABLES: &str = "table";
/// Styles one from the other.
const KIN: usize = 16;
/// Conditions kept of a style.
const MAPS: usize = 64;

impl Styles {
    /// A style opens; `false` when there are more of them than any workbook has.
    pub(super) fn open(&mut self, start: Tag<'_>) -> bool {
        let field = |name| start.get(name).unwrap_or_default();
        let family = field("style:family");
        if family == CELLS || family == TEXTS || family == TABLES {
            let key = (family, field("style:name"));
            let style = Style {
                parent: start.get("style:parent-style-name"),
                data: start.get("style:data-style-name"),
                ..Style::default()
            };
            self.known.insert(key.clone(), style);
            self.open = Some(key);
        }
        u64::try_from(self.known.len()).is_ok_and(|count| count <= limits::STYLES)
    }

    /// The style in hand closes.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// An element in a style opens.
    pub(super) fn inside(&mut self, start: Tag<'_>) {
        let Some(style) = self.open.as_ref().and_then(|key| self.known.get_mut(key)) else { return };
        match start.name() {
            "style:text-properties" => style.text(start),
            "style:table-cell-properties" => {
                if let Some(colour) = start.get("fo:background-color") {
                    style.behind = Some(colour_of(&colour));
                }
            }
            "style:table-properties" => style.hidden = start.says("table:display").map(|shown| !shown),
            "style:map" if style.maps.len() < MAPS => {
                let field = |name| start.get(name).unwrap_or_default();
                style.maps.push((field("style:condition"), field("style:apply-style-name")));
            }
            _ => {}
        }
    }

    /// Whether the sheets of a style are hidden.
    pub(super) fn hides(&self, table: &str) -> bool {
        let style = self.known.get(&(TABLES.to_owned(), table.to_owned()));
        style.and_then(|style| style.hidden).unwrap_or(false)
    }

    /// A style with what it leaves to those that it comes from, up to the last of them.
    fn whole(&self, family: &str, name: &str) -> Style {
        let mut whole = Style::default();
        let mut next = Some(name.to_owned());
        for _ in 0..KIN {
            let Some(own) = next.take().and_then(|name| self.known.get(&(family.to_owned(), name))) else {
                break;
            };
            whole.complete(own);
            next.clone_from(&own.parent);
        }
        whole
    }

    /// A style of cells with what it leaves to others, the last of which has no name.
    fn of_cell(&self, name: &str) -> Style {
        let mut style = self.whole(CELLS, name);
        style.complete(&self.whole(CELLS, ""));
        style
    }

    /// The place of a style of cells among those that are used.
    pub(super) fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }

    /// The font of a piece of a text, with that of the cell where it says nothing.
    pub(super) fn font(&self, text: &str, cell: &str) -> Font {
        let mut style = self.whole(TEXTS, text);
        style.complete(&self.of_cell(cell));
        style.font()
    }

    /// Whether the numbers of a style of cells are durations: hours beyond the day.
    pub(super) fn is_duration(&self, cell: &str) -> bool {
        self.of_cell(cell).data.is_some_and(|data| self.formats.is_duration(&data))
    }

    /// The number format of a style of cells: the usual one, where it says none.
    fn format(&self, cell: &str) -> String {
        match self.of_cell(cell).data {
            Some(data) => self.formats.spelt(&data).unwrap_or_default(),
            None => "General".to_owned(),
        }
    }

    /// Whether a style laid over a cell may hide its value or strike it out.
    pub(super) fn may_veil(&self, name: &str) -> bool {
        let style = self.of_cell(name);
        style.struck == Some(true) || matches!(style.colour, Some(Some(_)))
    }

    /// The styles laid over a style of cells: the condition, the style.
    pub(super) fn maps(&self, cell: &str) -> Vec<(String, String)> {
        self.of_cell(cell).maps
    }

    /// What the styles used look like, and their number formats where these say something that Excel can say
    /// too, in the order of their places.
    pub(super) fn finish(&self) -> (Paint, Vec<String>) {
        let mut paint = Paint::default();
        for name in &self.names {
            let style = self.of_cell(name);
            paint.add(style.font(), style.behind);
        }
        (paint, self.names.iter().map(|name| self.format(name)).collect())
    }
}

impl Style {
    fn text(&mut self, start: Tag<'_>) {
        if let Some(line) = start.get("style:text-line-through-style") {
            self.struck = Some(line != "none");
        }
        if let Some(kind) = start.get("style:text-line-through-type").filter(|kind| kind != "none") {
            self.struck = Some(self.struck.unwrap_or(!kind.is_empty()));
        }
        if let Some(position) = start.get("style:text-position") {
            self.raised = Some(!position.starts_with('0'));
        }
        if let Some(size) = start.get("fo:font-size") {
            let points = size.strip_suffix("pt").and_then(|points| points.parse::<f64>().ok());
            self.tiny = Some(points.is_some_and(|points| points < limits::SMALLEST_LETTERS));
        }
        if let Some(colour) = start.get("fo:color") {
            self.colour = Some(colour_of(&colour));
        }
        if start.says("style:use-window-font-color") == Some(true) {
            self.colour = Some(None);
        }
        if start.get("text:display").as_deref() == Some("none") {
            self.tiny = Some(true);
        }
    }

    /// Takes what another style says and this one does not.
    fn complete(&mut self, other: &Self) {
        fn take<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        take(&mut self.data, &other.data);
        take(&mut self.struck, &other.struck);
        take(&mut self.raised, &other.raised);
        take(&mut self.tiny, &other.tiny);
        take(&mut self.colour, &other.colour);
        take(&mut self.behind, &other.behind);
        if self.maps.is_empty() {
            self.maps.clone_from(&other.maps);
        }
    }

    fn font(&self) -> Font {
        let look = Look {
            struck: self.struck.unwrap_or(false),
            raised: self.raised.unwrap_or(false),
            tiny: self.tiny.unwrap_or(false),
            unseen: false,
        };
        Font::new(look, self.colour.clone().flatten())
    }
}

/// `#ff8800`; no colour for `transparent`.
fn colour_of(text: &str) -> Option<Colour> {
    text.strip_prefix('#').and_then(rgb_of).map(Colour::Rgb)
}
