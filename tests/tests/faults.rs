//! A few rounds of faults, the same ones each time; `cargo xtask faults` runs as many as one likes.

use perch_tests::rounds::Rounds;

#[test]
fn nothing_is_lost_whatever_goes_wrong() {
    let tally = Rounds { seed: 4, count: 8, first: 0 }.run();
    println!("{tally}");
    assert_eq!(tally.lost(), 0, "{tally}");
}
