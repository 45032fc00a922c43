//! How quick the overlap sweep is beside merely sorting: `cargo run --release -p perch-shared --example overlap_speed`.
use perch_shared::{
    Family,
    net::{AddressRange, sweep_unsorted},
};
use std::{hint::black_box, net::Ipv4Addr, time::Instant};

fn main() {
    let pools: Vec<AddressRange> = (0..100_000_u32).filter_map(pool).collect();
    let sorted = best(|| {
        let mut ends: Vec<(u128, u128)> = pools.iter().map(|pool| pool.numbers()).collect();
        ends.sort_unstable();
        black_box(ends.len())
    });
    let swept = best(|| {
        let mut found = 0;
        let ranges = pools.iter().zip(0..).map(|(pool, place)| (0, *pool, place));
        sweep_unsorted(Family::V4, ranges, |_, _| found += 1);
        black_box(found)
    });
    println!("{} pools: sorting {sorted:.2} ms, sweep {swept:.2} ms, ×{:.2}", pools.len(), swept / sorted);
}

/// A pool of a /24 somewhere, in no order.
fn pool(number: u32) -> Option<AddressRange> {
    let first = number.wrapping_mul(2_654_435_761) & 0xffff_ff00;
    let (first, last) = (Ipv4Addr::from(first | 10), Ipv4Addr::from(first | 200));
    AddressRange::parse(Family::V4, &format!("{first} - {last}")).ok()
}

/// The quickest of some runs, in milliseconds.
fn best<T>(run: impl Fn() -> T) -> f64 {
    let times = (0..20).map(|_| {
        let started = Instant::now();
        black_box(run());
        started.elapsed().as_secs_f64() * 1e3
    });
    times.fold(f64::MAX, f64::min)
}
