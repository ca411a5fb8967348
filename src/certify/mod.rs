//! What may be issued, and what must be verified before: the obstacles to a final issue, the sample of the
//! OIV.

mod inputs;
pub mod obstacles;
mod run;
pub mod sampling;
pub mod touches;

pub use inputs::inputs_sha256;
pub use obstacles::{Answer, Obstacle, obstacles, unapproved};
pub use run::{DEFINITIVE, NO_EFFECT, PROVISIONAL, Past, Run, issue};
