//! When a row of months looks like totals from the start of the year, as data. M15 asks it in full; the
//! office's sheet asks the plainest case, months that only grow.

/// The measures by which a flow is told from totals.
#[derive(Clone, Copy, Debug)]
pub struct RunningTotal;

impl RunningTotal {
    /// In how many orders, at the least, the months could have come, that the one without a fall is no
    /// chance.
    pub const ORDERS: u64 = 500;

    /// How many mean increments the first month may be.
    pub const FIRST: u32 = 2;

    /// How many times the first half the whole may be.
    pub const HALF: u32 = 4;

    /// A row of which no month is so great says little.
    pub const SMALL: u32 = 10;

    /// How many months, each greater than the one before, are enough alone: as many as have [`Self::ORDERS`]
    /// orders.
    pub fn months() -> u32 {
        let (mut months, mut orders) = (1_u32, 1_u64);
        while orders < Self::ORDERS {
            months += 1;
            orders = orders.saturating_mul(months.into());
        }
        months
    }
}

#[cfg(test)]
mod tests {
    use super::RunningTotal;

    #[test]
    fn six_months_have_720_orders_and_five_have_120() {
        assert_eq!(RunningTotal::months(), 6);
    }
}
