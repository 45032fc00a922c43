//! A few rounds of faults, the same ones each time, among them one that lost half of a change once; `cargo xtask faults`
//! runs as many as one likes.

use perch_tests::rounds::Rounds;

#[test]
fn nothing_is_lost_whatever_goes_wrong() {
    let tally = Rounds { seed: 11, first: 14, count: 8 }.run();
    assert_eq!(tally.lost(), 0, "{tally}");
}
