//! A small seeded generator of random numbers: the same seed gives the same cases on every machine.

/// SplitMix64, and how many slips a case may still have: a case with many mistakes tells of the first alone.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
    slips: usize,
}

impl Random {
    /// A generator; its numbers depend on the seed alone.
    pub fn new(seed: u64) -> Self {
        Self { state: seed, slips: usize::MAX }
    }

    /// A generator for one case of a run, independent of all others.
    pub fn of_case(seed: u64, index: u64) -> Self {
        let mut random = Self::new(seed ^ index.wrapping_mul(0xd134_2543_de82_ef95));
        random.bits();
        random.slips = random.pick(&[0, 0, 0, 1, 1, 1, 1, 2, 3, usize::MAX]);
        random
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit.max(1) as u64) as usize
    }

    /// A number between the two, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// True in more than so many of a hundred cases, while the case may have slips; each is counted.
    pub fn slip(&mut self, percent: usize) -> bool {
        let percent = if self.slips == usize::MAX { percent } else { (percent * 3).min(percent.max(60)) };
        let slip = self.slips > 0 && self.chance(percent);
        if slip && self.slips != usize::MAX {
            self.slips -= 1;
        }
        slip
    }

    /// The first with the given probability in percent, else one of the others, which may be wrong.
    pub fn mostly<T: Clone>(&mut self, percent: usize, usual: T, others: &[T]) -> T {
        if others.is_empty() || !self.slip(100 - percent) { usual } else { self.pick(others) }
    }

    /// One of the usual ones with the given probability in percent, else one of the others, which may be wrong.
    pub fn pick_mostly<T: Clone>(&mut self, percent: usize, usual: &[T], others: &[T]) -> T {
        if self.slip(100 - percent) { self.pick(others) } else { self.pick(usual) }
    }

    /// The first with the given probability in percent, else one of the others, which are as good.
    pub fn vary<T: Clone>(&mut self, percent: usize, usual: T, others: &[T]) -> T {
        if self.chance(percent) { usual } else { self.pick(others) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_cases_differ() {
        let of = |seed, case| Random::of_case(seed, case).bits();
        assert_eq!(of(1, 2), of(1, 2));
        assert_ne!(of(1, 2), of(1, 3));
        assert_ne!(of(1, 2), of(2, 2));
    }

    #[test]
    fn every_value_of_a_range_comes() {
        let mut random = Random::new(7);
        let mut seen = [false; 5];
        (0..200).for_each(|_| seen[random.between(0, 4)] = true);
        assert_eq!(seen, [true; 5]);
    }
}
